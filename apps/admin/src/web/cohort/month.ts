import { Temporal } from 'temporal-polyfill'
import type { SeasonEntry } from '@copractice/core/meeting'

/** A day of the calendar, as `2027-02-14`, in the reader's zone. */
export type Day = string

export const dayOf = (at: Date, zone: string): Day =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString()

/** When a day begins in the zone. */
export const startOfDay = (day: Day, zone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds)

/** The weeks that hold a month, Monday first: whole weeks, so some days of its neighbours. */
export function weeksOf(day: Day): readonly (readonly Day[])[] {
  const first = Temporal.PlainDate.from(day).with({ day: 1 })
  const last = first.with({ day: first.daysInMonth })
  const weeks: Day[][] = []
  for (let monday = first.subtract({ days: first.dayOfWeek - 1 }); Temporal.PlainDate.compare(monday, last) <= 0;) {
    weeks.push(Array.from({ length: 7 }, (_, at) => monday.add({ days: at }).toString()))
    monday = monday.add({ days: 7 })
  }
  return weeks
}

export const isInMonth = (day: Day, of: Day): boolean => day.slice(0, 7) === of.slice(0, 7)
export const addMonths = (day: Day, months: number): Day => Temporal.PlainDate.from(day).add({ months }).toString()

/** Where a key leads from a day, as in a grid of dates: undefined for keys that mean nothing here. */
export function dayAfterKey(day: Day, key: string): Day | undefined {
  const date = Temporal.PlainDate.from(day)
  const to = {
    ArrowLeft: () => date.subtract({ days: 1 }),
    ArrowRight: () => date.add({ days: 1 }),
    ArrowUp: () => date.subtract({ days: 7 }),
    ArrowDown: () => date.add({ days: 7 }),
    Home: () => date.subtract({ days: date.dayOfWeek - 1 }),
    End: () => date.add({ days: 7 - date.dayOfWeek }),
    PageUp: () => date.subtract({ months: 1 }),
    PageDown: () => date.add({ months: 1 }),
  }[key]
  return to?.().toString()
}

export const atOf = (entry: SeasonEntry): Date => (entry.kind === 'deadline' ? entry.at : entry.startsAt)

/** The entries of each day, in their order. */
export function byDay(entries: readonly SeasonEntry[], zone: string): ReadonlyMap<Day, readonly SeasonEntry[]> {
  const days = new Map<Day, SeasonEntry[]>()
  for (const entry of entries) {
    const day = dayOf(atOf(entry), zone)
    days.set(day, [...(days.get(day) ?? []), entry])
  }
  return days
}
