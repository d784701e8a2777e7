import { useTranslation } from 'react-i18next'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
const HOURS = ['09', '11', '13', '15', '17'] as const
/** A Monday, to spell weekdays from. */
const MONDAY = Date.UTC(2024, 0, 1)

/** Weekly times as a grid of boxes to tick: working days by hours. A time is a day and an hour, such as `mon-15`. */
export function WeekPicker(props: {
  label: string
  hint?: string
  value: readonly string[]
  onChange: (value: string[]) => void
}) {
  const { label, hint, value, onChange } = props
  const { i18n } = useTranslation()
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
            {DAYS.map((day, at) => (
              <th key={day} scope="col">
                {spell(at, 12, { weekday: 'short' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {HOURS.map((hour) => (
            <tr key={hour}>
              <th scope="row">{spell(0, Number(hour), { hour: 'numeric' })}</th>
              {DAYS.map((day, at) => (
                <td key={day}>
                  <input
                    className="tick"
                    type="checkbox"
                    aria-label={spell(at, Number(hour), { weekday: 'long', hour: 'numeric' })}
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
