import type { Router } from 'express'
import {
  checkCommitment,
  listCommitments,
  makeCommitment,
  noteAttendance,
  showAgenda,
  showAttendance,
  writeAgenda,
} from '@copractice/core/meeting'
import { routesFor } from '@copractice/http'
import * as meeting from '@copractice/services/meeting'
import { sessionContext } from '../session-context.ts'
import type { MeetingDeps } from './routes.ts'

const SEE = { 'cohort.unknown': 404, 'meeting.unknown': 404 } as const
const KEEP = { ...SEE, 'meeting.not_allowed': 403 } as const
const NOTE = { ...KEEP, 'meeting.not_yet': 409, 'meeting.not_in': 409 } as const
const CHECK = {
  'cohort.unknown': 404,
  'commitment.unknown': 404,
  'commitment.not_yet': 409,
  'commitment.no_seat': 403,
} as const

/** Agenda, attendance and commitments. */
export function participationRoutes({ db, clock }: MeetingDeps): Router {
  const { router, serve } = routesFor(sessionContext(db, clock))
  serve(showAgenda, SEE, ({ context, params }) => meeting.showAgenda(db, context, params.id))
  serve(writeAgenda, KEEP, ({ context, params, body }) => meeting.writeAgenda(db, context, { ...params, ...body }))
  serve(showAttendance, KEEP, ({ context, params }) => meeting.showAttendance(db, context, params.id))
  serve(noteAttendance, NOTE, ({ context, params, body }) =>
    meeting.noteAttendance(db, context, { ...params, ...body }, clock()),
  )
  serve(listCommitments, { 'cohort.unknown': 404 }, ({ context }) => meeting.listCommitments(db, context, clock()))
  serve(makeCommitment, { 'cohort.unknown': 404, 'commitment.no_seat': 403 }, ({ context, body }) =>
    meeting.makeCommitment(db, context, body.text, clock()),
  )
  serve(checkCommitment, CHECK, ({ context, params, body }) =>
    meeting.checkCommitment(db, context, { ...params, ...body }, clock()),
  )
  return router
}
