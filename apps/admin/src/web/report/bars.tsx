export type Bar = Readonly<{ id: string; label: string; value: number | null; text: string }>

const ROW = 30
const LABEL = 200
const WIDTH = 640
const ROOM = WIDTH - LABEL - 90

/** Bars side by side on one axis from 0; a hidden value is a short dashed stub, never a length. The summary tells the same. */
export function Bars({ bars, summary }: { bars: readonly Bar[]; summary: string }) {
  const most = Math.max(1, ...bars.map(({ value }) => value ?? 0))
  const height = bars.length * ROW
  return (
    <svg className="bars" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={summary}>
      <line className="axis" x1={LABEL} x2={LABEL} y1="0" y2={height} />
      {bars.map(({ id, label, value, text }, at) => {
        const y = at * ROW
        const length = value === null ? 14 : Math.max(value > 0 ? 2 : 0, (value / most) * ROOM)
        return (
          <g key={id}>
            <text className="label" x={LABEL - 10} y={y + 20} textAnchor="end">
              {label.length > 26 ? `${label.slice(0, 25)}…` : label}
            </text>
            <rect
              className={value === null ? 'bar-hidden' : 'bar-told'}
              x={LABEL}
              y={y + 6}
              width={length}
              height={ROW - 12}
            />
            <text className="value" x={LABEL + length + 8} y={y + 20}>
              {text}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
