import { mean } from './aggregate-marks.ts'
import { compareWithReference, type ComparedReviewer } from './compare-with-reference.ts'
import type { Roll } from './draw.ts'
import { fitRaterModel } from './fit-rater-model.ts'
import { flagForCheck, type Flag } from './flag-for-check.ts'
import { intervalsOfMeans } from './interval-of-mean.ts'
import { measureAgreement, type Agreement } from './measure-agreement.ts'
import type { ScoreMarksInput } from './score-marks-input.ts'

/** All in points (the sum over the criteria), but for `grade` in percent. */
export type ScoredMarks = Readonly<{
  /** Those to look at first at the top. `round` stands only where the marks are of several. */
  submissions: readonly Readonly<{
    submission: string
    round?: string
    n: number
    mean: number
    estimate: number
    low: number | null
    high: number | null
    flag: Flag | null
  }>[]
  reviewers: readonly ComparedReviewer[]
  statistics: Agreement
}>

type Work = Readonly<{
  key: string
  submission: string
  round: string
  check: number | undefined
  marks: { reviewer: string; points: number }[]
}>

/**
 * Scores the work and grades the reviewers.
 *   mean: estimate = mean of the marks, whatever a check says; low and high by `intervalsOfMeans`, null where no work has
 *     two marks; reviewers' bias and precision from `compareWithReference`
 *   model: all of these from `fitRaterModel`, over all rounds given, a check being the true score
 * Reviewers' grades are those of `compareWithReference` whatever the method.
 */
export function scoreMarks({ criteria, marks, checks, method }: ScoreMarksInput, roll: Roll): ScoredMarks {
  const range = criteria.reduce((sum, { max }) => sum + max, 0)
  const total = (scores: Readonly<Record<string, number>>) =>
    criteria.reduce((sum, { id }) => sum + (scores[id] ?? 0), 0)
  const known = new Map(checks.map(({ submission, scores }) => [submission, total(scores)]))
  const works = new Map<string, Work>()
  for (const { submission, round, reviewer, scores } of marks) {
    const key = JSON.stringify([round, submission])
    if (!works.has(key)) works.set(key, { key, submission, round, check: known.get(submission), marks: [] })
    works.get(key)!.marks.push({ reviewer, points: total(scores) })
  }
  // In order of ids, so that the order of the marks cannot change the last digit of a sum.
  const all = [...works.values()].sort(by('key'))
  for (const work of all) work.marks.sort(by('reviewer'))
  const scored = method === 'mean' ? scoreByMean(all) : scoreByModel(all, range, roll)
  const within = (points: number) => Math.min(range, Math.max(0, points))

  const spotted = all.map(({ key, marks, check }) => ({
    submission: key,
    points: marks.map(({ points }) => points),
    interval: scored.works.get(key)!.interval,
    checked: check !== undefined,
  }))
  const severalRounds = new Set(all.map(({ round }) => round)).size > 1
  return {
    submissions: flagForCheck(spotted, range).map(({ submission: key, flag }) => {
      const { submission, round, marks } = works.get(key)!
      const { estimate, interval } = scored.works.get(key)!
      return {
        submission,
        ...(severalRounds && { round }),
        n: marks.length,
        mean: mean(marks.map(({ points }) => points))!,
        estimate: within(estimate),
        low: interval && within(interval.low),
        high: interval && within(interval.high),
        flag,
      }
    }),
    reviewers: compareWithReference(all, range).map((compared) => ({
      ...compared,
      ...scored.reviewers?.get(compared.reviewer),
    })),
    statistics: measureAgreement(spotted.map(({ points }) => points)),
  }
}

const by =
  <Key extends string>(key: Key) =>
  (a: Readonly<Record<Key, string>>, b: Readonly<Record<Key, string>>) =>
    a[key] < b[key] ? -1 : 1

type Scored = Readonly<{
  works: ReadonlyMap<string, { estimate: number; interval: { low: number; high: number } | null }>
  reviewers?: ReadonlyMap<string, { bias: number; precision: number }>
}>

function scoreByMean(works: readonly Work[]): Scored {
  const points = works.map(({ marks }) => marks.map((mark) => mark.points))
  const intervals = intervalsOfMeans(points)
  return { works: new Map(works.map(({ key }, i) => [key, { estimate: mean(points[i]!)!, interval: intervals[i]! }])) }
}

function scoreByModel(works: readonly Work[], range: number, roll: Roll): Scored {
  const marks = works.flatMap(({ key, round, marks }) => marks.map((mark) => ({ submission: key, round, ...mark })))
  const anchors = new Map(works.flatMap(({ key, check }) => (check === undefined ? [] : [[key, check] as const])))
  const model = fitRaterModel({ marks, anchors, range }, roll)
  return {
    works: new Map([...model.submissions].map(([key, { estimate, ...interval }]) => [key, { estimate, interval }])),
    reviewers: model.reviewers,
  }
}
