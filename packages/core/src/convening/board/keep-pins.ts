import type { PlacedCohort, PlacementProblem } from '../placement/problem.ts'
import { placeLate } from '../placement/place-late.ts'
import { answerOf, type Board, type BoardCohort } from './board.ts'
import { newKey } from './change-board.ts'
import { nameCohorts } from './name-cohorts.ts'

/** The same problem in which whoever is pinned asks to be with the chair of their cohort. */
export function withPins(problem: PlacementProblem, { cohorts, pinned }: Board): PlacementProblem {
  const chairOf = new Map(cohorts.flatMap(({ chair, members }) => members.map((id) => [id, chair] as const)))
  const registrants = problem.registrants.map((person) => {
    const chair = pinned.includes(person.id) ? chairOf.get(person.id) : undefined
    return !chair || chair === person.id || person.with.includes(chair)
      ? person
      : { ...person, with: [...person.with, chair] }
  })
  return { ...problem, registrants }
}

/** Whether everybody pinned sits with the chair they sat with. */
export function keepsPins({ cohorts, pinned }: Board, solved: readonly PlacedCohort[]): boolean {
  return pinned.every((id) => {
    const chair = cohorts.find(({ members }) => members.includes(id))?.chair
    return solved.some(({ members }) => members.includes(id) && (!chair || members.includes(chair)))
  })
}

/** The people to solve for when what is pinned cannot be a wish: all but the cohorts in which somebody is pinned. */
export function aroundPins(problem: PlacementProblem, { cohorts, pinned }: Board): PlacementProblem {
  const held = new Set(
    cohorts.filter(({ members }) => members.some((id) => pinned.includes(id))).flatMap(({ members }) => members),
  )
  const free = problem.registrants.filter(({ id }) => !held.has(id))
  const among = new Set(free.map(({ id }) => id))
  const asksForHeld = (one: (typeof free)[number]): boolean => one.with.some((id) => !among.has(id))
  // Whoever asks for somebody in a held cohort can only be fitted in there, afterwards.
  for (let before = -1; before !== among.size;) {
    before = among.size
    for (const one of free) if (asksForHeld(one)) among.delete(one.id)
  }
  const registrants = free
    .filter(({ id }) => among.has(id))
    .map((one) => ({ ...one, notWith: one.notWith.filter((id) => among.has(id)) }))
  return { ...problem, registrants }
}

/** The cohorts that hold a pin as they are, those solved around them, and whoever fits in afterwards. */
export function joinPins(problem: PlacementProblem, board: Board, solved: readonly PlacedCohort[]): PlacedCohort[] {
  const held = answerOf(problem, board).filter(({ members }) => members.some((id) => board.pinned.includes(id)))
  return placeLate(problem, [...held, ...solved])
}

/**
 * What was solved, as a board: a cohort keeps the key and name of the old one whose chair it has, else of the one it has
 * most people of; the others get new names. Pins stay with those who have a place.
 */
export function asBoard(old: Board, solved: readonly PlacedCohort[], taken: readonly string[]): Board {
  const free = new Set(old.cohorts)
  const kept = new Map<number, BoardCohort>()
  const keep = (at: number, cohort: BoardCohort | undefined) => {
    if (!cohort) return
    kept.set(at, cohort)
    free.delete(cohort)
  }
  const pinnedChairs = new Set(
    old.cohorts.filter(({ members }) => members.some((id) => old.pinned.includes(id))).map(({ chair }) => chair),
  )
  for (const [at, { members }] of solved.entries())
    keep(
      at,
      [...free].find(({ chair }) => pinnedChairs.has(chair) && members.includes(chair)),
    )
  const overlaps = solved.flatMap(({ members }, at) =>
    [...free].map((cohort) => ({ at, cohort, shared: cohort.members.filter((id) => members.includes(id)).length })),
  )
  for (const { at, cohort, shared } of overlaps.sort((a, b) => b.shared - a.shared || a.at - b.at))
    if (shared > 0 && !kept.has(at) && free.has(cohort)) keep(at, cohort)

  const names = nameCohorts(solved.length - kept.size, [...taken, ...[...kept.values()].map(({ name }) => name)])
  let fresh = 0
  const cohorts = solved.map(({ chair, members }, at) => {
    const before = kept.get(at)
    if (before) return { ...before, chair: members.includes(before.chair) ? before.chair : chair, members }
    const cohort = { key: newKey(old, fresh), name: names[fresh]!, chair, members, cohortId: null, seated: [] }
    fresh++
    return cohort
  })
  const placed = new Set(solved.flatMap(({ members }) => members))
  return {
    cohorts: cohorts.sort((a, b) => Number(a.key.slice(1)) - Number(b.key.slice(1))),
    pinned: old.pinned.filter((id) => placed.has(id)),
  }
}
