import { counts } from '../directory/counts.ts'
import { ok, refuse } from '../kernel/result.ts'
import { decideJoin, type Joiner, type JoiningCohort, type Seats } from './decide-join.ts'

export type SeatKind = 'participant' | 'chair' | 'facilitator'

/**
 * Whether a coordinator may seat somebody, from the institution they say (`comesFrom`): a tie elsewhere does not stand
 * in for it. By the rules of joining; a facilitator takes no seat, and needs some tie to that institution.
 */
export function decideSeat(kind: SeatKind, cohort: JoiningCohort, joiner: Joiner) {
  const ties = joiner.ties.filter(({ institutionId }) => institutionId === joiner.comesFrom)
  if (kind !== 'facilitator') return decideJoin(cohort, { ...joiner, ties })
  if (!counts(joiner)) return refuse('cohort.test_person', {})
  if (cohort.status === 'closed') return refuse('cohort.closed', {})
  if (joiner.seat && joiner.seat.status !== 'left') return refuse('cohort.already_in', {})
  const [tie] = ties
  if (!tie) return refuse('eligibility.affiliation', { eligible: cohort.limits.eligibleAffiliations })
  return ok({ status: 'seated' as const, institutionId: tie.institutionId })
}

/**
 * Undo of a removal: a seat if one is free after all who wait and came earlier have theirs, otherwise the waitlist, where
 * the old order still counts. `waitingEarlier`: how many of the waitlist came before this person.
 */
export const restoreSeatTo = (
  kind: SeatKind,
  { capacity, taken }: Pick<Seats, 'capacity' | 'taken'>,
  waitingEarlier: number,
): 'seated' | 'waitlisted' => (kind === 'facilitator' || capacity - taken > waitingEarlier ? 'seated' : 'waitlisted')
