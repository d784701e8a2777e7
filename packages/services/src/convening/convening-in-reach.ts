import type { Actor } from '@copractice/core/directory'
import type { ConveningId } from '@copractice/core/kernel'
import { findConveningToKeep, lockConvening } from '@copractice/store/convening'
import type { Trx } from '@copractice/store/database'
import { scopeOf } from '../directory/administrator.ts'

/** The convening, with its places kept still until the transaction ends. */
export async function lockConveningInReach(trx: Trx, actor: Actor, conveningId: ConveningId) {
  const seen = await findConveningToKeep(trx, scopeOf(actor), conveningId)
  if (!seen) return undefined
  await lockConvening(trx, actor.networkId, conveningId)
  return findConveningToKeep(trx, scopeOf(actor), conveningId)
}
