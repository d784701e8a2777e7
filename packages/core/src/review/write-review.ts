import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { wrongPhase, type RoundInTime, type WrongPhase } from './change-phase.ts'
import type { ReviewDraft } from './work-contract.ts'
import { isSameInstant, type DraftConflictRefusal } from './hand-in-work.ts'
import type { Mark, Rubric } from './rubric.ts'

/** A review as it stands. `isMine`: the actor is its reviewer. */
export type ReviewState = Readonly<{
  isMine: boolean
  marks: readonly Mark[]
  comment: string
  savedAt: Date | null
  filedAt: Date | null
}>
type Draft = ReviewDraft & Readonly<{ basedOn: Date | null }>
type SavedReview = Readonly<{ marks: readonly Mark[]; comment: string; savedAt: Date | null }>
type Named = Readonly<{ id: string; title: string }>

export type SaveReviewRefusal =
  | Refusal<'review.not_found', Record<string, never>>
  | Refusal<'review.already_filed', Readonly<{ filedAt: Date }>>
  | Refusal<'review.unknown_criterion', Readonly<{ criterionId: string }>>
  | Refusal<'review.unknown_level', Readonly<{ criterionId: string; points: number }>>
  | DraftConflictRefusal<SavedReview>
  | WrongPhase

export type FileReviewRefusal =
  | SaveReviewRefusal
  | Refusal<'review.reviews_closed', Readonly<{ reviewUntil: Date }>>
  | Refusal<'review.marks_missing', Readonly<{ criteria: readonly Named[] }>>
  | Refusal<'review.comments_missing', Readonly<{ criteria: readonly Named[] }>>

/**
 * Saves a review being written, on top of the version last seen. Allowed after `reviewUntil` too while the round is not
 * closed: what someone types is kept, and the instructor may move the date. A save sent again is no conflict.
 */
export function saveReview(
  round: RoundInTime & Readonly<{ rubric: Rubric }>,
  review: ReviewState | null,
  draft: Draft,
): Result<true, SaveReviewRefusal> {
  if (!review?.isMine) return refuse('review.not_found', {})
  if (review.filedAt) return refuse('review.already_filed', { filedAt: review.filedAt })
  if (round.phase !== 'review') return wrongPhase(round.phase, 'review')
  const fits = fitsRubric(round.rubric, draft.marks)
  if (!fits.ok) return fits
  if (!isSameInstant(draft.basedOn, review.savedAt) && !saysTheSame(review, draft)) {
    const { marks, comment, savedAt } = review
    return refuse('review.draft_conflict', { saved: { marks, comment, savedAt } })
  }
  return ok(true)
}

/** Sends a review, up to and at `reviewUntil`: every criterion marked, and a comment wherever the rubric asks for one. */
export function fileReview(
  round: RoundInTime & Readonly<{ rubric: Rubric }>,
  review: ReviewState | null,
  draft: Draft,
  now: Date,
): Result<true, FileReviewRefusal> {
  const saved = saveReview(round, review, draft)
  if (!saved.ok) return saved
  if (now > round.reviewUntil) return refuse('review.reviews_closed', { reviewUntil: round.reviewUntil })

  const marks = new Map(draft.marks.map((mark) => [mark.criterionId, mark]))
  const missing = (is: (mark: Mark | undefined, commentRequired: boolean) => boolean): Named[] =>
    round.rubric.criteria
      .filter(({ id, commentRequired }) => is(marks.get(id), commentRequired))
      .map(({ id, title }) => ({ id, title }))
  const unmarked = missing((mark) => mark?.points == null)
  if (unmarked.length > 0) return refuse('review.marks_missing', { criteria: unmarked })
  const unsaid = missing((mark, required) => required && !mark?.comment.trim())
  if (unsaid.length > 0) return refuse('review.comments_missing', { criteria: unsaid })
  return ok(true)
}

/** Each mark names a criterion of the rubric, once, and points that one of its levels is worth. */
function fitsRubric(
  rubric: Rubric,
  marks: readonly Mark[],
): Result<
  true,
  | Refusal<'review.unknown_criterion', { criterionId: string }>
  | Refusal<'review.unknown_level', { criterionId: string; points: number }>
> {
  const open = new Map(rubric.criteria.map((criterion) => [criterion.id, criterion]))
  for (const { criterionId, points } of marks) {
    const criterion = open.get(criterionId)
    if (!criterion) return refuse('review.unknown_criterion', { criterionId })
    if (points !== null && !criterion.levels.some((level) => level.points === points))
      return refuse('review.unknown_level', { criterionId, points })
    open.delete(criterionId)
  }
  return ok(true)
}

function saysTheSame(review: ReviewState, draft: ReviewDraft): boolean {
  const text = ({ marks, comment }: { marks: readonly Mark[]; comment: string }) =>
    JSON.stringify([comment, ...marks.map((mark) => [mark.criterionId, mark.points, mark.comment])])
  return text(review) === text(draft)
}
