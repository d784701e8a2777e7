import { compareWithReference, dice, fitRaterModel, offerModel, ScoreMarksInput } from '@copractice/core/review'
import { simulateRounds, type Simulation } from '@copractice/core/review/testing'
import { gradeByBestAssessment } from './best-assessment.ts'
import { atLeast, atMost, round, type Outcome } from './check.ts'
import { rankCorrelation } from './rank-correlation.ts'

const REPETITIONS = 300
/** `known` is the model's published gain over the mean in percent of RMSE; none is known for one round and biases of 0.6. */
const SETTINGS = [
  { name: 'one round, s = 0.3', rounds: 1, exemplars: 0, s: 0.3, known: -7.8 },
  { name: 'one round, s = 0.6', rounds: 1, exemplars: 0, s: 0.6, known: null },
  { name: '4 rounds, 2 exemplars, s = 0.3', rounds: 4, exemplars: 2, s: 0.3, known: 13.3 },
  { name: '4 rounds, 2 exemplars, s = 0.6', rounds: 4, exemplars: 2, s: 0.6, known: 26.7 },
] as const
/** True scores are N(0, 1): the marks of a scale of 6 points around them, or of 100 percent with 15 to the point. */
const RANGE = 6
const percent = (points: number) => 50 + 15 * points

/**
 * The simulation of domain.md (15 people, 4 reviews each): error of the mean, the median, the rater model and the mean
 * weighted by best-assessment grades; and how reviewers are ranked by our grade and by that formula, against how far
 * their marks lay from the truth ("given") and how far they would on average (their bias and noise: "in the long run").
 */
export function run(): Outcome {
  const settings = SETTINGS.map((setting) => ({ ...setting, ...simulate(setting) }))
  const offered = settings.filter(({ offered }) => offered)
  const bare = settings.filter(({ offered }) => !offered)
  const byDefault = ScoreMarksInput.parse({ criteria: [{ id: 'overall', max: 100 }], marks: [] }).method
  return {
    figures: { repetitions: REPETITIONS, settings, splitOf90And10: gradesOf90And10() },
    checks: [
      ...settings.flatMap(({ name, known, gain }) =>
        known === null ? [] : [atLeast(`model's gain over the mean in %, ${name}`, gain.model, known - 3)],
      ),
      ...offered.map(({ name, gain }) => atLeast(`model's gain where it is offered, ${name}`, gain.model, 0)),
      atMost('settings of one bare round in which the model is offered', bare.length === 2 ? 0 : 1, 0),
      atMost('scores by the model when nobody asked for it', byDefault === 'mean' ? 0 : 1, 0),
      ...settings.flatMap(({ name, coverage }) => [
        atLeast(`true scores inside their 90 % interval, ${name}`, coverage, 0.87),
        atMost(`true scores inside their 90 % interval, ${name}`, coverage, 0.93),
      ]),
      ...settings.map(({ name, spearman }) =>
        atLeast(`Spearman of reviewer's grade with accuracy of the marks given, ${name}`, spearman.ours.given, 0.5),
      ),
      ...offered.map(({ name, spearman }) =>
        atLeast(`Spearman of reviewer's grade with accuracy in the long run, ${name}`, spearman.ours.longRun, 0.5),
      ),
      atMost('grade of either of two reviewers who say 90 and 10', Math.max(...gradesOf90And10().ours), 50),
    ],
  }
}

