import { ok, refuse } from '../kernel/result.ts'

/** `isUsed`: they answered or came to a meeting of the cohort, wrote in its space or handed in work there. */
export type AskFacts = Readonly<{
  status: 'open' | 'closed'
  answer: 'yes' | 'no' | null
  held: 'seated' | 'waitlisted' | null
  isUsed: boolean
  /** When the first meeting of the cohort ends; null when none is set. */
  firstMeetingEnds: Date | null
}>

/**
 * Whether somebody sees in their space that they are asked to go on: until they answer, and while the answer may be taken
 * back. A seat they were given without being asked, or gave back in its own space, asks nothing.
 */
export function showsAsk({ status, answer, held, isUsed, firstMeetingEnds }: AskFacts, now: Date): boolean {
  if (status === 'closed') return false
  if (answer === null) return held === null
  if (answer === 'yes') return held !== null && !isUsed
  return held === null && (!firstMeetingEnds || firstMeetingEnds > now)
}

/**
 * What an answer does to the seat; null takes the answer back. Refuses `ask.seat_used`: whoever made the seat theirs gives
 * it up as one leaves a cohort, which says what becomes of their reviews.
 */
export function decideAsk({ held, isUsed }: Pick<AskFacts, 'held' | 'isUsed'>, answer: AskFacts['answer']) {
  if (answer === 'yes') return ok(held ? ('keep' as const) : ('take' as const))
  if (!held) return ok('keep' as const)
  return isUsed ? refuse('ask.seat_used', {}) : ok('give_back' as const)
}
