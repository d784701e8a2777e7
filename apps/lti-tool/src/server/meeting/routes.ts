import type { Router } from 'express'
import {
  answerMeeting,
  cancelMeeting,
  changeMeeting,
  getMeetingCalendar,
  listMeetings,
  planMeeting,
} from '@copractice/core/meeting'
import { routesFor, type StatusOf } from '@copractice/http'
import * as meeting from '@copractice/services/meeting'
import type { Db } from '@copractice/store/database'
import { sessionContext } from '../session-context.ts'

export type MeetingDeps = Readonly<{ db: Db; clock: () => Date }>

const CALENDAR: StatusOf<typeof getMeetingCalendar> = { 'cohort.unknown': 404, 'meeting.unknown': 404 }
const ANSWER: StatusOf<typeof answerMeeting> = { ...CALENDAR, 'meeting.over': 409, 'meeting.no_seat': 403 }
const PLAN: StatusOf<typeof planMeeting> = {
  'cohort.unknown': 404,
  'meeting.not_allowed': 403,
  'meeting.place': 409,
  'meeting.times': 409,
  'meeting.needs_reason': 409,
}
const CHANGE: StatusOf<typeof changeMeeting> = { ...PLAN, 'meeting.unknown': 404, 'meeting.over': 409 }
const CANCEL: StatusOf<typeof cancelMeeting> = { ...CALENDAR, 'meeting.not_allowed': 403, 'meeting.over': 409 }

export function meetingRoutes({ db, clock }: MeetingDeps): Router {
  const { router, serve } = routesFor(sessionContext(db, clock))
  serve(listMeetings, { 'cohort.unknown': 404 }, ({ context, query }) => meeting.listMeetings(db, context, query))
  serve(answerMeeting, ANSWER, ({ context, params, body }) =>
    meeting.answerMeeting(db, context, { ...params, ...body }, clock()),
  )
  serve(getMeetingCalendar, CALENDAR, async ({ context, params, res }) => {
    const written = await meeting.exportMeeting(db, context, params.id, clock())
    if (written.ok) {
      res.set('content-disposition', 'attachment; filename="meeting.ics"').type('text/calendar').send(written.value)
    }
    return written
  })
  serve(planMeeting, PLAN, ({ context, body }) => meeting.planMeeting(db, context, body, clock()))
  serve(changeMeeting, CHANGE, ({ context, params, body }) =>
    meeting.changeMeeting(db, context, { id: params.id, change: body }, clock()),
  )
  serve(cancelMeeting, CANCEL, ({ context, params }) => meeting.cancelMeeting(db, context, params.id, clock()))
  return router
}
