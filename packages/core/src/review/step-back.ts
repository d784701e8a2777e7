import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import type { DatePassed, DatesOutOfOrder, RoundInTime, WrongPhase } from './change-phase.ts'
import { wrongPhase } from './change-phase.ts'

/** What people have done in a round so far. */
export type RoundSoFar = Readonly<{ works: number; reviewsBegun: number }>
export type StepBackRefusal =
  | WrongPhase
  | DatePassed
  | DatesOutOfOrder
  /** Somebody has begun their work, and a draft is seen by nobody. */
  | Refusal<'review.work_begun', Readonly<{ works: number }>>
  /** Somebody has begun a review, and dealing again would take it away. */
  | Refusal<'review.reviews_begun', Readonly<{ reviews: number }>>

/**
 * One phase back, while that throws nothing away that anybody wrote: review -> submit, to deal again later, and submit ->
 * draft. (closed -> review is `reopenRound`.) `submitUntil`: the new last moment for work, where the old one has passed.
 */
export function stepBack(
  round: RoundInTime,
  soFar: RoundSoFar,
  submitUntil: Date,
  now: Date,
): Result<{ phase: 'draft' | 'submit'; submitUntil: Date }, StepBackRefusal> {
  if (round.phase === 'submit')
    return soFar.works === 0
      ? ok({ phase: 'draft', submitUntil: round.submitUntil })
      : refuse('review.work_begun', { works: soFar.works })
  if (round.phase !== 'review') return wrongPhase(round.phase, 'review')
  if (soFar.reviewsBegun > 0) return refuse('review.reviews_begun', { reviews: soFar.reviewsBegun })
  if (now >= submitUntil) return refuse('review.date_passed', { date: 'submitUntil', was: submitUntil })
  if (submitUntil >= round.reviewUntil)
    return refuse('review.dates_out_of_order', { submitUntil, reviewUntil: round.reviewUntil })
  return ok({ phase: 'submit', submitUntil })
}
