import * as z from 'zod'
import { ConveningId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { AskedWishes } from './wishes.ts'

const params = z.object({ conveningId: ConveningId })

/** A convening as somebody sees it who opened its link in their course, with their own registration. */
export const ConveningHere = z.object({
  name: z.string(),
  description: z.string(),
  region: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: z.string(),
  place: z.string().nullable(),
  isOnline: z.boolean(),
  registration: z.enum(['open', 'waitlist', 'closed']),
  closesAt: Instant,
  /** The reader's own. */
  mine: z.enum(['registered', 'waitlisted']).nullable(),
  /** The campus they would come from; null when they are affiliated with none and cannot register here. */
  campus: z.string().nullable(),
  /** Where the reader's badge is, with their sessions, wishes and needs; null without one, or where nobody knows the address. */
  badge: z.string().nullable(),
  /** Where the confirmation goes; null when their LMS shares no address. */
  email: z.string().nullable(),
})
export type ConveningHere = z.infer<typeof ConveningHere>

export const showConveningHere = route({
  method: 'GET',
  path: '/api/course-convenings/:conveningId',
  params,
  response: ConveningHere,
  refusals: ['convening.not_found'],
})

/** Registers the reader as who they are at their campus, or puts them on the waitlist. Again, it changes nothing. */
export const registerHere = route({
  method: 'POST',
  path: '/api/course-convenings/:conveningId/registration',
  params,
  body: z.strictObject({ interests: z.string().trim().max(2000), wishes: AskedWishes.optional() }),
  response: ConveningHere,
  refusals: ['convening.not_found', 'convening.closed', 'convening.no_affiliation', 'convening.test_person'],
})
