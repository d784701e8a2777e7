import type { SeatHeld } from '../directory/actor.ts'
import { counts } from '../directory/counts.ts'
import type { InstitutionId } from '../kernel/ids.ts'
import { ok, refuse } from '../kernel/result.ts'
import type { PolicyLimits } from '../programme/policy.ts'
import { isEligible, type Tie } from './is-eligible.ts'

/** `taken`: participants and chairs seated; facilitators take no seat. */
export type Seats = Readonly<{ taken: number; waitlisted: number; capacity: number }>

export type JoiningCohort = Readonly<{
  status: 'open' | 'closed'
  seats: Seats
  limits: Pick<PolicyLimits, 'eligibleAffiliations'>
}>
export type Joiner = Readonly<{
  /** An LMS's "student view". */
  isTest: boolean
  seat: Pick<SeatHeld, 'kind' | 'status'> | undefined
  ties: readonly Tie[]
  /** The campus whose course they come from; its tie decides whose colour they sit under. */
  comesFrom: InstitutionId | null
}>

/**
 * Whether somebody takes a seat, or joins the end of the waitlist when the cohort has its participants (cohort.full). A
 * free seat is for those who wait first. Refuses `cohort.closed`, `cohort.already_in`, `cohort.test_person`, `eligibility.affiliation`.
 */
export function decideJoin({ status, seats, limits }: JoiningCohort, joiner: Joiner) {
  const { seat, ties, comesFrom } = joiner
  if (status === 'closed') return refuse('cohort.closed', {})
  if (seat && seat.status !== 'left') return refuse('cohort.already_in', {})
  if (!counts(joiner)) return refuse('cohort.test_person', {})
  const eligible = ties.filter((tie) => isEligible(tie, limits))
  const tie = eligible.find(({ institutionId }) => institutionId === comesFrom) ?? eligible[0]
  if (!tie) return refuse('eligibility.affiliation', { eligible: limits.eligibleAffiliations })

  const hasSeat = seats.taken + seats.waitlisted < seats.capacity
  return ok({ status: hasSeat ? ('seated' as const) : ('waitlisted' as const), institutionId: tie.institutionId })
}

/** How many of those who wait get a seat now. */
export const seatsToGive = ({ taken, waitlisted, capacity }: Seats): number =>
  Math.max(0, Math.min(waitlisted, capacity - taken))
