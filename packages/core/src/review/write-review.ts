import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { wrongPhase, type RoundInTime, type WrongPhase } from './change-phase.ts'
import type { ExemplarsFirst } from './exemplars-first.ts'
import { countWords } from './count-words.ts'
import type { ReviewDraft } from './work-contract.ts'
import { isSameInstant, type DraftConflictRefusal } from './hand-in-work.ts'
import type { PassageComment } from './passage.ts'
import type { Mark, Rubric } from './rubric.ts'

/** A review as it stands. `isMine`: the actor is its reviewer. `isHidden`: an instructor set it aside, so it is not asked for. */
export type ReviewState = Readonly<{
  isMine: boolean
  isHidden: boolean
  /** What the exemplars that are asked first say to it. Left out: none is asked. */
  mayBegin?: Result<true, ExemplarsFirst>
  marks: readonly Mark[]
  comment: string
  passages: readonly PassageComment[]
  savedAt: Date | null
  filedAt: Date | null
}>
/** `passages` as they will be: those there are, where a save says nothing of them. */
type Draft = Pick<ReviewDraft, 'marks' | 'comment'> &
  Readonly<{ passages: readonly PassageComment[]; basedOn: Date | null }>
type SavedReview = Readonly<{
  marks: readonly Mark[]
  comment: string
  passages: readonly PassageComment[]
  savedAt: Date | null
}>
export type Named = Readonly<{ id: string; title: string }>
export type UnfitMark =
  | Refusal<'review.unknown_criterion', Readonly<{ criterionId: string }>>
  | Refusal<'review.unknown_level', Readonly<{ criterionId: string; points: number }>>

export type SaveReviewRefusal =
  | ExemplarsFirst
  | Refusal<'review.not_found', Record<string, never>>
  | Refusal<'review.set_aside', Record<string, never>>
  | Refusal<'review.already_filed', Readonly<{ filedAt: Date }>>
  | UnfitMark
  | DraftConflictRefusal<SavedReview>
  | WrongPhase

export type FileReviewRefusal =
  | SaveReviewRefusal
  | Refusal<'review.reviews_closed', Readonly<{ reviewUntil: Date }>>
  | Refusal<'review.marks_missing', Readonly<{ criteria: readonly Named[] }>>
  | Refusal<'review.comments_missing', Readonly<{ criteria: readonly Named[] }>>
  | Refusal<'review.comments_too_short', Readonly<{ criteria: readonly (Named & { minimumWords: number })[] }>>

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
  if (review.isHidden) return refuse('review.set_aside', {})
  if (review.filedAt) return refuse('review.already_filed', { filedAt: review.filedAt })
  if (round.phase !== 'review') return wrongPhase(round.phase, 'review')
  if (review.mayBegin && !review.mayBegin.ok) return review.mayBegin
  const fits = fitsRubric(round.rubric, draft.marks)
  if (!fits.ok) return fits
  if (!isSameInstant(draft.basedOn, review.savedAt) && !saysTheSame(review, draft)) {
    const { marks, comment, passages, savedAt } = review
    return refuse('review.draft_conflict', { saved: { marks, comment, passages, savedAt } })
  }
  return ok(true)
}

/** Sends a review, up to and at `reviewUntil`: every criterion marked, and a comment wherever the rubric asks for one, as long as it asks. */
export function fileReview(
  round: RoundInTime & Readonly<{ rubric: Rubric }>,
  review: ReviewState | null,
  draft: Draft,
  now: Date,
): Result<true, FileReviewRefusal> {
  const saved = saveReview(round, review, draft)
  if (!saved.ok) return saved
  if (now > round.reviewUntil) return refuse('review.reviews_closed', { reviewUntil: round.reviewUntil })

  const unmarked = unmarkedIn(round.rubric, draft.marks)
  if (unmarked.length > 0) return refuse('review.marks_missing', { criteria: unmarked })
  const said = new Map(draft.marks.map((mark) => [mark.criterionId, mark.comment.trim()]))
  const unsaid = round.rubric.criteria.filter(({ id, commentRequired }) => commentRequired && !said.get(id))
  if (unsaid.length > 0) return refuse('review.comments_missing', { criteria: unsaid.map(named) })
  const short = round.rubric.criteria.flatMap((criterion) => {
    const comment = said.get(criterion.id)
    const { minimumWords } = criterion
    return comment && minimumWords && countWords(comment) < minimumWords ? { ...named(criterion), minimumWords } : []
  })
  return short.length > 0 ? refuse('review.comments_too_short', { criteria: short }) : ok(true)
}

const named = ({ id, title }: Named): Named => ({ id, title })

/** The criteria without a mark, in the rubric's order. */
export function unmarkedIn({ criteria }: Rubric, marks: readonly Mark[]): Named[] {
  const marked = new Set(marks.filter(({ points }) => points !== null).map(({ criterionId }) => criterionId))
  return criteria.filter(({ id }) => !marked.has(id)).map(named)
}

/** Each mark names a criterion of the rubric, once, and points that one of its levels is worth. */
export function fitsRubric(rubric: Rubric, marks: readonly Mark[]): Result<true, UnfitMark> {
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

type Said = Pick<ReviewState, 'marks' | 'comment'> & Partial<Pick<ReviewState, 'passages'>>

/** Whether two versions say the same; in what order a store keeps the fields of a mark does not matter. */
export function saysTheSame(saved: Said, draft: Said): boolean {
  const text = ({ marks, comment, passages = [] }: Said) =>
    JSON.stringify([
      comment,
      ...marks.map((mark) => [mark.criterionId, mark.points, mark.comment]),
      ...passages.map(({ id, at, text }) => [id, at.kind === 'text' ? at.start : at.place, text]),
    ])
  return text(saved) === text(draft)
}
