import { useSpelling } from './spell-reason.ts'
import { useWords } from './say.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const ROW = 9
const GAP = 3
const ROWS_AT_MOST = 8

/** The week of a cohort: the times that anybody of the board names, those all of the cohort keep filled in. */
export function WeekGrid({ name, slots, all }: { name: string; slots: readonly string[]; all: readonly string[] }) {
  const say = useWords()
  const spell = useSpelling()
  const hours = [...new Set(all.map((slot) => slot.split('-')[1] ?? ''))].filter(Boolean).sort()
  const days = DAYS.filter((day, at) => at < 5 || all.some((slot) => slot.startsWith(day)))
  const label = say('cohort.week', { count: slots.length, name, list: spell.list(slots.map(spell.slot)) })
  if (hours.length > ROWS_AT_MOST || !hours.length) return <span className="vh">{label}</span>
  const height = 14 + hours.length * (ROW + GAP)
  return (
    <svg className="plot week" viewBox={`0 0 ${days.length * 24} ${height}`} role="img" aria-label={label}>
      {days.map((day, column) => (
        <g key={day}>
          <text x={column * 24 + 12} y="10" textAnchor="middle">
            {say(`day.${day}`)}
          </text>
          {hours.map((hour, row) => (
            <rect
              key={hour}
              className={slots.includes(`${day}-${hour}`) ? 'on' : 'off'}
              x={column * 24 + 2}
              y={14 + row * (ROW + GAP)}
              width="20"
              height={ROW}
              rx="2"
            />
          ))}
        </g>
      ))}
    </svg>
  )
}
