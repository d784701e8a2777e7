import { dice, scoreMarks, ScoreMarksInput, type ScoredMarks } from '@copractice/core/review'
import { simulateRounds } from '@copractice/core/review/testing'
import { atLeast, atMost, round, type Outcome } from './check.ts'

const PEOPLE = 25_000
/** True scores of N(0, 1) as marks of 0 to 100: 50 plus 12 to the point, cut off at the ends. */
const percent = (points: number) => Math.min(100, Math.max(0, 50 + 12 * points))

/** A round of 25,000 people who give 4 marks each, scored by the mean and by the model, from checked input to output. */
export function run(): Outcome {
  const { marks, truth } = simulateRounds({ people: PEOPLE, rounds: 1, exemplars: 0, s: 0.5 }, dice(1))
  const input = ScoreMarksInput.parse({
    criteria: [{ id: 'overall', max: 100 }],
    marks: marks.map(({ points, ...mark }) => ({ ...mark, scores: { overall: percent(points) } })),
  })
  const of = (method: 'mean' | 'model') => {
    const from = performance.now()
    const scored = scoreMarks({ ...input, method }, dice(1))
    return { seconds: round((performance.now() - from) / 1000), rmse: round(error(scored, truth)) }
  }
  const [mean, model] = [of('mean'), of('model')]
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  return {
    figures: { marks: marks.length, submissions: truth.size, reviewers: PEOPLE, mean, model, peakMb },
    checks: [
      atLeast('marks scored', marks.length, 100_000),
      atMost('seconds by the model', model.seconds, 5),
      atMost('RMSE by the model against the mean', model.rmse / mean.rmse, 1),
    ],
  }
}

/** Root mean square distance of the estimates from the true scores, in percent points. */
function error({ submissions }: ScoredMarks, truth: ReadonlyMap<string, number>): number {
  const squares = submissions.map(({ submission, estimate }) => (estimate - percent(truth.get(submission)!)) ** 2)
  return Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / squares.length)
}
