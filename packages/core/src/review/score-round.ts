import type { GradeColumn } from '../gradebook/contract.ts'
import type { PersonId, SubmissionId } from '../kernel/ids.ts'
import { markReview, mean, roundPoints, type ReviewMark } from './aggregate-marks.ts'
import { flagForCheck, type Flag } from './flag-for-check.ts'
import { gradeReviewer, type GradedPart } from './grade-reviewer.ts'
import { intervalsOfMeans } from './interval-of-mean.ts'
import { lateDeduction } from './late-policy.ts'
import type { Estimate } from './pool-rounds.ts'
import type { Round } from './round.ts'
import type { Mark } from './rubric.ts'

/** A work that was handed in. All its authors (a team's members) get what it gets. */
export type WorkInRound = Readonly<{
  submissionId: SubmissionId
  authorIds: readonly PersonId[]
  lateMinutes: number | null
}>

/** One review of a round; it counts when it is filed. Reviews taken from somebody or hidden are not among them. */
export type ReviewInRound = Readonly<{
  submissionId: SubmissionId
  reviewerId: PersonId
  marks: readonly Mark[]
  filedAt: Date | null
  /** 1 to 5, by the author. */
  helpfulness: number | null
}>

export type RoundToScore = Readonly<{
  round: Pick<Round, 'rubric' | 'workMaximum' | 'reviewingMaximum' | 'reviewerWeights' | 'latePolicy'>
  works: readonly WorkInRound[]
  reviews: readonly ReviewInRound[]
  /** Instructors' own marks, one for a work at most. */
  checks: readonly Readonly<{ submissionId: SubmissionId; marks: readonly Mark[] }>[]
  /** Those that count, one for a person and column at most. */
  overrides: readonly Readonly<{ personId: PersonId; column: GradeColumn; points: number }>[]
  /** By submission, when the model is the method in force; null: the mean is. */
  estimates: ReadonlyMap<string, Estimate> | null
}>

/** Percents of the rubric's points, points of the column's maximum with 2 decimals. */
export type WorkScore = Readonly<{
  submissionId: SubmissionId
  /** In the order of `reviewers`; `missing` reviews were dealt and not filed. */
  marks: readonly ReviewMark[]
  reviewers: readonly PersonId[]
  missing: number
  mean: number | null
  /** Highest minus lowest mark; null with fewer than two. */
  spread: number | null
  /** Where the true score lies with 90 %, by the method in force. */
  interval: Readonly<{ low: number; high: number }> | null
  check: number | null
  flag: Flag | null
  /** Place in the order of spot checks, 0 first. */
  rank: number
  /** By the method in force. */
  percent: number | null
  /** What lateness takes off, in percent of the points. */
  late: number
  /** `percent` of the maximum, less what lateness takes off. */
  points: number | null
}>

export type ReviewingScore = Readonly<{
  parts: readonly (GradedPart & Readonly<{ submissionId: SubmissionId }>)[]
  filed: number
  percent: number | null
  points: number | null
}>

export type ScoredRound = Readonly<{
  works: ReadonlyMap<SubmissionId, WorkScore>
  workOf: (personId: PersonId) => WorkScore | undefined
  reviewing: ReadonlyMap<PersonId, ReviewingScore>
  /** What someone's grade is in a column: an override, or else what was worked out; null: there is none. */
  grade: (personId: PersonId, column: GradeColumn) => number | null
}>

/**
 * Scores every author and every reviewer of a round. The order of the arithmetic:
 *   work: marks of the filed reviews -> their mean, or the model's estimate -> points -> late deduction -> override
 *   reviewing: `gradeReviewer` (check or the others' mean, completeness, helpfulness, by the round's weights) -> override
 * An override stands as it is: nothing is deducted from it. A check changes a work's points under the model alone, where
 * it is the true score; under either method it is what the work's reviewers are compared with.
 */
