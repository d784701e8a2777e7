import { useMedia } from '@copractice/ui'

export type Bar = Readonly<{ id: string; label: string; value: number | null; text: string }>

const BAR = 18
/**
 * Drawn anew for a phone, so that words keep their size there and stand above their bar. Characters are what fits into
 * `label`; `top` is where a bar begins in its row.
 */
const WIDE = { width: 640, label: 230, characters: 28, row: 30, top: 6, isAbove: false }
const NARROW = { width: 264, label: 1, characters: 34, row: 50, top: 24, isAbove: true }

/** Bars side by side on one axis from 0; a hidden value is a short dashed stub, never a length. The summary tells the same. */
export function Bars({ bars, summary }: { bars: readonly Bar[]; summary: string }) {
  const { width, label: before, characters, row, top, isAbove } = useMedia('(max-width: 40rem)') ? NARROW : WIDE
  const room = width - before - 80
  const most = Math.max(1, ...bars.map(({ value }) => value ?? 0))
  const height = bars.length * row
  return (
    <svg className="bars" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary}>
      <line className="axis" x1={before} x2={before} y1="0" y2={height} />
      {bars.map(({ id, label, value, text }, at) => {
        const y = at * row
        const length = value === null ? 14 : Math.max(value > 0 ? 2 : 0, (value / most) * room)
        return (
          <g key={id}>
            <text
              className="bar-label"
              x={isAbove ? 6 : before - 10}
              y={isAbove ? y + 17 : y + 20}
              textAnchor={isAbove ? 'start' : 'end'}
            >
              {label.length > characters ? `${label.slice(0, characters - 1)}…` : label}
            </text>
            <rect
              className={value === null ? 'bar-hidden' : 'bar-told'}
              x={before}
              y={y + top}
              width={length}
              height={BAR}
            />
            <text className="bar-value" x={before + length + 8} y={y + top + 14}>
              {text}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
