import { Temporal } from 'temporal-polyfill'

type Locale = string

const zoned = (at: Date, zone: string) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)

/** English is spelt day before month and with a small am/pm, whichever English the reader has. */
const dateLocale = (locale: Locale) => (locale.startsWith('en') ? 'en-GB' : locale)
const timeLocale = (locale: Locale) => (locale.startsWith('en') ? 'en-US' : locale)

/** "Tuesday 17 November", with the year when it is not the year of `now`. */
export function spellDate(at: Date, zone: string, locale: Locale, now: Date): string {
  const withYear = zoned(at, zone).year !== zoned(now, zone).year
  const parts: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }
  return new Intl.DateTimeFormat(dateLocale(locale), { ...parts, ...(withYear && { year: 'numeric' }) })
    .format(at)
    .replace(/^(\p{L}+),/u, '$1')
}

/** "Tuesday" */
export const spellWeekday = (at: Date, zone: string, locale: Locale): string =>
  new Intl.DateTimeFormat(dateLocale(locale), { weekday: 'long', timeZone: zone }).format(at)

/** "4:00 pm" */
export function spellClock(at: Date, zone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(timeLocale(locale), { hour: 'numeric', minute: '2-digit', timeZone: zone })
    .format(at)
    .replace(/[\u202f\u00a0]/g, ' ')
    .replace(/ ([AP])M$/, (_, half: string) => ` ${half.toLowerCase()}m`)
}

/** "4:00 to 5:30 pm": the half of the day is said once when both ends share it. `to` is the word between. */
export function spellRange(
  from: Date,
  until: Date,
  zone: string,
  locale: Locale,
  join: (from: string, to: string) => string,
): string {
  const [start, end] = [spellClock(from, zone, locale), spellClock(until, zone, locale)]
  const half = / [ap]m$/
  const isSameHalf = half.exec(start)?.[0] === half.exec(end)?.[0]
  return join(isSameHalf ? start.replace(half, '') : start, end)
}

/** Date and hours of a span, or of one instant, by a language's own rules: "martes, 24 de noviembre de 2026, 16:00–17:30". */
export const spellWhole = (from: Date, until: Date, zone: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).formatRange(from, until)

/** "Eastern", or the zone's city where it has no such name. */
export function zoneName(zone: string, locale: Locale, at: Date): string {
  const parts = new Intl.DateTimeFormat(timeLocale(locale), { timeZone: zone, timeZoneName: 'longGeneric' })
  const name = parts.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? zone
  return name.replace(/ Time$/, '')
}

/** Do two zones show the same clock at this instant? Then one line is enough. */
export const isSameClock = (at: Date, zone: string, other: string): boolean =>
  zoned(at, zone).offsetNanoseconds === zoned(at, other).offsetNanoseconds

/** Whole days from now to then in that zone's calendar: 0 today, 1 tomorrow, -1 yesterday. */
export const daysBetween = (now: Date, at: Date, zone: string): number =>
  zoned(now, zone).toPlainDate().until(zoned(at, zone).toPlainDate()).days

/** What a datetime-local field shows for an instant in a zone: "2026-11-20T23:59". */
export const toLocalField = (at: Date, zone: string): string =>
  zoned(at, zone).toPlainDateTime().toString({ smallestUnit: 'minute' })

/** The instant a datetime-local field means in a zone, or null while it is half filled. A time the clocks skip moves on. */
export function fromLocalField(text: string, zone: string): Date | null {
  try {
    const instant = Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant()
    return new Date(instant.epochMilliseconds)
  } catch {
    return null
  }
}

export const deviceZone = (): string => Temporal.Now.timeZoneId()

export const knownZones = (): string[] => Intl.supportedValuesOf('timeZone')
