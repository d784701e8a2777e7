import type { ConveningTerm } from '../programme/policy.ts'
import { localDay } from './local-day.ts'

/** One term of one year: `key` such as `spring-2027`, `from` its first day and `until` the last before the next begins. */
export type TermOfYear = Readonly<{
  key: string
  term: ConveningTerm['term']
  year: number
  from: string
  until: string
}>

const yearBefore = (day: string, by = 1) => `${String(Number(day.slice(0, 4)) - by).padStart(4, '0')}${day.slice(4)}`
const dayBefore = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

/** A mistyped year, such as 0002 or 9999, counts as one that is as far away and has four digits around it. */
const inFourDigits = (day: string) => `${Math.min(Math.max(Number(day.slice(0, 4)), 1000), 9000)}${day.slice(4)}`

/** The term a day lies in, and as many after it as a year has; nothing where the network names no terms. */
export function termsFrom(asked: string, terms: readonly ConveningTerm[]): TermOfYear[] {
  if (!terms.length) return []
  const day = inFourDigits(asked)
  const year = Number(day.slice(0, 4))
  const starts = [-1, 0, 1, 2]
    .flatMap((by) => terms.map(({ term, begins }) => ({ term, year: year + by, from: `${year + by}-${begins}` })))
    .sort((one, other) => (one.from < other.from ? -1 : 1))
  const first = starts.findLastIndex(({ from }) => from <= day)
  return starts.slice(first, first + terms.length).map((one, at) => ({
    ...one,
    key: `${one.term}-${one.year}`,
    until: dayBefore(starts[first + at + 1]!.from),
  }))
}

/** Such as `spring-2027`; null where the network names no terms. */
export const termOf = (day: string, terms: readonly ConveningTerm[]): string | null =>
  termsFrom(day, terms)[0]?.key ?? null

type Held = Readonly<{ term: string | null; startsAt: Date | null; timeZone: string }>

/**
 * convening.each_term (warns): the terms of the year ahead, the current one first, for which no convening is planned. A
 * convening counts for the term it is said to be for, otherwise for the one its first day lies in.
 */
export function missingTerms(
  convenings: readonly Held[],
  terms: readonly ConveningTerm[],
  { now, timeZone }: Readonly<{ now: Date; timeZone: string }>,
): TermOfYear[] {
  const planned = new Set(
    convenings.map((one) => one.term ?? (one.startsAt && termOf(localDay(one.startsAt, one.timeZone), terms))),
  )
  return termsFrom(localDay(now, timeZone), terms).filter(({ key }) => !planned.has(key))
}

/** From when a convening can count for a term of the year ahead: the day a year before. */
export const sinceForTerms = (now: Date): Date => new Date(`${yearBefore(now.toISOString().slice(0, 10))}T00:00:00Z`)
