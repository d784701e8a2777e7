import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { findPrompt, insertPrompt, pageOfPrompts } from '@copractice/store/practice'
import { enterSpace } from '../cohort/enter-space.ts'

type Paging = Readonly<{ after?: string | undefined; limit: number }>

/** Newest first; what opens later is seen only by who may write prompts. */
export async function listPrompts(db: Db, session: SpaceSession, paging: Paging, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const openBy = entered.value.access.writePrompt ? undefined : now
  return ok(await pageOfPrompts(db, entered.value, { ...paging, openBy }))
}

type Written = Readonly<{ text: string; opensAt?: Date | undefined }>

/** Opens at once when no time is named. */
export async function writePrompt(db: Db, session: SpaceSession, { text, opensAt }: Written, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const here = entered.value
  if (!here.access.writePrompt) return refuse('prompt.not_allowed', {})
  return db.transaction().execute(async (trx) => {
    const id = await insertPrompt(trx, here, { authorId: here.personId, text, opensAt: opensAt ?? now })
    return ok((await findPrompt(trx, here, id))!)
  })
}
