import { asCohort, seatGreedily } from './place-greedily.ts'
import type { Cohorts, PlacedCohort, PlacementProblem, Registrant } from './problem.ts'
import { scoreCohort } from './score-cohort.ts'
import { seatingOf, seatParty, type Seating } from './seat-party.ts'
import { settleWishes, wishedFor } from './settle-wishes.ts'

/**
 * Seats whoever has no place yet without disturbing anybody: every cohort keeps its members and its chair, and only its
 * common times may become fewer, never fewer than the policy asks. `problem` lists everybody, newcomers too. Each goes,
 * together with those of their wish who are unplaced, where the whole gains most points; those left over may form
 * cohorts of their own. Who cannot sit stays unplaced. Returns all cohorts, the given ones first and in their order.
 */
export function placeLate(problem: PlacementProblem, cohorts: Cohorts): PlacedCohort[] {
  const { policy, registrants } = problem
  const byId = new Map(registrants.map((person) => [person.id, person]))
  const seatings: Seating[] = cohorts.map(({ members }) => seatingOf(members.flatMap((id) => byId.get(id) ?? [])))
  const scores = seatings.map(({ members }) => scoreCohort(members))
  const cohortOf = new Map(seatings.flatMap(({ members }, at) => members.map(({ id }) => [id, at] as const)))
  const { hopeless } = settleWishes(problem)

  const seat = (newcomer: Registrant) => {
    const wanted = wishedFor(newcomer, byId)
    const joining = wanted.filter(({ id }) => !cohortOf.has(id))
    const where = new Set(wanted.flatMap(({ id }) => cohortOf.get(id) ?? []))
    if (where.size > 1) return
    let best: { at: number; seated: Seating; score: number; gain: number } | undefined
    for (const at of where.size ? where : seatings.keys()) {
      const fits = seatParty(seatings[at]!, joining, policy)
      if (!fits.ok) continue
      const score = scoreCohort(fits.value.members)
      const gain = score - scores[at]!
      if (!best || gain > best.gain) best = { at, seated: fits.value, score, gain }
    }
    if (!best) return
    seatings[best.at] = best.seated
    scores[best.at] = best.score
    for (const { id } of joining) cohortOf.set(id, best.at)
  }
  for (const person of registrants) if (!cohortOf.has(person.id) && !hopeless.has(person.id)) seat(person)

  const left = registrants.filter(({ id }) => !cohortOf.has(id))
  const among = new Set(left.map(({ id }) => id))
  // Who asks for somebody already seated elsewhere cannot open a cohort without them.
  const free = left.filter((person) => wishedFor(person, byId).every(({ id }) => among.has(id)))
  const parties = settleWishes({ ...problem, registrants: free }).parties
  const kept = cohorts.map((cohort, at) => ({
    chair: cohort.chair,
    members: seatings[at]!.members.map(({ id }) => id),
    slots: [...seatings[at]!.slots],
  }))
  return [...kept, ...seatGreedily(parties, policy).map(asCohort)]
}
