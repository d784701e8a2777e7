import { spelt, type ReviewerWeights, type Rubric, type ScoreMethod } from '@copractice/core/review'
import { useScoreWords } from './say-scores.ts'

type Mark = Readonly<{
  title: string
  percent: number
  points: number
  of: number
  criteria: readonly Readonly<{ criterionId: string; points: number; of: number; weight: number }>[]
}>
type InPlace = Readonly<{ points: number; reason: string }>

type WorkProps = Readonly<{
  rubric: Rubric
  maximum: number
  marks: readonly Mark[]
  mean: number | null
  method: ScoreMethod
  percent: number | null
  interval: Readonly<{ low: number; high: number }> | null
  /** The instructor's own mark, where it is the score. */
  check: number | null
  late: number
  points: number | null
  override: InPlace | null
  grade: number | null
}>

/** A work's score line by line: every review, their mean or the model, points, lateness, what was set by hand. */
export function WorkLines(props: WorkProps) {
  const { rubric, maximum, marks, mean, method, percent, interval, check, late, points, override, grade } = props
  const say = useScoreWords()
  const titleOf = (id: string) => rubric.criteria.find((criterion) => criterion.id === id)?.title ?? id
  const criteriaOf = (mark: Mark) =>
    mark.criteria
      .map(({ criterionId, weight, ...given }) =>
        weight === 1
          ? say('how.criterion', { title: titleOf(criterionId), ...given })
          : say('how.criterionWeighed', { title: titleOf(criterionId), weight, ...given }),
      )
      .join('; ')
  return (
    <ol className="worked">
      {marks.length === 0 && <li>{say('how.noMarks')}</li>}
      {marks.map((mark, place) => (
        <li key={place}>
          {say('how.mark', {
            title: mark.title,
            criteria: criteriaOf(mark),
            points: spelt(mark.points),
            of: spelt(mark.of),
            percent: spelt(mark.percent),
          })}
        </li>
      ))}
      {mean !== null && (
        <li>{say('how.mean', { sum: meanOf(marks.map((mark) => mark.percent)), percent: spelt(mean) })}</li>
      )}
      {method === 'model' && percent !== null && (
        <li>{say(check === null ? 'how.model' : 'how.modelChecked', { percent: spelt(percent) })}</li>
      )}
      {interval && check === null && (
        <li>{say('how.range', { low: Math.round(interval.low), high: Math.round(interval.high) })}</li>
      )}
      {percent !== null && (
        <li>{say('how.points', { percent: spelt(percent), maximum, points: spelt((percent / 100) * maximum) })}</li>
      )}
      {late > 0 && points !== null && <li>{say('how.late', { late: spelt(late), points: spelt(points) })}</li>}
      {override && <li>{say('how.override', { points: spelt(override.points), reason: override.reason })}</li>}
      {grade !== null && (
        <li>
          <strong>{say('how.result', { grade: spelt(grade), maximum })}</strong>
        </li>
      )}
    </ol>
  )
}

/** "(80 + 70) / 2" */
function meanOf(numbers: readonly number[]): string {
  const spelled = numbers.map(spelt).join(' + ')
  return numbers.length === 1 ? spelled : `(${spelled}) / ${numbers.length}`
}

type Part = Readonly<{
  title: string
  given: number | null
  basis: 'check' | 'agreement' | 'completeness' | 'missing'
  distance: number | null
  agreement: number | null
  helpful: number | null
  share: number
}>

type ReviewingProps = Readonly<{
  maximum: number
  weights: ReviewerWeights
  parts: readonly Part[]
  points: number | null
  override: InPlace | null
  grade: number | null
}>

/** A reviewer's grade line by line: what each review earned and from what. */
export function ReviewingLines({ maximum, weights, parts, points, override, grade }: ReviewingProps) {
  const say = useScoreWords()
  const mean = parts.reduce((sum, { share }) => sum + share, 0) / Math.max(1, parts.length)
  return (
    <>
      <p className="small muted">{say(weights.helpfulness > 0 ? 'how.weightsAll' : 'how.weights', weights)}</p>
      <ol className="worked">
        {parts.length === 0 && <li>{say('how.nothing')}</li>}
        {parts.map((part, place) => (
          <li key={place}>
            {say(`how.part.${part.basis}`, {
              title: part.title,
              given: spelt(part.given ?? 0),
              distance: spelt(part.distance ?? 0),
              sum: earned(part, weights),
              share: spelt(part.share * 100),
            })}
          </li>
        ))}
        {points !== null && (
          <li>
            {say('how.reviewing', {
              sum: meanOf(parts.map(({ share }) => share * 100)),
              percent: spelt(mean * 100),
              maximum,
              points: spelt(points),
            })}
          </li>
        )}
        {override && <li>{say('how.override', { points: spelt(override.points), reason: override.reason })}</li>}
        {grade !== null && (
          <li>
            <strong>{say('how.result', { grade: spelt(grade), maximum })}</strong>
          </li>
        )}
      </ol>
    </>
  )
}

/** "(40 × 1 + 60 × 0.8) / 100", of what there is. */
function earned({ agreement, helpful }: Part, weights: ReviewerWeights): string {
  const counted = (
    [
      [weights.completeness, 1],
      [weights.agreement, agreement],
      [weights.helpfulness, helpful],
    ] as const
  ).filter(([weight, share]) => weight > 0 && share !== null)
  if (counted.length === 0) return '1'
  const sum = counted.map(([weight, share]) => `${weight} × ${spelt(share ?? 0)}`).join(' + ')
  return `(${sum}) / ${counted.reduce((total, [weight]) => total + weight, 0)}`
}
