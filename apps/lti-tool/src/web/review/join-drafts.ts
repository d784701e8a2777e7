import type { ReviewDraft } from '@copractice/core/review'

/** Both versions of a review in one: one's own level where there is one, the words of both, the notes of both. */
export function joinDrafts(mine: ReviewDraft, theirs: ReviewDraft): ReviewDraft {
  const words = (one: string, other: string) =>
    one.trim() === other.trim() || !other.trim() ? one : one.trim() ? `${one}\n\n${other}` : other
  const notes = new Set((mine.passages ?? []).map(({ id }) => id))
  return {
    marks: mine.marks.map((mark) => {
      const other = theirs.marks.find(({ criterionId }) => criterionId === mark.criterionId)
      return other
        ? { ...mark, points: mark.points ?? other.points, comment: words(mark.comment, other.comment) }
        : mark
    }),
    comment: words(mine.comment, theirs.comment),
    passages: [...(mine.passages ?? []), ...(theirs.passages ?? []).filter(({ id }) => !notes.has(id))],
  }
}
