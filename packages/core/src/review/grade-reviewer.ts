import { mean, roundPoints } from './aggregate-marks.ts'

/** One review someone was to write. Percents of the rubric's points. */
export type ReviewToGrade = Readonly<{
  /** Null when it was not filed. */
  given: number | null
  /** The other filed reviews of the same work. */
  others: readonly number[]
}>

/** How one review counts. agreement: compared with the others; completeness: nobody to compare with; missing: not filed. */
export type GradedPart = Readonly<{
  given: number | null
  othersMean: number | null
  share: number
  basis: 'agreement' | 'completeness' | 'missing'
}>

export type ReviewerGrade = Readonly<{
  parts: readonly GradedPart[]
  /** Null for someone who was given nothing to review. */
  percent: number | null
  points: number | null
}>

/**
 * Grades a reviewer against the leave-one-out mean: for each review, the mean of the *others'* marks of that work.
 *   share = 1 - |given - mean of the others| / 100    when at least one other review was filed
 *   share = 1                                         when none was: there is nothing to compare with
 *   share = 0                                         when the review was not filed
 *   percent = 100 * mean of the shares over all reviews assigned;  points = percent / 100 * maximum, 2 decimals
 * One's own mark is never part of what it is measured by: two reviewers who say 90 and 10 both get a share of 0.2,
 * where a comparison with the best assessment gives both full marks. Only perfect agreement earns a share of 1.
 */
export function gradeReviewer(assigned: readonly ReviewToGrade[], maximum: number): ReviewerGrade {
  const parts = assigned.map(gradePart)
  const share = mean(parts.map((part) => part.share))
  return {
    parts,
    percent: share === null ? null : share * 100,
    points: share === null ? null : roundPoints(share * maximum),
  }
}

function gradePart({ given, others }: ReviewToGrade): GradedPart {
  if (given === null) return { given, othersMean: null, share: 0, basis: 'missing' }
  const othersMean = mean(others)
  if (othersMean === null) return { given, othersMean, share: 1, basis: 'completeness' }
  return { given, othersMean, share: 1 - Math.abs(given - othersMean) / 100, basis: 'agreement' }
}
