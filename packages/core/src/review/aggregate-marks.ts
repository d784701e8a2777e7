import { highestPoints, rubricPoints, weightOf, type Mark, type Rubric } from './rubric.ts'

/**
 * What one review gives: its points over the rubric's highest points, both with each criterion counted by its weight. A
 * criterion without a mark gives 0. `criteria` has the points as marked, and the weight they count with.
 */
export type ReviewMark = Readonly<{
  percent: number
  points: number
  of: number
  criteria: readonly Readonly<{ criterionId: string; points: number; of: number; weight: number }>[]
}>

/** `points` are rounded to 2 decimals; `percent` and `spread` are not. All three null where there is nothing to work from. */
export type Aggregate = Readonly<{
  marks: readonly ReviewMark[]
  percent: number | null
  points: number | null
  /** Highest minus lowest mark in percent points; null with fewer than two. */
  spread: number | null
}>

/** percent = 100 * sum of weight * points chosen / sum of weight * the criterion's highest points. */
export function markReview(rubric: Rubric, marks: readonly Mark[]): ReviewMark {
  const chosen = new Map(marks.map(({ criterionId, points }) => [criterionId, points ?? 0]))
  const criteria = rubric.criteria.map((criterion) => ({
    criterionId: criterion.id,
    points: chosen.get(criterion.id) ?? 0,
    of: highestPoints(criterion),
    weight: weightOf(criterion),
  }))
  const points = criteria.reduce((sum, criterion) => sum + criterion.weight * criterion.points, 0)
  const of = rubricPoints(rubric)
  return { percent: (100 * points) / of, points, of, criteria }
}

/**
 * The mean of the reviews (domain.md: on public data no other plain aggregate does better).
 * points = mean of the reviews' percent / 100 * maximum, rounded to 2 decimals here and nowhere before.
 */
export function aggregateMarks(rubric: Rubric, reviews: readonly (readonly Mark[])[], maximum: number): Aggregate {
  const marks = reviews.map((review) => markReview(rubric, review))
  const percents = marks.map(({ percent }) => percent)
  const percent = mean(percents)
  return {
    marks,
    percent,
    points: percent === null ? null : roundPoints((percent / 100) * maximum),
    spread: percents.length < 2 ? null : Math.max(...percents) - Math.min(...percents),
  }
}

/** Null for no numbers. Added in order of size, so that the order they come in cannot change the last digit. */
export function mean(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null
  return [...numbers].sort((a, b) => a - b).reduce((sum, number) => sum + number, 0) / numbers.length
}

/** To 2 decimals, a half upwards, also where a binary fraction falls just short of the half (1.005 is 1.01). */
export const roundPoints = (points: number): number => Math.round(points * 100 * (1 + 2 ** -50)) / 100
