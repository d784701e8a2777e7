import * as z from 'zod'
import { Board, type BoardCohort } from './board.ts'

const Cohorts = Board.shape.cohorts
const Pinned = Board.shape.pinned

/** What one change made of the cohorts it touched, so that it can be undone and done again. */
export const BoardPatch = z.object({
  before: z.object({ cohorts: Cohorts, pinned: Pinned }),
  after: z.object({ cohorts: Cohorts, pinned: Pinned }),
})
export type BoardPatch = z.infer<typeof BoardPatch>

export const BOARD_ENTRIES = [
  'solved',
  'move',
  'swap',
  'chair',
  'rename',
  'pin',
  'dissolve',
  'fit',
  'undo',
  'redo',
  'committed',
] as const

/** One line of a board's history, oldest first. `of`: the version of the change that was undone or done again. */
export type BoardEntry = Readonly<{ version: number; kind: (typeof BOARD_ENTRIES)[number]; of: number | null }>

/** The cohorts that differ between two boards. */
export function diffBoards(before: Board, after: Board): BoardPatch {
  const same = (one: BoardCohort, others: readonly BoardCohort[]) =>
    others.some((other) => JSON.stringify(other) === JSON.stringify(one))
  return {
    before: { cohorts: before.cohorts.filter((one) => !same(one, after.cohorts)), pinned: before.pinned },
    after: { cohorts: after.cohorts.filter((one) => !same(one, before.cohorts)), pinned: after.pinned },
  }
}

/** The board with the cohorts that a change touched as they were `before` or `after` it. */
export function applyPatch(board: Board, patch: BoardPatch, side: 'before' | 'after'): Board {
  const touched = new Set([...patch.before.cohorts, ...patch.after.cohorts].map(({ key }) => key))
  const cohorts = [...board.cohorts.filter(({ key }) => !touched.has(key)), ...patch[side].cohorts]
  return {
    cohorts: cohorts.sort((a, b) => Number(a.key.slice(1)) - Number(b.key.slice(1))),
    pinned: patch[side].pinned,
  }
}

/** The versions that undo and redo would take back and bring again; a commit cannot be undone, nor what came before it. */
export function standingOf(entries: readonly BoardEntry[]): Readonly<{ undo: number | null; redo: number | null }> {
  let done: number[] = []
  let undone: number[] = []
  for (const { version, kind, of } of entries) {
    if (kind === 'committed') {
      done = []
      undone = []
    } else if (kind === 'undo' && of !== null) {
      done = done.filter((one) => one !== of)
      undone.push(of)
    } else if (kind === 'redo' && of !== null) {
      undone = undone.filter((one) => one !== of)
      done.push(of)
    } else {
      done.push(version)
      undone = []
    }
  }
  return { undo: done.at(-1) ?? null, redo: undone.at(-1) ?? null }
}
