import * as z from 'zod'
import { Instant, route } from '../kernel/route.ts'
import { RoundDetail } from './contract.ts'
import { roundParams, run } from './round-path.ts'

/** draft -> submit. */
export const openRoundRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/open',
  params: roundParams,
  response: RoundDetail,
  refusals: [...run, 'review.wrong_phase', 'review.date_passed'],
})

/** review -> closed: no review can be filed any more, authors read what they received, grades can be published. */
export const closeRoundRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/close',
  params: roundParams,
  response: RoundDetail,
  refusals: [...run, 'review.wrong_phase'],
})

/** closed -> review, with a new last day for the reviews when the old one has passed. */
export const reopenRoundRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/reopen',
  params: roundParams,
  body: z.object({ reviewUntil: Instant.optional() }),
  response: RoundDetail,
  refusals: [...run, 'review.wrong_phase', 'review.date_passed', 'review.dates_out_of_order'],
})
