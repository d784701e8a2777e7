import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import type { RoundInTime } from './change-phase.ts'
import { isSameInstant, type DraftConflictRefusal } from './hand-in-work.ts'
import type { Mark, Rubric } from './rubric.ts'
import { isSettled } from './who-may-know.ts'
import { fitsRubric, saysTheSame, unmarkedIn, type Named, type UnfitMark } from './write-review.ts'

type Assessed = RoundInTime & Readonly<{ selfAssessment: boolean; rubric: Rubric }>
export type SelfAssessmentState = Readonly<{
  marks: readonly Mark[]
  comment: string
  savedAt: Date
  filedAt: Date | null
}>
type Draft = Readonly<{ marks: readonly Mark[]; comment: string; basedOn: Date | null }>

export type AssessSelfRefusal =
  | Refusal<'review.no_self_assessment', Record<string, never>>
  | Refusal<'review.not_handed_in', Record<string, never>>
  | Refusal<'review.self_assessment_over', Record<string, never>>
  | Refusal<'review.already_filed', Readonly<{ filedAt: Date }>>
  | DraftConflictRefusal<Readonly<{ marks: readonly Mark[]; comment: string; savedAt: Date }>>
  | UnfitMark

/**
 * An author's look at their own work with the rubric of the reviews, where the round asks for it: from handing in until the
 * reviews can be read, so that it is nobody else's opinion. It is shown beside the peers' marks and counts in no score.
 */
export function assessSelf(
  round: Assessed,
  { isHandedIn, saved }: Readonly<{ isHandedIn: boolean; saved: SelfAssessmentState | null }>,
  draft: Draft,
  now: Date,
): Result<true, AssessSelfRefusal> {
  if (!round.selfAssessment) return refuse('review.no_self_assessment', {})
  if (!isHandedIn) return refuse('review.not_handed_in', {})
  if (isSettled(round, now)) return refuse('review.self_assessment_over', {})
  if (saved?.filedAt) return refuse('review.already_filed', { filedAt: saved.filedAt })
  const fits = fitsRubric(round.rubric, draft.marks)
  if (!fits.ok) return fits
  if (saved && !isSameInstant(draft.basedOn, saved.savedAt) && !saysTheSame(saved, draft)) {
    const { marks, comment, savedAt } = saved
    return refuse('review.draft_conflict', { saved: { marks, comment, savedAt } })
  }
  return ok(true)
}

/** Every criterion marked; words are the author's choice. */
export function fileSelfAssessment(
  round: Assessed,
  state: Readonly<{ isHandedIn: boolean; saved: SelfAssessmentState | null }>,
  draft: Draft,
  now: Date,
): Result<true, AssessSelfRefusal | Refusal<'review.marks_missing', Readonly<{ criteria: readonly Named[] }>>> {
  const may = assessSelf(round, state, draft, now)
  if (!may.ok) return may
  const criteria = unmarkedIn(round.rubric, draft.marks)
  return criteria.length > 0 ? refuse('review.marks_missing', { criteria }) : ok(true)
}
