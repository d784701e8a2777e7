import { mean, roundPoints } from './aggregate-marks.ts'
import type { ReviewerWeights } from './grade-setup.ts'

/** One review someone was to write. Percents of the rubric's points. */
export type ReviewToGrade = Readonly<{
  /** Null when it was not filed. */
  given: number | null
  /** The other filed reviews of the same work. */
  others: readonly number[]
  /** The instructor's own mark of the work, where there is one: what the review is then compared with. */
  check?: number | null
  /** How helpful the author found it, 1 to 5; null when they did not say. */
  helpfulness?: number | null
}>

/**
 * How one review counts. check: compared with the instructor's own mark; agreement: with the others; completeness: nobody
 * to compare with; missing: not filed. `agreement` and `helpful` are shares of 0 to 1, null where there is none.
 */
export type GradedPart = Readonly<{
  given: number | null
  othersMean: number | null
  check: number | null
  agreement: number | null
  helpful: number | null
  share: number
  basis: 'check' | 'agreement' | 'completeness' | 'missing'
}>

export type ReviewerGrade = Readonly<{
  parts: readonly GradedPart[]
  /** Null for someone who was given nothing to review. */
  percent: number | null
  points: number | null
}>

/** Agreement and nothing else: what the command line grades by. */
const AGREEMENT_ALONE: ReviewerWeights = { agreement: 100, completeness: 0, helpfulness: 0 }

/**
 * Grades a reviewer review by review, against the instructor's check of the work or else the leave-one-out mean: the mean
 * of the *others'* marks of that work.
 *   completeness = 1 when the review was filed;  agreement = 1 - |given - reference| / 100;  helpful = (rating - 1) / 4
 *   share = their mean by `weights`, of those there are: with nobody to compare with, the rest counts for it; 1 when
 *           nothing that has a weight is there; 0 when the review was not filed
 *   percent = 100 * mean of the shares over all reviews assigned;  points = percent / 100 * maximum, 2 decimals
 * One's own mark is never part of what it is measured by: of two reviewers who say 90 and 10 neither gets full marks,
 * where a comparison with the best assessment gives both. Only perfect agreement earns all of its weight.
 */
export function gradeReviewer(
  assigned: readonly ReviewToGrade[],
  maximum: number,
  weights: ReviewerWeights = AGREEMENT_ALONE,
): ReviewerGrade {
  const parts = assigned.map((review) => gradePart(review, weights))
  const share = mean(parts.map((part) => part.share))
  return {
    parts,
    percent: share === null ? null : share * 100,
    points: share === null ? null : roundPoints(share * maximum),
  }
}

function gradePart(
  { given, others, check = null, helpfulness = null }: ReviewToGrade,
  weights: ReviewerWeights,
): GradedPart {
  if (given === null)
    return { given, othersMean: null, check: null, agreement: null, helpful: null, share: 0, basis: 'missing' }
  const othersMean = mean(others)
  const reference = check ?? othersMean
  const agreement = reference === null ? null : 1 - Math.abs(given - reference) / 100
  const helpful = helpfulness === null ? null : (helpfulness - 1) / 4
  const counted = [
    [weights.completeness, 1],
    [weights.agreement, agreement],
    [weights.helpfulness, helpful],
  ] as const
  const weight = counted.reduce((sum, [each, share]) => sum + (share === null ? 0 : each), 0)
  const earned = counted.reduce((sum, [each, share]) => sum + each * (share ?? 0), 0)
  const basis = check !== null ? 'check' : othersMean !== null ? 'agreement' : 'completeness'
  return { given, othersMean, check, agreement, helpful, share: weight === 0 ? 1 : earned / weight, basis }
}
