import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { wrongPhase, type WrongPhase } from './change-phase.ts'
import type { Phase } from './contract.ts'
import type { Mark, Rubric } from './rubric.ts'
import { fitsRubric, unmarkedIn, type Named, type UnfitMark } from './write-review.ts'

export type CheckRefusal =
  | UnfitMark
  | WrongPhase
  | Refusal<'score.released', Record<string, never>>
  | Refusal<'review.marks_missing', Readonly<{ criteria: readonly Named[] }>>

/**
 * May an instructor mark a work themselves? Once the reviews are dealt, with a level for every criterion, so that their
 * mark and the reviews' mean the same, and until grades are released: reviewers of every campus are compared with it. No
 * comment is asked for: it is not a review, and its author does not read it.
 */
export function checkWork(
  { phase, rubric }: Readonly<{ phase: Phase; rubric: Rubric }>,
  marks: readonly Mark[],
  released: boolean,
): Result<true, CheckRefusal> {
  if (phase !== 'review' && phase !== 'closed') return wrongPhase(phase, 'review')
  if (released) return refuse('score.released', {})
  const fits = fitsRubric(rubric, marks)
  if (!fits.ok) return fits
  const criteria = unmarkedIn(rubric, marks)
  return criteria.length === 0 ? ok(true) : refuse('review.marks_missing', { criteria })
}
