import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import type { Release } from './release-grades.ts'

export type AppealStatus = 'open' | 'answered' | 'withdrawn'

export type RaiseRefusal =
  | Refusal<'appeal.not_released', Record<string, never>>
  | Refusal<'appeal.too_late', Readonly<{ appealsUntil: Date }>>
  | Refusal<'appeal.no_grade', Record<string, never>>
  | Refusal<'appeal.open_already', Record<string, never>>

/**
 * May a learner ask for another look at a grade of theirs? While their course's grades are released, up to and at the
 * end of the time for it, where there is a grade, and one appeal at a time for each of the two grades.
 */
export function raiseAppeal(
  release: Release | null,
  { grade, hasOpen }: Readonly<{ grade: number | null; hasOpen: boolean }>,
  now: Date,
): Result<true, RaiseRefusal> {
  if (!release) return refuse('appeal.not_released', {})
  if (now > release.appealsUntil) return refuse('appeal.too_late', { appealsUntil: release.appealsUntil })
  if (grade === null) return refuse('appeal.no_grade', {})
  if (hasOpen) return refuse('appeal.open_already', {})
  return ok(true)
}

export type AnswerRefusal =
  | Refusal<'appeal.not_open', Readonly<{ status: AppealStatus }>>
  | Refusal<'score.points_out_of_range', Readonly<{ maximum: number }>>
  | Refusal<'appeal.same_grade', Readonly<{ points: number }>>

/**
 * May an instructor answer so? Only an open appeal, at any time: the end of the window is for raising, not for answering.
 * changed: with other points than the grade has, within 0 and the maximum; they become an override.
 */
export function answerAppeal(
  status: AppealStatus,
  answer: Readonly<{ outcome: 'kept' }> | Readonly<{ outcome: 'changed'; points: number }>,
  { grade, maximum }: Readonly<{ grade: number | null; maximum: number }>,
): Result<true, AnswerRefusal> {
  if (status !== 'open') return refuse('appeal.not_open', { status })
  if (answer.outcome === 'kept') return ok(true)
  if (answer.points < 0 || answer.points > maximum) return refuse('score.points_out_of_range', { maximum })
  if (answer.points === grade) return refuse('appeal.same_grade', { points: answer.points })
  return ok(true)
}

/** A learner takes an appeal back while nobody has answered it. */
export const withdrawAppeal = (
  status: AppealStatus,
): Result<true, Refusal<'appeal.not_open', Readonly<{ status: AppealStatus }>>> =>
  status === 'open' ? ok(true) : refuse('appeal.not_open', { status })
