import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { wrongPhase, type WrongPhase } from './change-phase.ts'
import type { Phase } from './contract.ts'

export type OverrideRefusal =
  | Refusal<'score.points_out_of_range', Readonly<{ maximum: number }>>
  | Refusal<'score.reason_missing', Record<string, never>>
  | WrongPhase

/**
 * May an instructor put points of their own in a score's place? Once the reviews are dealt, with a reason, within 0 and
 * the column's maximum. Whose score it may be is not decided here: only those of one's own learners are found at all.
 * The points stand as they are, whatever is worked out later, until the override is taken back.
 */
export function overrideScore(
  { phase }: Readonly<{ phase: Phase }>,
  { points, reason }: Readonly<{ points: number; reason: string }>,
  maximum: number,
): Result<true, OverrideRefusal> {
  if (phase !== 'review' && phase !== 'closed') return wrongPhase(phase, 'review')
  if (!reason.trim()) return refuse('score.reason_missing', {})
  if (points < 0 || points > maximum) return refuse('score.points_out_of_range', { maximum })
  return ok(true)
}
