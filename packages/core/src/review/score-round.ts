import type { PersonId, SubmissionId } from '../kernel/ids.ts'
import { aggregateMarks, markReview, type Aggregate, type ReviewMark } from './aggregate-marks.ts'
import { gradeReviewer, type GradedPart, type ReviewerGrade } from './grade-reviewer.ts'
import type { Round } from './round.ts'
import type { Mark } from './rubric.ts'

/** One review of a round; it counts when it is filed. */
export type ReviewInRound = Readonly<{
  submissionId: SubmissionId
  authorId: PersonId
  reviewerId: PersonId
  marks: readonly Mark[]
  filedAt: Date | null
}>

/** `marks` in the order of `reviewers`; `missing` reviews were dealt and not filed. */
export type WorkScore = Aggregate & Readonly<{ reviewers: readonly PersonId[]; missing: number }>
export type ReviewingScore = Omit<ReviewerGrade, 'parts'> &
  Readonly<{ filed: number; parts: readonly (GradedPart & Readonly<{ authorId: PersonId }>)[] }>

/** Scores of every author and every reviewer of a round, by `aggregateMarks` and `gradeReviewer`, drafts left out. */
export function scoreRound(
  round: Pick<Round, 'rubric' | 'workMaximum' | 'reviewingMaximum'>,
  reviews: readonly ReviewInRound[],
): { works: Map<PersonId, WorkScore>; reviewing: Map<PersonId, ReviewingScore> } {
  const marked = new Map<ReviewInRound, ReviewMark>()
  for (const review of reviews) if (review.filedAt) marked.set(review, markReview(round.rubric, review.marks))

  const works = new Map<PersonId, WorkScore>()
  for (const [authorId, ofWork] of Map.groupBy(reviews, (review) => review.authorId)) {
    const filed = ofWork.filter((review) => marked.has(review))
    works.set(authorId, {
      ...aggregateMarks(
        round.rubric,
        filed.map(({ marks }) => marks),
        round.workMaximum,
      ),
      reviewers: filed.map(({ reviewerId }) => reviewerId),
      missing: ofWork.length - filed.length,
    })
  }

  const percentsOf = Map.groupBy(marked.entries(), ([review]) => review.submissionId)
  const reviewing = new Map<PersonId, ReviewingScore>()
  for (const [reviewerId, written] of Map.groupBy(reviews, (review) => review.reviewerId)) {
    const assigned = written.map((review) => ({
      given: marked.get(review)?.percent ?? null,
      others: (percentsOf.get(review.submissionId) ?? [])
        .filter(([other]) => other !== review)
        .map(([, mark]) => mark.percent),
    }))
    const grade = gradeReviewer(assigned, round.reviewingMaximum)
    reviewing.set(reviewerId, {
      ...grade,
      filed: written.filter((review) => marked.has(review)).length,
      parts: grade.parts.map((part, index) => ({ ...part, authorId: written[index]!.authorId })),
    })
  }
  return { works, reviewing }
}
