import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse, type MeetingId } from '@copractice/core/kernel'
import {
  applyChange,
  decideMeeting,
  isElsewhereOrAnotherTime,
  untilItEnds,
  type MeetingFinding,
  type MeetingSeen,
  type PlanMeeting,
} from '@copractice/core/meeting'
import { findSpace } from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import { deleteMeeting, findMeeting, insertMeeting, listComing, updateMeeting } from '@copractice/store/meeting'
import { enterSpace, type Entered } from '../cohort/enter-space.ts'
import { queueMail } from '../notice/index.ts'
import { meetingMail } from './meeting-mail.ts'

/** A meeting of their cohort, for facilitators, chairs and instructors. */
export async function planMeeting(db: Db, session: SpaceSession, plan: PlanMeeting, now: Date) {
  const keeper = enterAsKeeper(session)
  if (!keeper.ok) return keeper
  const here = keeper.value
  return db.transaction().execute(async (trx) => {
    const decided = await decide(trx, here, plan)
    if (!decided.ok) return decided
    const id = await insertMeeting(trx, here, plan)
    await note(trx, here, { action: 'meeting.planned', id, plan, accepted: decided.value.accepted }, now)
    return ok((await findMeeting(trx, here, here.personId, id))!)
  })
}

/** Those who said they come hear of another time or place. */
export async function changeMeeting(
  db: Db,
  session: SpaceSession,
  { id, change }: Readonly<{ id: MeetingId; change: Partial<PlanMeeting> }>,
  now: Date,
) {
  const keeper = enterAsKeeper(session)
  if (!keeper.ok) return keeper
  const here = keeper.value
  return db.transaction().execute(async (trx) => {
    const meeting = await findOpenMeeting(trx, here, id, now)
    if (!meeting.ok) return meeting
    const plan = applyChange(meeting.value, change)
    const decided = await decide(trx, here, plan)
    if (!decided.ok) return decided
    await updateMeeting(trx, here, id, plan)
    await note(trx, here, { action: 'meeting.changed', id, plan, accepted: decided.value.accepted }, now)
    if (isElsewhereOrAnotherTime(meeting.value, plan))
      await tellThoseComing(trx, here, id, { plan, kind: 'moved' }, now)
    return ok((await findMeeting(trx, here, here.personId, id))!)
  })
}

/** Its answers go with it; those who said they come hear of it. */
export async function cancelMeeting(db: Db, session: SpaceSession, id: MeetingId, now: Date) {
  const keeper = enterAsKeeper(session)
  if (!keeper.ok) return keeper
  const here = keeper.value
  return db.transaction().execute(async (trx) => {
    const meeting = await findOpenMeeting(trx, here, id, now)
    if (!meeting.ok) return meeting
    await tellThoseComing(trx, here, id, { plan: meeting.value, kind: 'cancelled' }, now)
    await deleteMeeting(trx, here, id)
    await note(trx, here, { action: 'meeting.cancelled', id, plan: meeting.value, accepted: [] }, now)
    return ok(undefined)
  })
}

function enterAsKeeper(session: SpaceSession) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  return entered.value.access.planMeetings ? entered : refuse('meeting.not_allowed', {})
}

async function findOpenMeeting(trx: Trx, here: Entered, id: MeetingId, now: Date) {
  const meeting = await findMeeting(trx, here, here.personId, id)
  if (!meeting) return refuse('meeting.unknown', {})
  const open = untilItEnds(meeting, now)
  return open.ok ? ok(meeting) : open
}

async function decide(trx: Trx, here: Entered, plan: PlanMeeting) {
  const { limits, submissionDeadline } = (await findSpace(trx, here))!
  return decideMeeting(plan, { limits, submissionDeadline })
}

type Kept = Readonly<{
  action: string
  id: MeetingId
  plan: PlanMeeting | MeetingSeen
  accepted: readonly MeetingFinding[]
}>

/** Warnings that were accepted stand in the log with the reason given for them. */
async function note(trx: Trx, here: Entered, { action, id, plan, accepted }: Kept, now: Date): Promise<void> {
  const reason = 'reason' in plan && accepted.length ? { reason: plan.reason } : {}
  const facts = { cohortId: here.cohortId, title: plan.title, accepted, ...reason }
  const { networkId, personId: actorId } = here
  await insertAuditEntry(trx, { networkId, at: now, actorId, action, subject: `meeting:${id}`, facts })
}

async function tellThoseComing(
  trx: Trx,
  here: Entered,
  id: MeetingId,
  { plan, kind }: Readonly<{ plan: PlanMeeting | MeetingSeen; kind: 'moved' | 'cancelled' }>,
  now: Date,
): Promise<void> {
  const { networkId } = here
  const cohort = (await findSpace(trx, here))!.name
  const mails = (await listComing(trx, networkId, id)).map(({ email, timeZone }) => ({
    ...meetingMail({ ...plan, cohort, kind }, timeZone),
    networkId,
    to: email,
  }))
  await queueMail(trx, mails, now)
}
