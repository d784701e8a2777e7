import { Temporal } from 'temporal-polyfill'

const spell = (at: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toLocaleString('en', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  })

/** A time in the reader's zone, and in the zone it was set in where that is another. */
export function spellTime(at: Date, setIn: string, reader: string | null): string {
  if (!reader || reader === setIn) return spell(at, setIn)
  return `${spell(at, reader)} (${spell(at, setIn)} where it was set)`
}
