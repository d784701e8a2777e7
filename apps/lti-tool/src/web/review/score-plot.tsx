import { useWords } from './say.ts'

const WIDTH = 260
const PAD = 14
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const
const xOf = (share: number) => PAD + share * (WIDTH - 2 * PAD)

/** One learner's marks on the table's shared axis: a circle for each review, a diamond for their mean. */
export function Plot({ marks, mean, maximum }: { marks: readonly number[]; mean: number | null; maximum: number }) {
  const say = useWords()
  const label =
    mean === null
      ? say('scores.plotNone')
      : say('scores.plot', { marks: marks.map((mark) => mark.toFixed(1)).join(', '), mean: mean.toFixed(1) })
  return (
    <svg viewBox={`0 0 ${WIDTH} 36`} role="img" aria-label={label}>
      {TICKS.map((share) => (
        <line key={share} className="grid" x1={xOf(share)} x2={xOf(share)} y1="0" y2="36" />
      ))}
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
          {Number((share * maximum).toFixed(1))}
        </text>
      ))}
    </svg>
  )
}
