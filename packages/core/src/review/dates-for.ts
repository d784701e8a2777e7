import type { Phase } from './contract.ts'
import type { LatePolicy } from './late-policy.ts'

/** The last moments one person was given of their own; null: the round's. */
export type Extensions = Readonly<{ work: Date | null; reviews: Date | null }>
export const NO_EXTENSIONS: Extensions = { work: null, reviews: null }

type RoundDates = Readonly<{ phase: Phase; submitUntil: Date; reviewUntil: Date; latePolicy: LatePolicy }>
const later = (a: Date, b: Date | null): Date => (b && b > a ? b : a)

/**
 * A round as it is for one person: with their own last moments where they were given some, never sooner than everyone's.
 * `takesLate`: they may still hand in after the reviews were dealt, because of more time of their own or because the
 * round takes late work; in any case while reviews can be written.
 */
export function datesFor<R extends RoundDates>(round: R, own: Extensions, now: Date): R & { takesLate: boolean } {
  const submitUntil = later(round.submitUntil, own.work)
  const hasOwnTime = submitUntil > round.submitUntil && now <= submitUntil
  return {
    ...round,
    submitUntil,
    reviewUntil: later(round.reviewUntil, own.reviews),
    takesLate:
      round.phase === 'review' && now <= round.reviewUntil && (hasOwnTime || round.latePolicy.kind !== 'closed'),
  }
}
