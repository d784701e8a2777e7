import * as z from 'zod'
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts'
import { placeLate } from '../placement/place-late.ts'
import type { PlacementProblem } from '../placement/problem.ts'
import { answerOf, chairOf, peopleOf, type Board, type BoardCohort } from './board.ts'
import { judgeMove, type MoveBlock } from './judge-move.ts'
import { nameCohorts } from './name-cohorts.ts'
import { swapOnBoard } from './swap-on-board.ts'

const Id = z.string().min(1).max(200)

/** One thing a coordinator does to a board. `to` null: to no place. */
export const BoardChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('move'), id: Id, to: Id.nullable() }),
  z.strictObject({ kind: z.literal('swap'), id: Id, other: Id }),
  z.strictObject({ kind: z.literal('chair'), cohort: Id, id: Id }),
  z.strictObject({ kind: z.literal('rename'), cohort: Id, name: z.string().trim().min(1).max(120) }),
  z.strictObject({ kind: z.literal('pin'), id: Id, isPinned: z.boolean() }),
  /** Everybody of a cohort goes to no place. */
  z.strictObject({ kind: z.literal('dissolve'), cohort: Id }),
  /** Those without a place are seated where they fit; nobody else moves. */
  z.strictObject({ kind: z.literal('fit') }),
])
export type BoardChange = z.infer<typeof BoardChange>

export type BoardBlock =
  | MoveBlock
  | Refusal<'placement.unknown', { id: string }>
  | Refusal<'placement.cannot_chair', { people: string[] }>
  | Refusal<'placement.name_taken', { name: string }>
  | Refusal<'placement.nobody_fits', Record<string, never>>
  | Refusal<'placement.same_cohort', { people: string[] }>

/**
 * The board after one change, or the rule that forbids it. A board that kept every rule keeps them; who is moved by hand
 * is pinned. `taken` are names that cohorts of the network have already.
 */
export function changeBoard(
  problem: PlacementProblem,
  board: Board,
  change: BoardChange,
  taken: readonly string[] = [],
): Result<Board, BoardBlock> {
  const byId = peopleOf(problem)
  const cohortOf = (key: string) => board.cohorts.find((one) => one.key === key)
  const unknown = (id: string) => refuse('placement.unknown', { id })
  switch (change.kind) {
    case 'move': {
      const { id, to } = change
      if (!byId.has(id)) return unknown(id)
      if (to !== null && !cohortOf(to)) return unknown(to)
      if (to !== null && cohortOf(to)?.members.includes(id)) return ok(board)
      const judged = judgeMove(problem, board, { id, to })
      return judged.ok ? ok(seatThem(problem, board, judged.value.moving, to)) : judged
    }
    case 'swap':
      return swapOnBoard(problem, board, change)
    case 'chair': {
      const cohort = cohortOf(change.cohort)
      if (!cohort?.members.includes(change.id)) return unknown(change.id)
      if (cohort.cohortId) return refuse('placement.seated', { people: [change.id] })
      if (!byId.get(change.id)?.canChair) return refuse('placement.cannot_chair', { people: [change.id] })
      return ok(replaced(board, { ...cohort, chair: change.id }))
    }
    case 'rename': {
      const cohort = cohortOf(change.cohort)
      if (!cohort) return unknown(change.cohort)
      if (cohort.cohortId) return refuse('placement.seated', { people: [] })
      const isTaken = [...taken, ...board.cohorts.filter((one) => one !== cohort).map(({ name }) => name)].some(
        (name) => name.toLowerCase() === change.name.toLowerCase(),
      )
      if (isTaken) return refuse('placement.name_taken', { name: change.name })
      return ok(replaced(board, { ...cohort, name: change.name }))
    }
    case 'pin': {
      if (!board.cohorts.some(({ members }) => members.includes(change.id))) return unknown(change.id)
      const others = board.pinned.filter((id) => id !== change.id)
      return ok({ ...board, pinned: change.isPinned ? [...others, change.id] : others })
    }
    case 'dissolve': {
      const cohort = cohortOf(change.cohort)
      if (!cohort) return unknown(change.cohort)
      if (cohort.cohortId) return refuse('placement.seated', { people: cohort.seated })
      return ok({
        cohorts: board.cohorts.filter((one) => one !== cohort),
        pinned: board.pinned.filter((id) => !cohort.members.includes(id)),
      })
    }
    case 'fit':
      return fitLate(problem, board, taken)
  }
}

const replaced = (board: Board, cohort: BoardCohort): Board => ({
  ...board,
  cohorts: board.cohorts.map((one) => (one.key === cohort.key ? cohort : one)),
})

function seatThem(problem: PlacementProblem, board: Board, moving: readonly string[], to: string | null): Board {
  const byId = peopleOf(problem)
  const cohorts = board.cohorts.flatMap((cohort) => {
    const isTarget = cohort.key === to
    const stay = cohort.members.filter((id) => !moving.includes(id))
    if (!isTarget && stay.length === cohort.members.length) return [cohort]
    const members = isTarget ? [...stay, ...moving] : stay
    if (!members.length) return []
    return [
      {
        ...cohort,
        members,
        chair: chairOf(
          cohort.chair,
          members.flatMap((id) => byId.get(id) ?? []),
        ),
      },
    ]
  })
  const others = board.pinned.filter((id) => !moving.includes(id))
  return { cohorts, pinned: to === null ? others : [...others, ...moving] }
}

function fitLate(problem: PlacementProblem, board: Board, taken: readonly string[]): Result<Board, BoardBlock> {
  const fitted = placeLate(problem, answerOf(problem, board))
  const count = (cohorts: readonly { members: readonly string[] }[]) =>
    cohorts.reduce((sum, { members }) => sum + members.length, 0)
  if (count(fitted) === count(board.cohorts)) return refuse('placement.nobody_fits', {})
  const names = nameCohorts(fitted.length - board.cohorts.length, [...taken, ...board.cohorts.map(({ name }) => name)])
  const cohorts = fitted.map(({ members, chair }, at) => {
    const old = board.cohorts[at]
    if (old) return { ...old, members }
    const name = names[at - board.cohorts.length]!
    return { key: newKey(board, at - board.cohorts.length), name, chair, members, cohortId: null, seated: [] }
  })
  return ok({ ...board, cohorts })
}

/** A key no cohort of the board has or had below it: keys only count up. */
export const newKey = ({ cohorts }: Pick<Board, 'cohorts'>, more = 0): string =>
  `c${Math.max(0, ...cohorts.map(({ key }) => Number(key.slice(1)))) + 1 + more}`
