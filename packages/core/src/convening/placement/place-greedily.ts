import type { PlacedCohort, PlacementProblem } from './problem.ts'
import { NOBODY, seatParty, type Seating } from './seat-party.ts'
import { settleWishes, type Party } from './settle-wishes.ts'

const hasChair = (people: Seating['members']) => people.some(({ canChair }) => canChair)

/** A cohort as it is written into an answer; its chair is the first of its members who can chair. */
export function asCohort({ members, slots }: Seating): PlacedCohort {
  return {
    chair: members.find(({ canChair }) => canChair)!.id,
    members: members.map(({ id }) => id),
    slots: [...slots],
  }
}

/**
 * First-fit, as by hand: everybody in the order given goes to the first cohort they fit, or opens one. Cohorts that end
 * without a chair or below the minimum are dissolved, once, and their people tried again with those that stand.
 * The baseline a solver has to beat.
 */
export function seatGreedily(parties: readonly Party[], policy: PlacementProblem['policy']): Seating[] {
  const open: Seating[] = []
  const seat = (party: Party, mayOpen: boolean) => {
    for (const [at, cohort] of open.entries()) {
      const seated = seatParty(cohort, party, policy)
      if (!seated.ok) continue
      open[at] = seated.value
      return
    }
    const alone = seatParty(NOBODY, party, policy)
    if (mayOpen && alone.ok) open.push(alone.value)
  }
  for (const party of parties) seat(party, true)
  const stands = ({ members }: Seating) => members.length >= policy.minimum && hasChair(members)
  const standing = open.filter(stands)
  const homeless = new Set(open.filter((cohort) => !stands(cohort)).flatMap(({ members }) => members))
  open.splice(0, open.length, ...standing)
  for (const party of parties) if (homeless.has(party[0]!)) seat(party, false)
  return open
}

/** First-fit over a whole problem. */
export const placeGreedily = (problem: PlacementProblem): PlacedCohort[] =>
  seatGreedily(settleWishes(problem).parties, problem.policy).map(asCohort)
