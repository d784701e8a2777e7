import { adminReach, type Actor } from '@copractice/core/directory'
import { readRefusalFacts, Reference, RefusalCode } from '@copractice/core/connection'
import { ok, refuse } from '@copractice/core/kernel'
import { findRefusalInReach } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import { scopeOf } from '../directory/administrator.ts'

const unknown = () => refuse('refusal.unknown', {})

/**
 * A refused visit or registration by the reference on its page, however it was typed, for whoever may see to its
 * connection or to the institution that was invited. Refuses `refusal.unknown` alike for what is not kept, not theirs,
 * and what came with no connection and no invite of ours.
 */
export async function findRefusal(db: Db, actor: Actor, typed: string) {
  const reference = Reference.safeParse(typed)
  if (!reference.success || !adminReach(actor)) return unknown()
  const found = await findRefusalInReach(db, scopeOf(actor), reference.data)
  const code = RefusalCode.safeParse(found?.code)
  return found && code.success ? ok({ ...found, code: code.data, facts: readRefusalFacts(found.facts) }) : unknown()
}
