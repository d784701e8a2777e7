import type { Actor } from '@copractice/core/directory'
import { ok, type CohortId, type MeetingId } from '@copractice/core/kernel'
import { decideMove, decideUndo, findingsOfMove, possibleTimes } from '@copractice/core/meeting'
import type { Db, Trx } from '@copractice/store/database'
import {
  findMove,
  insertMove,
  listTold,
  lockMeeting,
  markUndone,
  setMeetingTimes,
  whatClashes,
} from '@copractice/store/meeting'
import { cohortInReach } from '../cohort/cohort-in-reach.ts'
import { notFound } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { movedMail } from './moved-mail.ts'

type One = Readonly<{ cohortId: CohortId; meetingId: MeetingId }>
type Times = Readonly<{ startsAt: Date; endsAt: Date }>

async function load(trx: Trx, actor: Actor, { cohortId, meetingId }: One) {
  const cohort = await cohortInReach(trx, actor, cohortId)
  const at = { networkId: actor.networkId, cohortId, meetingId }
  const meeting = cohort && (await lockMeeting(trx, at))
  return cohort && meeting ? { cohort, meeting, at } : undefined
}
type Loaded = NonNullable<Awaited<ReturnType<typeof load>>>

async function around(trx: Trx, { cohort: { limits, submissionDeadline }, at }: Loaded, to: Times) {
  return { limits, submissionDeadline, ...(await whatClashes(trx, at, to)) }
}

/** What the rules say about another time, and how many would be written to. Saves nothing. */
export function checkMove(db: Db, actor: Actor, { startsAt, endsAt, ...one }: One & Times) {
  return db.transaction().execute(async (trx) => {
    const found = await load(trx, actor, one)
    if (!found) return notFound()
    const to = { startsAt, endsAt }
    const possible = possibleTimes(to)
    if (!possible.ok) return possible
    const findings = findingsOfMove(to, await around(trx, found, to))
    return ok({ findings, tells: (await listTold(trx, found.at)).length })
  })
}

type Moving = One & Times & Readonly<{ from: Date; reason: string | null }>

/** Moves a meeting of a cohort by hand; who comes and who leads it hear of it in the same transaction. */
export function moveMeeting(db: Db, actor: Actor, { startsAt, endsAt, from: seen, reason, ...one }: Moving, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await load(trx, actor, one)
    if (!found) return notFound()
    const { meeting, at, cohort } = found
    const to = { startsAt, endsAt }
    const decided = decideMove(meeting, { seen, to, reason }, await around(trx, found, to), now)
    if (!decided.ok) return decided
    await setMeetingTimes(trx, at, to)
    const moveId = await insertMove(trx, at, { by: actor.personId, from: meeting, to }, now)
    const told = await tell(trx, actor, found, { to, isBack: false }, now)
    const accepted = decided.value.accepted.map(({ code }) => code)
    const facts = { meeting: meeting.title, from: meeting.startsAt, to: startsAt, accepted, reason, told }
    await cohort.note(trx, 'meeting.moved', facts, now)
    return ok({ moveId, told })
  })
}

/** Puts it back where it was, and tells the same people. */
export function undoMove(db: Db, actor: Actor, { moveId, ...one }: One & Readonly<{ moveId: string }>, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await load(trx, actor, one)
    const move = found && (await findMove(trx, found.at, moveId))
    if (!found || !move) return notFound()
    const decided = decideUndo(found.meeting, move, now)
    if (!decided.ok) return decided
    await setMeetingTimes(trx, found.at, move.from)
    await markUndone(trx, actor.networkId, moveId, now)
    const told = await tell(trx, actor, found, { to: move.from, isBack: true }, now)
    const facts = { meeting: found.meeting.title, to: move.from.startsAt, told }
    await found.cohort.note(trx, 'meeting.moved_back', facts, now)
    return ok({ told })
  })
}

async function tell(
  trx: Trx,
  { networkId }: Actor,
  { cohort, meeting, at }: Loaded,
  { to, isBack }: Readonly<{ to: Times; isBack: boolean }>,
  now: Date,
): Promise<number> {
  const told = await listTold(trx, at)
  const mails = told.map(({ email, timeZone, comes }) => ({
    ...movedMail(
      { ...meeting, cohort: cohort.name, was: meeting.startsAt, startsAt: to.startsAt, isBack, comes },
      timeZone,
    ),
    networkId,
    to: email,
  }))
  await queueMail(trx, mails, now)
  return mails.length
}
