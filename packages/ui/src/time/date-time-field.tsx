import { useId, type Ref } from 'react'
import { fromLocalField } from './spell-time.ts'
import { useNow, useTimes } from './time-text.tsx'

/**
 * Date and time in a named zone: the device's own picker, with the date spelt out below so that nobody mistakes
 * 3/4 for April. `value` is what the picker holds, e.g. 2026-11-20T23:59.
 */
export function DateTimeField(props: {
  label: string
  value: string
  zone: string
  onChange: (value: string) => void
  error?: string
  isDisabled?: boolean
  /** For whoever sends the reader back to an empty field. */
  inputRef?: Ref<HTMLInputElement>
}) {
  const { label, value, zone, onChange, error, isDisabled = false, inputRef } = props
  const id = useId()
  const times = useTimes()
  const now = useNow()
  const at = fromLocalField(value, zone)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={inputRef}
        className="input"
        type="datetime-local"
        required
        disabled={isDisabled}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p className={error ? 'hint hint-bad' : 'hint'} id={`${id}-hint`}>
        {error ?? (at ? `${times.dateTime(at, zone)} ${times.zone(zone, at)}` : times.zone(zone, now))}
      </p>
    </div>
  )
}
