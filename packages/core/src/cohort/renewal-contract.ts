import * as z from 'zod'
import { CohortSeen } from '../directory/contract.ts'
import { Instant, route } from '../kernel/route.ts'
import { SeatCount } from './contract.ts'
import { SEAT_KINDS } from './create-cohort-contract.ts'

const AskId = z.uuid()

/** The question whether the reader goes on in the cohort that succeeds this one, with their answer once they gave it. */
export const RenewalAsk = z.object({
  id: AskId,
  kind: z.enum(SEAT_KINDS),
  answer: z.enum(['yes', 'no']).nullable(),
  /** Where they are now that they said yes. */
  place: z.enum(['seated', 'waitlisted']).nullable(),
  cohort: CohortSeen,
  seats: SeatCount,
  meetings: z.int(),
  firstMeetingAt: Instant.nullable(),
  /** How they come into its space: from a course of theirs that opens it, by the link of a mail, or by nothing yet. */
  door: z.enum(['course', 'mail']).nullable(),
})
export type RenewalAsk = z.infer<typeof RenewalAsk>

/** What of the cohort's renewal waits for the reader, or may still be changed by them. At most 20, by name. */
export const listRenewals = route({
  method: 'GET',
  path: '/api/cohort/renewals',
  response: z.object({ items: z.array(RenewalAsk) }),
  refusals: ['cohort.unknown'],
})

/**
 * The reader's own answer: yes takes a seat or, when they are all taken, a place on the waitlist; no takes none; null takes
 * the answer back. Refuses `ask.seat_used` once they did something in the new space: from then on they leave it there; and
 * `ask.taken_away` when whoever administers the new cohort took the seat from them.
 */
export const answerRenewal = route({
  method: 'POST',
  path: '/api/cohort/renewals/:askId/answer',
  params: z.object({ askId: AskId }),
  body: z.strictObject({ answer: z.enum(['yes', 'no']).nullable() }),
  response: z.object({ place: z.enum(['seated', 'waitlisted']).nullable() }),
  refusals: [
    'cohort.unknown',
    'ask.unknown',
    'ask.seat_used',
    'ask.taken_away',
    'cohort.closed',
    'eligibility.affiliation',
    'cohort.test_person',
  ],
})
