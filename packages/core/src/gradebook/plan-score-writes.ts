import type { CourseId, PersonId } from '../kernel/ids.ts'
import type { GradeColumn, ScoreCell, WaitReason } from './contract.ts'

/** One learner's score in one column of one course as it stands. */
export type CellState = Readonly<{
  courseId: CourseId
  personId: PersonId
  column: GradeColumn
  /** Points as worked out now, 2 decimals; null when there are none. */
  points: number | null
  /** Why it must not be sent yet, whatever the points are. */
  why: WaitReason | null
  /** The last score the LMS took; null when it took none. */
  arrived: number | null
  /** The score on its way; null when none is. */
  waiting: number | null
  /** What a teacher put in the LMS in place of the last score sent, which gave way to it: `unsaid` where it does not tell. */
  theirs: number | 'unsaid' | null
}>

export type PlannedCell = Readonly<{ courseId: CourseId; personId: PersonId; column: GradeColumn; cell: ScoreCell }>
export type ScoreWrite = Readonly<{ courseId: CourseId; personId: PersonId; column: GradeColumn; points: number }>

/**
 * What publishing sends: each score that differs from what the LMS holds or is about to hold (the one on its way, or
 * else the last that arrived). A score that was refused or given up counts as not sent, but one that a teacher changed in
 * the LMS is theirs: only sending that very score again writes over it. Nothing is ever sent without
 * points: an empty cell stays empty, and leaving a cohort changes no grade. An adapter does the sending.
 */
export function planScoreWrites(cells: readonly CellState[]): { cells: PlannedCell[]; writes: ScoreWrite[] } {
  const planned = cells.map((state): PlannedCell => {
    const { courseId, personId, column } = state
    return { courseId, personId, column, cell: planCell(state) }
  })
  const writes = planned.flatMap(({ cell, ...place }): ScoreWrite[] =>
    (cell.verdict === 'new' || cell.verdict === 'changed') && cell.willBe !== null
      ? [{ ...place, points: cell.willBe }]
      : [],
  )
  return { cells: planned, writes }
}

function planCell({ points, why, arrived, waiting, theirs }: CellState): ScoreCell {
  const known = { now: arrived, onItsWay: waiting, inLms: theirs === 'unsaid' ? null : theirs }
  if (why !== null || points === null) return { ...known, willBe: null, verdict: 'waits', why: why ?? 'no_reviews' }
  if (theirs !== null) return { ...known, willBe: points, verdict: theirs === points ? 'same' : 'theirs', why: null }
  const held = waiting ?? arrived
  if (held === points) return { ...known, willBe: points, verdict: 'same', why: null }
  return { ...known, willBe: points, verdict: held === null ? 'new' : 'changed', why: null }
}
