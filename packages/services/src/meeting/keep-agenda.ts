import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse, type MeetingId, type PersonId } from '@copractice/core/kernel'
import { functionsOf, judgeAgenda, type AgendaItem } from '@copractice/core/meeting'
import type { Db, Trx } from '@copractice/store/database'
import {
  findMeeting,
  listAgenda,
  listAttendance,
  noteAttendance as note,
  replaceAgenda,
} from '@copractice/store/meeting'
import { enterSpace, type Entered } from '../cohort/enter-space.ts'

/** What is planned for a meeting, with what could be told about it. For everyone in the space. */
export async function showAgenda(db: Db, session: SpaceSession, id: MeetingId) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  return readAgenda(db, entered.value, id)
}

/** The whole agenda in its order. Warnings are shown and stop nothing. */
export async function writeAgenda(
  db: Db,
  session: SpaceSession,
  { id, items }: Readonly<{ id: MeetingId; items: readonly AgendaItem[] }>,
) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const here = entered.value
  if (!here.access.planMeetings) return refuse('meeting.not_allowed', {})
  return db.transaction().execute(async (trx) => {
    if (!(await findMeeting(trx, here, here.personId, id))) return refuse('meeting.unknown', {})
    await replaceAgenda(trx, { networkId: here.networkId, meetingId: id }, items, functionsOf(items))
    return readAgenda(trx, here, id)
  })
}

async function readAgenda(db: Db | Trx, here: Entered, id: MeetingId) {
  const meeting = await findMeeting(db, here, here.personId, id)
  if (!meeting) return refuse('meeting.unknown', {})
  const items = await listAgenda(db, { networkId: here.networkId, meetingId: id })
  const minutes = Math.round((meeting.endsAt.getTime() - meeting.startsAt.getTime()) / 60_000)
  return ok({ items, findings: judgeAgenda(items, minutes), mayChange: here.access.planMeetings })
}

/** Who could have been there and who is noted. */
export async function showAttendance(db: Db, session: SpaceSession, id: MeetingId) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const here = entered.value
  if (!here.access.planMeetings) return refuse('meeting.not_allowed', {})
  if (!(await findMeeting(db, here, here.personId, id))) return refuse('meeting.unknown', {})
  return ok({ people: await listAttendance(db, { ...here, meetingId: id }) })
}

type Noted = Readonly<{ id: MeetingId; personId: PersonId; isPresent: boolean }>

/** Notes that somebody was there, or takes it back. From when the meeting begins, without an end: people remember late. */
export async function noteAttendance(db: Db, session: SpaceSession, { id, personId, isPresent }: Noted, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const here = entered.value
  if (!here.access.planMeetings) return refuse('meeting.not_allowed', {})
  return db.transaction().execute(async (trx) => {
    const meeting = await findMeeting(trx, here, here.personId, id)
    if (!meeting) return refuse('meeting.unknown', {})
    if (now < meeting.startsAt) return refuse('meeting.not_yet', { startsAt: meeting.startsAt.toISOString() })
    const people = await listAttendance(trx, { ...here, meetingId: id })
    if (!people.some((one) => one.id === personId)) return refuse('meeting.not_in', {})
    const { networkId, personId: by } = here
    return ok({ present: await note(trx, { networkId, meetingId: id, personId, by, isPresent }, now) })
  })
}
