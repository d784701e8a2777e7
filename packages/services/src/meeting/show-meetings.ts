import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse, type MeetingId } from '@copractice/core/kernel'
import { untilItEnds } from '@copractice/core/meeting'
import type { Db } from '@copractice/store/database'
import { findMeeting, pageOfMeetings, saveMeetingAnswer } from '@copractice/store/meeting'
import { enterSpace } from '../cohort/enter-space.ts'
import { writeCalendar } from './write-calendar.ts'

type Paging = Readonly<{ from?: Date | undefined; after?: string | undefined; limit: number }>

/** The cohort's meetings by start. */
export async function listMeetings(db: Db, session: SpaceSession, paging: Paging) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  return ok(await pageOfMeetings(db, entered.value, entered.value.personId, paging))
}

/** One meeting as an iCalendar text. */
export async function exportMeeting(db: Db, session: SpaceSession, id: MeetingId, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const meeting = await findMeeting(db, entered.value, entered.value.personId, id)
  return meeting ? ok(writeCalendar(meeting, now)) : refuse('meeting.unknown', {})
}

type Answer = Readonly<{ id: MeetingId; answer: 'yes' | 'no' }>

/** Says whether the person comes; changing one's mind is free until the meeting ends. */
export async function answerMeeting(db: Db, session: SpaceSession, { id, answer }: Answer, now: Date) {
  const entered = enterSpace(session)
  if (!entered.ok) return entered
  const { networkId, personId, access } = entered.value
  return db.transaction().execute(async (trx) => {
    const meeting = await findMeeting(trx, entered.value, personId, id)
    if (!meeting) return refuse('meeting.unknown', {})
    if (!access.answerMeetings) return refuse('meeting.no_seat', {})
    const inTime = untilItEnds(meeting, now)
    if (!inTime.ok) return inTime
    await saveMeetingAnswer(trx, networkId, { meetingId: id, personId, answer }, now)
    return ok((await findMeeting(trx, entered.value, personId, id))!)
  })
}
