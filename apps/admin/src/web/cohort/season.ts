import { Temporal } from 'temporal-polyfill'

type Meeting = Readonly<{ startsAt: Date; endsAt: Date }>
type Cohort = Readonly<{ meetings: readonly Meeting[]; submissionDeadline: Date | null }>

/** The span that all cohorts of a table share, so that their lines can be compared. Instants in milliseconds. */
export type Season = Readonly<{ from: number; until: number }>

const DAY = 86_400_000
const WIDTH = 280
const EDGE = 12

/** From the first meeting to the last meeting or deadline, today included. Undefined while nobody has a meeting. */
export function seasonOf(cohorts: readonly Cohort[], now: Date): Season | undefined {
  const meetings = cohorts.flatMap(({ meetings }) => meetings.map(({ startsAt }) => startsAt.getTime()))
  if (!meetings.length) return undefined
  const deadlines = cohorts.flatMap(({ submissionDeadline }) => submissionDeadline?.getTime() ?? [])
  const all = [...meetings, ...deadlines, now.getTime()]
  const [from, until] = [Math.min(...all), Math.max(...all)]
  return { from, until: Math.max(until, from + 28 * DAY) }
}

/** Where an instant stands on the 280 units of a season line. */
export const xOf = ({ from, until }: Season, at: Date | number): number =>
  EDGE + ((WIDTH - 2 * EDGE) * (Number(at) - from)) / (until - from)

/** The first of each month inside the season, thinned so that their names have room. */
export function monthsOf(season: Season, zone: string): readonly Date[] {
  const end = Temporal.Instant.fromEpochMilliseconds(season.until)
  let month = Temporal.Instant.fromEpochMilliseconds(season.from)
    .toZonedDateTimeISO(zone)
    .with({ day: 1 })
    .startOfDay()
    .add({ months: 1 })
  const months: Date[] = []
  for (; Temporal.Instant.compare(month.toInstant(), end) <= 0; month = month.add({ months: 1 })) {
    months.push(new Date(month.epochMilliseconds))
  }
  const step = Math.ceil(months.length / 6)
  return months.filter((_, at) => at % step === 0)
}

/** Meetings that are over, and those under way or to come. */
export function heldAndToCome(meetings: readonly Meeting[], now: Date) {
  const held = meetings.filter(({ endsAt }) => endsAt <= now)
  return { held, toCome: meetings.slice(held.length) }
}
