import { Temporal } from 'temporal-polyfill'

/**
 * The same wall clock in each of `count` weeks, as datetime-local fields hold it: "2027-03-09T16:00" and on. Weeks are
 * counted on the calendar, so a meeting at four stays at four when the clocks change. Empty when `first` is half filled.
 */
export function weekly(first: string, count: number): readonly string[] {
  try {
    const start = Temporal.PlainDateTime.from(first)
    return Array.from({ length: count }, (_, week) => start.add({ weeks: week }).toString({ smallestUnit: 'minute' }))
  } catch {
    return []
  }
}
