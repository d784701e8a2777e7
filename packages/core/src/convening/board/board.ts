import * as z from 'zod'
import type { PlacedCohort, PlacementProblem, Registrant } from '../placement/problem.ts'
import { seatingOf } from '../placement/seat-party.ts'

/**
 * A cohort on a placement board. `key` stays when people move and when the board is solved again; `seated` are those of
 * the members who hold a seat already, since the board was committed. People are named by their registration.
 */
const BoardCohort = z.strictObject({
  key: z.string(),
  name: z.string(),
  chair: z.string(),
  members: z.array(z.string()),
  cohortId: z.string().nullable(),
  seated: z.array(z.string()),
})
export type BoardCohort = z.infer<typeof BoardCohort>

/** Who sits where, before anybody is invited; everybody else has no place. `pinned` stay when it is solved again. */
export const Board = z.strictObject({ cohorts: z.array(BoardCohort), pinned: z.array(z.string()) })
export type Board = z.infer<typeof Board>

export const EMPTY_BOARD: Board = { cohorts: [], pinned: [] }

/** Each list is looked into once, however many moves on it are judged. */
const known = new WeakMap<readonly Registrant[], ReadonlyMap<string, Registrant>>()

export function peopleOf({ registrants }: PlacementProblem): ReadonlyMap<string, Registrant> {
  const before = known.get(registrants)
  if (before) return before
  const people = new Map(registrants.map((person) => [person.id, person]))
  known.set(registrants, people)
  return people
}

/** The board as an answer of the problem, with all the times each cohort shares, for `checkPlacement` and `whyHere`. */
export function answerOf(problem: PlacementProblem, board: Board): PlacedCohort[] {
  const byId = peopleOf(problem)
  return board.cohorts.map(({ chair, members }) => ({
    chair,
    members,
    slots: [...seatingOf(members.flatMap((id) => byId.get(id) ?? [])).slots],
  }))
}

/** Those who sit nowhere, as `checkPlacement` wants them. */
export function unplacedOf({ registrants }: PlacementProblem, { cohorts }: Board): { id: string }[] {
  const placed = new Set(cohorts.flatMap(({ members }) => members))
  return registrants.filter(({ id }) => !placed.has(id)).map(({ id }) => ({ id }))
}

/** The chair stays while they sit here; otherwise the first who can chair does. Empty when nobody can. */
export const chairOf = (chair: string, members: readonly Registrant[]): string =>
  members.some(({ id, canChair }) => id === chair && canChair)
    ? chair
    : (members.find(({ canChair }) => canChair)?.id ?? '')

/**
 * The board without those who are no longer registered: a cohort that lost its chair gets the next who can, one that lost
 * everybody goes. What that leaves broken is for `checkPlacement` to say.
 */
export function withoutStrangers(problem: PlacementProblem, board: Board): Board {
  const byId = peopleOf(problem)
  const those = (ids: readonly string[]) => ids.filter((id) => byId.has(id))
  const cohorts = board.cohorts.flatMap((cohort) => {
    const members = cohort.members.flatMap((id) => byId.get(id) ?? [])
    if (!members.length && !cohort.cohortId) return []
    const ids = members.map(({ id }) => id)
    return [{ ...cohort, members: ids, seated: those(cohort.seated), chair: chairOf(cohort.chair, members) }]
  })
  return { cohorts, pinned: those(board.pinned) }
}