export function scoreRound({ round, works, reviews, checks, overrides, estimates }: RoundToScore): ScoredRound {
  const marked = new Map<ReviewInRound, ReviewMark>()
  for (const review of reviews) if (review.filedAt) marked.set(review, markReview(round.rubric, review.marks))
  const known = new Map(
    checks.map(({ submissionId, marks }) => [submissionId, markReview(round.rubric, marks).percent]),
  )
  const reviewsOf = Map.groupBy(reviews, ({ submissionId }) => submissionId)
  const percentsOf = (review: readonly ReviewInRound[]) => review.map((each) => marked.get(each)!.percent)

  const drafts = works.map((work) => {
    const dealt = reviewsOf.get(work.submissionId) ?? []
    const filed = dealt.filter((review) => marked.has(review))
    return { ...work, filed, missing: dealt.length - filed.length, percents: percentsOf(filed) }
  })
  const intervals = intervalsOfMeans(drafts.map(({ percents }) => percents))
  const scored = drafts.map(({ submissionId, lateMinutes, filed, missing, percents }, index) => {
    const estimate = estimates?.get(submissionId)
    const percent = estimate?.percent ?? mean(percents)
    const late = lateDeduction(round.latePolicy, lateMinutes)
    return {
      submissionId,
      marks: filed.map((review) => marked.get(review)!),
      reviewers: filed.map(({ reviewerId }) => reviewerId),
      missing,
      mean: mean(percents),
      spread: percents.length < 2 ? null : Math.max(...percents) - Math.min(...percents),
      interval: estimate ? { low: estimate.low, high: estimate.high } : clamped(intervals[index] ?? null),
      check: known.get(submissionId) ?? null,
      percent,
      late,
      points: percent === null ? null : roundPoints(((percent / 100) * round.workMaximum * (100 - late)) / 100),
    }
  })
  const order = flagForCheck(
    scored.map(({ submissionId, marks, interval, check }) => ({
      submission: submissionId,
      points: marks.map(({ percent }) => percent),
      interval,
      checked: check !== null,
    })),
    100,
  )
  const spots = new Map(order.map(({ submission, flag }, rank) => [submission, { flag, rank }]))
  const byWork = new Map(scored.map((work) => [work.submissionId, { ...work, ...spots.get(work.submissionId)! }]))

  const reviewing = new Map<PersonId, ReviewingScore>()
  for (const [reviewerId, written] of Map.groupBy(reviews, (review) => review.reviewerId)) {
    const assigned = written.map((review) => ({
      given: marked.get(review)?.percent ?? null,
      others: percentsOf(
        (reviewsOf.get(review.submissionId) ?? []).filter(
          (other) => other.reviewerId !== reviewerId && marked.has(other),
        ),
      ),
      check: known.get(review.submissionId) ?? null,
      helpfulness: review.helpfulness,
    }))
    const { parts, ...grade } = gradeReviewer(assigned, round.reviewingMaximum, round.reviewerWeights)
    reviewing.set(reviewerId, {
      ...grade,
      filed: written.filter((review) => marked.has(review)).length,
      parts: parts.map((part, index) => ({ ...part, submissionId: written[index]!.submissionId })),
    })
  }

  const authored = new Map(works.flatMap((work) => work.authorIds.map((author) => [author, work.submissionId])))
  const workOf = (personId: PersonId) => {
    const submissionId = authored.get(personId)
    return submissionId && byWork.get(submissionId)
  }
  const overridden = new Map(overrides.map(({ personId, column, points }) => [`${personId} ${column}`, points]))
  return {
    works: byWork,
    workOf,
    reviewing,
    grade: (personId, column) =>
      overridden.get(`${personId} ${column}`) ??
      (column === 'work' ? workOf(personId)?.points : reviewing.get(personId)?.points) ??
      null,
  }
}

const clamped = (interval: Readonly<{ low: number; high: number }> | null) =>
  interval && { low: Math.max(0, interval.low), high: Math.min(100, interval.high) }
