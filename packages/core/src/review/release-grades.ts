import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { isSettled } from './who-may-know.ts'
import type { Phase } from './contract.ts'

/** A release that stands: learners of its course see their grades, and may appeal until then. */
export type Release = Readonly<{ releasedAt: Date; appealsUntil: Date }>

export type ReleaseRefusal =
  | Refusal<'score.not_final', Readonly<{ reviewUntil: Date }>>
  | Refusal<'score.released', Record<string, never>>
  | Refusal<'score.appeals_end_passed', Readonly<{ appealsUntil: Date }>>

/** May a course's learners see their grades? Once no review can change them, and with time left to appeal. */
export function releaseGrades(
  round: Readonly<{ phase: Phase; reviewUntil: Date }>,
  standing: Release | null,
  appealsUntil: Date,
  now: Date,
): Result<true, ReleaseRefusal> {
  if (standing) return refuse('score.released', {})
  if (!isSettled(round, now)) return refuse('score.not_final', { reviewUntil: round.reviewUntil })
  if (appealsUntil <= now) return refuse('score.appeals_end_passed', { appealsUntil })
  return ok(true)
}
