import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse, type PersonId } from '@copractice/core/kernel'
import { decideCheck, dueAt, type CheckDay, type CommitmentSeen, type Kept } from '@copractice/core/meeting'
import type { Db } from '@copractice/store/database'
import { findCommitment, insertCommitment, listCommitments as read, saveCheck } from '@copractice/store/meeting'
import { enterSpace } from '../cohort/enter-space.ts'

type Row = NonNullable<Awaited<ReturnType<typeof findCommitment>>>
const MOST = 100

/** What people of the cohort said they would do. */
export async function listCommitments(db: Db, session: SpaceSession, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const rows = await read(db, entered.value, MOST)
  return ok({ items: rows.map((row) => seen(row, now)), mayMake: entered.value.access.answerMeetings })
}

/** Its owner is whoever makes it: nobody commits somebody else. */
export async function makeCommitment(db: Db, session: SpaceSession, text: string, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  if (!entered.value.access.answerMeetings) return refuse('commitment.no_seat', {})
  const id = await insertCommitment(db, entered.value, text, now)
  return ok(seen((await findCommitment(db, entered.value, id))!, now))
}

type Checked = Readonly<{ id: string; after: CheckDay; kept: Kept; outcome: string }>

/** Somebody else’s answers as a missing one. */
export async function checkCommitment(db: Db, session: SpaceSession, { id, ...checked }: Checked, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  return db.transaction().execute(async (trx) => {
    const found = await findCommitment(trx, entered.value, id)
    if (!found?.isMine) return refuse('commitment.unknown', {})
    // Whoever has left, or whose space is only read any more, answers nothing.
    if (!entered.value.access.answerMeetings) return refuse('commitment.no_seat', {})
    const decided = decideCheck(found.madeAt, checked.after, now)
    if (!decided.ok) return decided
    await saveCheck(trx, entered.value, id, checked, now)
    return ok(seen((await findCommitment(trx, entered.value, id))!, now))
  })
}

function seen({ personId, name, check30, check90, ...row }: Row, now: Date): CommitmentSeen {
  const check = (after: CheckDay, kept: Kept | null) => {
    const due = dueAt(row.madeAt, after)
    return { kept, dueAt: due, isDue: kept === null && now >= due }
  }
  const person = { id: personId as PersonId, name }
  return { ...row, person, after30: check(30, check30), after90: check(90, check90) }
}
