import {
  asCohort,
  explainUnplaced,
  placeGreedily,
  placeLate,
  scorePlacement,
  seatingOf,
  settleWishes,
  type PlacedCohort,
  type PlacementProblem,
  type WhyUnplaced,
} from '@copractice/core/convening/placement'
import { acquaint } from './acquaint.ts'
import { boundByColumns } from './bound-by-columns.ts'
import { boundPoints } from './bound-points.ts'
import { chooseCohorts } from './choose-cohorts.ts'
import { construct, type Group, type Table } from './construct.ts'
import { diceOf } from './dice.ts'
import { anneal, makeRoom, pointsOfGroups } from './improve.ts'
import { compile, type Instance } from './instance.ts'
import { judgeOf } from './judge.ts'

/** Up to this many registrants the linear bound and the exact choice among cohorts are worked out. */
const EXACT = 200

/** A placement: who sits with whom, why the others do not, its points, and the points no placement can pass. */
export type Placement = Readonly<{
  cohorts: PlacedCohort[]
  unplaced: { id: string; why: WhyUnplaced }[]
  objective: number
  bound: number
}>

/** How far a solve is: steps done of all, the best points so far, and what no placement can pass. */
export type Progress = Readonly<{ step: number; steps: number; objective: number; bound: number }>

/**
 * Solves a placement on this thread, taking as long as it takes. `solvePlacement` is the same off the event loop. `tell`
 * hears after each step.
 */
export async function place(
  problem: PlacementProblem,
  tell: (progress: Progress) => void = () => {},
): Promise<Placement> {
  const { parties, hopeless } = settleWishes(problem)
  const instance = compile(problem, parties)
  const ceiling = boundPoints(problem, instance, hopeless)
  const dice = diceOf(problem.seed)
  const table: Table = { instance, judge: judgeOf(instance), known: acquaint(instance, dice), dice }
  const isHopeful = (party: number) => instance.parties.people[party]!.every((row) => ceiling.most[row]! > 0)
  const aim = { isHopeful, places: ceiling.places }

  const isSmall = problem.registrants.length <= EXACT
  const effort = isSmall
    ? { rough: 8, fine: 2, patience: 4000, rooms: 2000 }
    : { rough: 1, fine: 1, patience: 500, rooms: 1600 }
  const steps = effort.rough + effort.fine + (isSmall ? 2 : 1)
  const done = { step: 0, objective: 0 }
  let bound = ceiling.sum
  const heard = (groups: readonly Group[]) => {
    done.objective = Math.max(done.objective, pointsOfGroups(groups))
    tell({ ...done, step: ++done.step, steps, bound: Math.floor(bound + 1e-6) })
  }
  const runs = drafts(table, aim, effort, heard)
  let best = runs.reduce((a, b) => (pointsOfGroups(b) > pointsOfGroups(a) ? b : a), [])
  if (isSmall) {
    const candidates = runs.flat()
    const known = candidates.map((group) => ({ people: rowsOf(instance, group), points: group.points }))
    const proof = await boundByColumns(instance, ceiling, known, pointsOfGroups(best))
    bound = Math.min(bound, proof.bound)
    heard(best)
    const priced = proof.columns.flatMap(({ people }) => asGroup(table, people))
    const chosen = await chooseCohorts([...candidates, ...priced], instance.parties.count)
    const roomier = makeRoom(table, chosen, { steps: 1000, slack: 0, ...aim })
    const polished = anneal(table, roomier, problem.registrants.length * 2000, 3)
    if (pointsOfGroups(polished) > pointsOfGroups(best)) best = polished
  }

  const drafted = best.map((group) =>
    asCohort(seatingOf(rowsOf(instance, group).map((row) => problem.registrants[row]!))),
  )
  const byHand = placeGreedily(problem)
  const isBetter = scorePlacement(problem, byHand) > scorePlacement(problem, drafted)
  // Of a party that found no place as a whole, those who asked for nobody may still sit.
  const cohorts = placeLate(problem, isBetter ? byHand : drafted)
  return {
    cohorts,
    unplaced: explainUnplaced(problem, cohorts),
    objective: scorePlacement(problem, cohorts),
    // Points are whole numbers; the solver's are not quite.
    bound: Math.floor(bound + 1e-6),
  }
}

/** Whom it is worth making room for, and how many places there can be at most. */
type Aim = Readonly<{ isHopeful: (party: number) => boolean; places: number }>

/** Several rough drafts from different dice, and the best of them annealed with `patience` steps a party;
 * `rooms` steps of making room before and after. */
function drafts(
  table: Table,
  aim: Aim,
  { rough, fine, patience, rooms: steps }: { rough: number; fine: number; patience: number; rooms: number },
  heard: (groups: readonly Group[]) => void,
): Group[][] {
  const { count } = table.instance.parties
  const hopeful = Array.from({ length: count }, (_, party) => party).filter(aim.isHopeful)
  const begun = Array.from({ length: rough }, () => {
    const roomier = makeRoom(table, construct(table, hopeful).groups, { steps, slack: 1500, ...aim })
    const begun = rough > fine ? anneal(table, roomier, count * 300, 12) : roomier
    heard(begun)
    return begun
  })
  const best = begun.sort((a, b) => pointsOfGroups(b) - pointsOfGroups(a)).slice(0, fine)
  const annealed = best.map((groups) => {
    const calm = anneal(table, groups, Math.min(6_000_000, count * patience), 15)
    const roomier = makeRoom(table, calm, { steps, slack: 1500, ...aim })
    heard(roomier)
    return roomier
  })
  return [...annealed, ...begun]
}

const rowsOf = ({ parties }: Instance, group: Group): number[] =>
  group.parties.flatMap((party) => parties.people[party]!).sort((a, b) => a - b)

/** A priced set of people as a cohort, less the parties not wholly in it; nothing if it breaks a rule then. */
function asGroup({ instance, judge }: Table, rows: readonly number[]): Group[] {
  const inside = new Set(rows)
  const parties = instance.parties.people.flatMap((people, party) =>
    people.every((row) => inside.has(row)) ? [party] : [],
  )
  const points = judge(parties)
  return points < 0 ? [] : [{ parties, points }]
}