function simulate({ rounds, exemplars, s }: (typeof SETTINGS)[number]) {
  const roll = dice(20)
  const squares = { mean: 0, median: 0, model: 0, bestAssessment: 0 }
  const ranks = { ours: [0, 0], bestAssessment: [0, 0] }
  let [count, held] = [0, 0]
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const simulation = simulateRounds({ rounds, exemplars, s }, roll)
    const works = Map.groupBy(simulation.marks, ({ submission }) => submission)
    const model = fitRaterModel({ marks: simulation.marks, anchors: simulation.exemplars, range: RANGE }, roll)
    const weights = gradeByBestAssessment(simulation.marks.map((mark) => ({ ...mark, percent: percent(mark.points) })))
    for (const [id, truth] of simulation.truth) {
      const marks = works.get(id)!
      const points = marks.map((mark) => mark.points).sort((a, b) => a - b)
      const { estimate, low, high } = model.submissions.get(id)!
      squares.mean += (mean(points) - truth) ** 2
      squares.median += ((points[1]! + points[2]!) / 2 - truth) ** 2
      squares.model += (estimate - truth) ** 2
      squares.bestAssessment += (weighted(marks, weights) - truth) ** 2
      held += Number(low <= truth && truth <= high)
      count++
    }
    for (const [name, grades] of [['ours', ourGrades(simulation)] as const, ['bestAssessment', weights] as const])
      for (const [i, error] of [errorGiven(simulation), simulation.error].entries())
        ranks[name][i]! += accuracyRank(grades, error)
  }
  const rmse = (sum: number) => Math.sqrt(sum / count)
  const gain = (sum: number) => round(100 * (1 - rmse(sum) / rmse(squares.mean)))
  const spearman = ([given, longRun]: number[]) => ({
    given: round(given! / REPETITIONS),
    longRun: round(longRun! / REPETITIONS),
  })
  return {
    rmse: Object.fromEntries(Object.entries(squares).map(([name, sum]) => [name, round(rmse(sum))])),
    gain: { median: gain(squares.median), model: gain(squares.model), bestAssessment: gain(squares.bestAssessment) },
    coverage: round(held / count),
    spearman: { ours: spearman(ranks.ours), bestAssessment: spearman(ranks.bestAssessment) },
    offered: offerModel({ rounds, exemplars, checks: 0 }).offered,
  }
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length

/** Marks weighted by their reviewers' grades; evenly where all of these are 0. */
function weighted(marks: Simulation['marks'], weights: ReadonlyMap<string, number>): number {
  const sum = marks.reduce((total, { reviewer }) => total + weights.get(reviewer)!, 0)
  if (sum === 0) return mean(marks.map(({ points }) => points))
  return marks.reduce((total, { reviewer, points }) => total + weights.get(reviewer)! * points, 0) / sum
}

function ourGrades({ marks, exemplars }: Simulation): Map<string, number> {
  const works = Map.groupBy(marks, ({ submission }) => submission)
  const given = [...works].map(([id, all]) => ({ marks: all, check: exemplars.get(id) }))
  return new Map(compareWithReference(given, RANGE).map(({ reviewer, grade }) => [reviewer, grade]))
}

/** By reviewer: root mean square distance of the marks they gave from the true scores. */
function errorGiven({ marks, truth, exemplars }: Simulation): Map<string, number> {
  const off = ({ submission, points }: (typeof marks)[number]) =>
    (points - (truth.get(submission) ?? exemplars.get(submission)!)) ** 2
  const reviewers = Map.groupBy(marks, ({ reviewer }) => reviewer)
  return new Map([...reviewers].map(([id, given]) => [id, Math.sqrt(mean(given.map(off)))]))
}

const accuracyRank = (grades: ReadonlyMap<string, number>, error: ReadonlyMap<string, number>) =>
  rankCorrelation(
    [...error.keys()].map((id) => grades.get(id)!),
    [...error.values()].map((distance) => -distance),
  ) ?? 0

function gradesOf90And10() {
  const marks = [
    { submission: 's', reviewer: 'a', points: 90, percent: 90 },
    { submission: 's', reviewer: 'b', points: 10, percent: 10 },
  ]
  return {
    ours: compareWithReference([{ marks, check: undefined }], 100).map(({ grade }) => round(grade)),
    bestAssessment: [...gradeByBestAssessment(marks).values()],
  }
}
