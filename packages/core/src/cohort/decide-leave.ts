import type { SeatHeld } from '../directory/actor.ts'
import { ok, refuse } from '../kernel/result.ts'

/**
 * membership.voluntary: leaving a seat or the waitlist is the person's own act and always possible. It plans nothing for
 * the gradebook. A facilitator's part is not a seat; whoever asked them ends it. Refuses `cohort.not_in`.
 */
export function decideLeave(seat: Pick<SeatHeld, 'kind' | 'status'> | undefined) {
  if (!seat || seat.status === 'left' || seat.kind === 'facilitator') return refuse('cohort.not_in', {})
  return ok({ status: 'left' as const, freesSeat: seat.status === 'seated' })
}
