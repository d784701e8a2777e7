import { useMedia } from '@copractice/ui'

export type Bar = Readonly<{ id: string; label: string; value: number | null; text: string }>

const ROW = 30
/** Drawn anew for a phone, so that words keep their size there. Characters are what fits before a bar. */
const WIDE = { width: 640, label: 230, characters: 28 }
const NARROW = { width: 300, label: 130, characters: 16 }

/** Bars side by side on one axis from 0; a hidden value is a short dashed stub, never a length. The summary tells the same. */
export function Bars({ bars, summary }: { bars: readonly Bar[]; summary: string }) {
  const { width, label: before, characters } = useMedia('(max-width: 40rem)') ? NARROW : WIDE
  const room = width - before - 80
  const most = Math.max(1, ...bars.map(({ value }) => value ?? 0))
  const height = bars.length * ROW
  return (
    <svg className="bars" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary}>
      <line className="axis" x1={before} x2={before} y1="0" y2={height} />
      {bars.map(({ id, label, value, text }, at) => {
        const y = at * ROW
        const length = value === null ? 14 : Math.max(value > 0 ? 2 : 0, (value / most) * room)
        return (
          <g key={id}>
            <text className="bar-label" x={before - 10} y={y + 20} textAnchor="end">
              {label.length > characters ? `${label.slice(0, characters - 1)}…` : label}
            </text>
            <rect
              className={value === null ? 'bar-hidden' : 'bar-told'}
              x={before}
              y={y + 6}
              width={length}
              height={ROW - 12}
            />
            <text className="bar-value" x={before + length + 8} y={y + 20}>
              {text}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
