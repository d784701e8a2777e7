import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const WORKING_DAYS = 5
const HOURS = ['09', '11', '13', '15', '17']
/** A Monday, to spell weekdays from. */
const MONDAY = Date.UTC(2024, 0, 1)

/** Weekly times as a grid of boxes to tick: working days by hours, and what else is ticked already. A time is a day and an hour, such as `mon-15`. */
export function WeekPicker(props: {
  label: string
  hint?: string
  value: readonly string[]
  onChange: (value: string[]) => void
}) {
  const { label, hint, value, onChange } = props
  const { i18n } = useTranslation()
  // As they are at first: a row that vanished with its last tick would take the focus along.
  const [days] = useState(() =>
    WEEK.filter((day, at) => at < WORKING_DAYS || value.some((slot) => slot.startsWith(day))),
  )
  const [hours] = useState(() => [...new Set([...HOURS, ...value.map((slot) => slot.slice(4))])].toSorted())
  const spell = (day: number, hour: number, options: Intl.DateTimeFormatOptions) =>
    new Date(MONDAY + (day * 24 + hour) * 3_600_000).toLocaleString(i18n.language, { ...options, timeZone: 'UTC' })
  const toggle = (slot: string) =>
    onChange(value.includes(slot) ? value.filter((one) => one !== slot) : [...value, slot])
  return (
    <fieldset className="week-picker">
      <legend className="label">{label}</legend>
      {hint && <p className="hint">{hint}</p>}
      <table>
        <thead>
          <tr>
            <td>
              <span className="vh">{label}</span>
            </td>
            {days.map((day) => (
              <th key={day} scope="col">
                {spell(WEEK.indexOf(day), 12, { weekday: 'short' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => (
            <tr key={hour}>
              <th scope="row">{spell(0, Number(hour), { hour: 'numeric' })}</th>
              {days.map((day) => (
                <td key={day}>
                  <input
                    className="tick"
                    type="checkbox"
                    aria-label={spell(WEEK.indexOf(day), Number(hour), { weekday: 'long', hour: 'numeric' })}
                    checked={value.includes(`${day}-${hour}`)}
                    onChange={() => toggle(`${day}-${hour}`)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  )
}
