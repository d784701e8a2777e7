import { useEffect, useRef } from 'react'
import type { SeasonEntry } from '@copractice/core/meeting'
import { useReaderZone, useTimes } from '@copractice/ui'
import { atOf, dayAfterKey, isInMonth, startOfDay, type Day } from './month.ts'
import { useSeasonWords } from './say-season.ts'

const SHOWN = 3

type Props = Readonly<{
  label: string
  weeks: readonly (readonly Day[])[]
  day: Day
  today: Day
  entries: ReadonlyMap<Day, readonly SeasonEntry[]>
  onDay: (day: Day) => void
}>

/**
 * A month as a grid of days (the APG's grid): one day takes the tab stop, arrow keys move it, also into the months
 * beside. What a day holds is its name, so that it is heard too.
 */
export function MonthGrid({ label, weeks, day, today, entries, onDay }: Props) {
  const words = useSeasonWords()
  const times = useTimes()
  const zone = useReaderZone()
  const current = useRef<HTMLButtonElement>(null)
  const byKey = useRef(false)
  useEffect(() => {
    // Focus follows the day only when a key moved it.
    if (byKey.current) current.current?.focus()
    byKey.current = false
  })
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: zone })
  return (
    <>
      <p className="small muted">{words('calendar.keys')}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a grid of dates, as the APG builds it */}
      <table className="month" role="grid" aria-label={label}>
        <thead>
          <tr>
            {weeks[0]!.map((one) => (
              <th key={one} scope="col">
                {weekday.format(startOfDay(one, zone))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((one) => {
                const held = entries.get(one) ?? []
                const name = words('calendar.day', { date: times.date(startOfDay(one, zone)), count: held.length })
                const classes = ['month-day', !isInMonth(one, day) && 'is-outside', one === today && 'is-today']
                return (
                  <td key={one}>
                    <button
                      ref={one === day ? current : undefined}
                      type="button"
                      className={classes.filter(Boolean).join(' ')}
                      tabIndex={one === day ? 0 : -1}
                      aria-pressed={one === day}
                      aria-current={one === today ? 'date' : undefined}
                      onClick={() => onDay(one)}
                      onKeyDown={(event) => {
                        const to = dayAfterKey(one, event.key)
                        if (!to) return
                        event.preventDefault()
                        byKey.current = true
                        onDay(to)
                      }}
                    >
                      {/* Its name holds what stands in the cell, so that one can say what one sees. */}
                      <span className="vh">{name}. </span>
                      <span className="month-number">{Number(one.slice(8))}</span>
                      {held.slice(0, SHOWN).map((entry) => (
                        <span
                          key={`${entry.kind} ${atOf(entry).getTime()} ${titleOf(entry, '')}`}
                          className={entry.kind === 'meeting' ? 'month-entry' : 'month-entry is-deadline'}
                        >
                          {entry.kind === 'meeting' ? `${times.clock(entry.startsAt)} ` : ''}
                          {titleOf(entry, words('calendar.deadline'))}
                        </span>
                      ))}
                      {held.length > SHOWN && (
                        <span className="month-entry">{words('calendar.more', { count: held.length - SHOWN })}</span>
                      )}
                      {held.length > 0 && <span className="month-count small">{held.length}</span>}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

const titleOf = (entry: SeasonEntry, deadline: string): string => {
  if (entry.kind === 'meeting') return entry.cohort.name
  return entry.kind === 'convening' ? entry.title : `${deadline}: ${entry.cohorts.map(({ name }) => name).join(', ')}`
}
