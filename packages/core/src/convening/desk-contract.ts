import * as z from 'zod'
import { CampusMark } from '../directory/person-seen.ts'
import { ConveningId, PersonId, RegistrationId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'
import { SessionId } from './session-contract.ts'

const One = z.object({ conveningId: ConveningId })
const at = '/api/convenings/:conveningId'

/** Somebody who is expected: they hold a place, and where a session is asked for, chose it. */
export const Expected = z.object({
  registrationId: RegistrationId,
  name: z.string().nullable(),
  institution: CampusMark,
  checkedInAt: Instant.nullable(),
})
export type Expected = z.infer<typeof Expected>

/** By name. Without `sessionId`: at the door of the whole convening. `everyone`: also those who did not choose the session. */
export const listExpected = route({
  method: 'GET',
  path: `${at}/check-in`,
  params: One,
  query: PageQuery.extend({
    sessionId: SessionId.optional(),
    everyone: z.enum(['yes']).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(500),
  }),
  response: page(Expected),
  refusals: ['directory.not_found'],
})

/** What one did at the desk, perhaps minutes ago without a connection: the later of two about the same person holds. */
export const CheckInMark = z.strictObject({
  registrationId: RegistrationId,
  sessionId: SessionId.nullable(),
  isHere: z.boolean(),
  at: Instant,
  how: z.enum(['qr', 'list']),
})
export type CheckInMark = z.infer<typeof CheckInMark>

/** Sent twice it changes nothing. `unknown`: people or sessions not of this convening, or without a place in it. */
export const saveCheckIns = route({
  method: 'POST',
  path: `${at}/check-in`,
  params: One,
  body: z.strictObject({ marks: z.array(CheckInMark).min(1).max(500) }),
  response: z.object({ saved: z.int(), unknown: z.array(RegistrationId) }),
  refusals: ['directory.not_found', 'convening.too_early'],
})

/** Whose badge it is. */
export const showScanned = route({
  method: 'GET',
  path: `${at}/check-in/:registrationId`,
  params: One.extend({ registrationId: RegistrationId }),
  response: z.object({
    name: z.string().nullable(),
    institution: CampusMark,
    status: z.enum(['registered', 'waitlisted', 'cancelled']),
    sessions: z.array(SessionId),
    /** Where they are checked in: null is the door. */
    checkedIn: z.array(SessionId.nullable()),
  }),
  refusals: ['directory.not_found'],
})

/** Guided minutes per person: the sessions they were checked in to; the whole convening where it has none. */
export const listAttendance = route({
  method: 'GET',
  path: `${at}/attendance`,
  params: One,
  query: PageQuery,
  response: page(
    z.object({ personId: PersonId, name: z.string().nullable(), institution: CampusMark, minutes: z.int() }),
  ),
  refusals: ['directory.not_found'],
})

/** For those who host. Each reading is written into the audit log. `convening.not_host`: not for this reader. */
export const listNeeds = route({
  method: 'GET',
  path: `${at}/needs`,
  params: One,
  query: PageQuery,
  response: page(
    z.object({
      registrationId: RegistrationId,
      name: z.string().nullable(),
      accessibility: z.string(),
      dietary: z.string(),
      deleteAfter: Instant,
    }),
  ),
  refusals: ['directory.not_found', 'convening.not_host'],
})

/** Writes to everybody with a place: their badge, their sessions and how to join. */
export const sendBadges = route({
  method: 'POST',
  path: `${at}/badges`,
  params: One,
  response: z.object({ sent: z.int() }),
  refusals: ['directory.not_found', 'convening.no_dates', 'convening.over'],
})

/** Without names; nothing below 5 answers. */
export const showFeedback = route({
  method: 'GET',
  path: `${at}/feedback`,
  params: One,
  response: z.object({
    answers: z.int().nullable(),
    mean: z.number().nullable(),
    spread: z.array(z.object({ usefulness: z.int(), count: z.int().nullable() })),
    kept: z.array(z.string()),
    change: z.array(z.string()),
  }),
  refusals: ['directory.not_found'],
})
