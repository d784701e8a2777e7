import { markReview } from './aggregate-marks.ts'
import { dice } from './dice.ts'
import { fitRaterModel } from './fit-rater-model.ts'
import type { ScoreMethod } from './grade-setup.ts'
import type { RaterMark } from './lay-out-marks.ts'
import { offerModel, type ModelGround } from './offer-model.ts'
import type { Mark, Rubric } from './rubric.ts'

/** What one round has to tell about its reviewers. Reviews are those that count. */
export type RoundToPool = Readonly<{
  roundId: string
  rubric: Rubric
  reviews: readonly Readonly<{ submissionId: string; reviewerId: string; marks: readonly Mark[] }>[]
  /** The instructors' own marks of works. */
  checks: readonly Readonly<{ submissionId: string; marks: readonly Mark[] }>[]
  exemplars: readonly Readonly<{
    exemplarId: string
    reference: readonly Mark[]
    markings: readonly Readonly<{ reviewerId: string; marks: readonly Mark[] }>[]
  }>[]
}>

/** In percent of the rubric's points. `low` to `high` holds the true score with 90 %. */
export type Estimate = Readonly<{ percent: number; low: number; high: number }>

/**
 * Everything the rater model goes by, in percent so that rubrics of different points can be pooled: the marks of all
 * rounds, and as anchors what is known, that is exemplars by their reference and works by an instructor's check. Grounds
 * are counted as they take effect: a round without a mark pools nothing, an exemplar nobody marked anchors nothing.
 */
export function poolRounds(rounds: readonly RoundToPool[]): Readonly<{
  marks: readonly RaterMark[]
  anchors: ReadonlyMap<string, number>
  offered: boolean
  because: readonly ModelGround[]
}> {
  const marks: RaterMark[] = []
  const anchors = new Map<string, number>()
  let [marked, exemplars, checks] = [0, 0, 0]
  for (const { roundId, rubric, reviews, exemplars: pieces, checks: known } of rounds) {
    const points = (given: readonly Mark[]) => markReview(rubric, given).percent
    const seen = new Set(reviews.map(({ submissionId }) => submissionId))
    if (seen.size > 0) marked++
    for (const { submissionId, reviewerId, marks: given } of reviews)
      marks.push({ submission: submissionId, reviewer: reviewerId, round: roundId, points: points(given) })
    for (const { exemplarId, reference, markings } of pieces) {
      if (markings.length === 0) continue
      exemplars++
      anchors.set(exemplarId, points(reference))
      for (const { reviewerId, marks: given } of markings)
        marks.push({ submission: exemplarId, reviewer: reviewerId, round: roundId, points: points(given) })
    }
    for (const { submissionId, marks: given } of known) {
      if (!seen.has(submissionId)) continue
      checks++
      anchors.set(submissionId, points(given))
    }
  }
  return { marks, anchors, ...offerModel({ rounds: marked, exemplars, checks }) }
}

/** The model's estimate of every work in the pool, within 0 and 100. The same pool and seed give the same numbers. */
export function estimateByModel(
  { marks, anchors }: Pick<ReturnType<typeof poolRounds>, 'marks' | 'anchors'>,
  seed: number,
): Map<string, Estimate> {
  const within = (percent: number) => Math.min(100, Math.max(0, percent))
  const { submissions } = fitRaterModel({ marks, anchors, range: 100 }, dice(seed))
  return new Map(
    [...submissions].map(([id, { estimate, low, high }]) => [
      id,
      { percent: within(estimate), low: within(low), high: within(high) },
    ]),
  )
}

/**
 * The method that scores: what the instructor chose, but the mean once the grounds on which the model was offered are
 * gone (a check taken back, an exemplar removed).
 */
export const methodInForce = (chosen: ScoreMethod, offered: boolean): ScoreMethod =>
  chosen === 'model' && offered ? 'model' : 'mean'
