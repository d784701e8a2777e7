import type { Phase } from './contract.ts'
import type { LatePolicy } from './late-policy.ts'
import type { Advance } from './work-kind.ts'

export type RoundByDate = Readonly<{
  phase: Phase
  advance: Advance
  openFrom: Date | null
  submitUntil: Date
  latePolicy: LatePolicy
  /** The latest moment anybody may send a review: the round's, or of somebody with more time. */
  lastReviewUntil: Date
}>

/**
 * What a round that goes by its dates has to do now; null: nothing. open: work can be handed in. deal: the time for work
 * and its grace are over. close: nobody can send a review any more. One step at a time: the next follows from the next look.
 */
export function dueStep(round: RoundByDate, now: Date): 'open' | 'deal' | 'close' | null {
  if (round.advance !== 'by_date') return null
  const dealAt = +round.submitUntil + round.latePolicy.graceMinutes * 60_000
  switch (round.phase) {
    case 'draft':
      return round.openFrom && now >= round.openFrom && now < round.submitUntil ? 'open' : null
    case 'submit':
      // At the very moment it is due, work is still taken.
      return +now > dealAt ? 'deal' : null
    case 'review':
      return now > round.lastReviewUntil ? 'close' : null
    case 'closed':
      return null
  }
}
