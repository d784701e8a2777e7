import { useRef, type RefObject } from 'react'
import { ReviewDraftConflict, saveReviewRoute, type ReviewDraft, type ReviewPage } from '@copractice/core/review'
import { asSaveAnswer, useAutosave, useCall, useSayProblem, type Autosave } from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { useRefusals } from './say.ts'

export type DraftOfReview = Autosave<ReviewDraft> & { readonly basedOn: RefObject<Date | null> }

/** A mark for each criterion of the rubric, in its order, blank where none is given yet. */
const blankFilled = ({ rubric, marks }: ReviewPage): ReviewDraft['marks'] =>
  rubric.criteria.map(
    ({ id }) => marks.find(({ criterionId }) => criterionId === id) ?? { criterionId: id, points: null, comment: '' },
  )

/** The review being written, saved as it grows. */
export function useReviewDraft(review: ReviewPage): DraftOfReview {
  const { assignmentId, savedAt, comment, passages } = review
  const call = useCall()
  const sayProblem = useSayProblem(useRefusals())
  const { person } = useSeen()
  const basedOn = useRef(savedAt)
  const draft = useAutosave<ReviewDraft>({
    keepAs: `${person.id}:review:${assignmentId}`,
    initial: { marks: blankFilled(review), comment, passages },
    savedAt,
    basedOn,
    save: async (value) => {
      const answer = await call(saveReviewRoute, {
        params: { assignmentId },
        // What this browser kept from before notes were in it has none.
        body: { ...value, passages: value.passages ?? [], basedOn: basedOn.current },
      })
      return asSaveAnswer(answer, {
        saved: ({ savedAt }) => (basedOn.current = savedAt),
        conflict: ({ code, facts }) => {
          const saved = code === 'review.draft_conflict' ? ReviewDraftConflict.safeParse(facts).data?.saved : undefined
          if (!saved) return null
          basedOn.current = new Date(saved.savedAt)
          return {
            marks: blankFilled({ ...review, marks: saved.marks }),
            comment: saved.comment,
            passages: saved.passages ?? [],
          }
        },
        say: sayProblem,
      })
    },
  })
  return { ...draft, basedOn }
}
