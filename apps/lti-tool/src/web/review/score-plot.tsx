import { spelt } from '@copractice/core/review'
import { useScoreWords } from './say-scores.ts'

const WIDTH = 260
const PAD = 14
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const
const xOf = (share: number) => PAD + share * (WIDTH - 2 * PAD)

type Props = Readonly<{
  marks: readonly number[]
  mean: number | null
  range: Readonly<{ low: number; high: number }> | null
  maximum: number
}>

/** One learner's marks on the table's shared axis: a circle for each review, a diamond for their score, a band for where it may lie. */
export function Plot({ marks, mean, range, maximum }: Props) {
  const say = useScoreWords()
  const facts = { marks: marks.map(spelt).join(', '), mean: mean === null ? '' : spelt(mean) }
  const label =
    mean === null
      ? say('plotNone')
      : range
        ? say('plotRange', { ...facts, low: spelt(range.low), high: spelt(range.high) })
        : say('plot', facts)
  return (
    <svg viewBox={`0 0 ${WIDTH} 36`} role="img" aria-label={label}>
      {TICKS.map((share) => (
        <line key={share} className="grid" x1={xOf(share)} x2={xOf(share)} y1="0" y2="36" />
      ))}
      {range && mean !== null && (
        <rect
          className="band"
          x={xOf(range.low / maximum)}
          y="7"
          width={Math.max(2, xOf(range.high / maximum) - xOf(range.low / maximum))}
          height="22"
          rx="3"
        />
      )}
      {marks.map((mark, place) => (
        <circle key={place} className="m" cx={xOf(mark / maximum)} cy={14 - lift(marks, place)} r="4.5" />
      ))}
      {mean !== null && <path className="mean" d={diamond(xOf(mean / maximum), 27)} />}
    </svg>
  )
}

/** Equal marks stand one above the other, so that each review is seen. */
const lift = (marks: readonly number[], place: number) =>
  marks.slice(0, place).filter((mark) => Math.abs(mark - marks[place]!) < 0.01).length * 5

const diamond = (x: number, y: number) => `M${x} ${y - 6}l5 6-5 6-5-6z`

/** The scale above the plots. */
export function Axis({ maximum }: { maximum: number }) {
  return (
    <svg viewBox={`0 0 ${WIDTH} 20`} aria-hidden="true">
      {TICKS.map((share) => (
        <text key={share} x={xOf(share)} y="15">
          {spelt(share * maximum)}
        </text>
      ))}
    </svg>
  )
}

/** What the plot's marks stand for. The numbers beside each plot say the same. */
export function Legend() {
  const say = useScoreWords()
  return (
    <p className="legend sc" aria-hidden="true">
      <span>
        <svg viewBox="0 0 24 16">
          <circle className="m" cx="12" cy="8" r="5" />
        </svg>
        {say('oneReview')}
      </span>
      <span>
        <svg viewBox="0 0 24 16">
          <path className="mean" d="M12 2l5 6-5 6-5-6z" />
        </svg>
        {say('meanKey')}
      </span>
      <span>
        <svg viewBox="0 0 24 16">
          <rect className="band" x="1" y="2" width="22" height="12" rx="3" />
        </svg>
        {say('rangeKey')}
      </span>
    </p>
  )
}
