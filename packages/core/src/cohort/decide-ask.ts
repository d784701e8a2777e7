import { ok, refuse } from '../kernel/result.ts'
import type { SeatKind } from './decide-seat.ts'

/** `isUsed`: they answered or came to a meeting of the cohort, wrote in its space or handed in work there. */
export type AskFacts = Readonly<{
  status: 'open' | 'closed'
  answer: 'yes' | 'no' | null
  held: 'seated' | 'waitlisted' | null
  isUsed: boolean
  /** Whoever administers the cohort took the seat away and gave them none since. */
  isTakenAway: boolean
  /** When the first meeting of the cohort ends; null when none is set. */
  firstMeetingEnds: Date | null
}>

/**
 * Whether somebody sees in their space that they are asked to go on: until they answer, and while the answer may be taken
 * back. A seat they were given without being asked, or gave back in its own space, asks nothing, nor does one that was taken
 * away from them.
 */
export function showsAsk(asked: AskFacts, now: Date): boolean {
  const { status, answer, held, isUsed, firstMeetingEnds } = asked
  if (status === 'closed' || isOver(asked)) return false
  if (answer === null) return held === null
  if (answer === 'yes') return held !== null && !isUsed
  return held === null && (!firstMeetingEnds || firstMeetingEnds > now)
}

/**
 * What an answer does to the seat; null takes the answer back. Refuses `ask.seat_used`: whoever made the seat theirs gives
 * it up as one leaves a cohort, which says what becomes of their reviews; and `ask.taken_away`: whoever administers the cohort
 * took it from them, so that it is theirs to give again.
 */
export function decideAsk(asked: Pick<AskFacts, 'held' | 'isUsed' | 'isTakenAway'>, answer: AskFacts['answer']) {
  const { held, isUsed } = asked
  if (isOver(asked)) return refuse('ask.taken_away', {})
  if (answer === 'yes') return ok(held ? ('keep' as const) : ('take' as const))
  if (!held) return ok('keep' as const)
  return isUsed ? refuse('ask.seat_used', {}) : ok('give_back' as const)
}

/** A question that nobody can answer any more: its seat was taken away, and they hold no other in the cohort. */
export const isOver = ({ held, isTakenAway }: Pick<AskFacts, 'held' | 'isTakenAway'>): boolean => isTakenAway && !held

/** What a yes makes of somebody: what they were last in the cohort, if they were in it, and else what they are asked to be. */
export const kindOfYes = (asked: SeatKind, seat: Readonly<{ kind: SeatKind }> | undefined): SeatKind =>
  seat?.kind ?? asked
