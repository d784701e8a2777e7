const DAY_MS = 86_400_000
const AHEAD_MS = 14 * DAY_MS

type Dates = Readonly<{
  openFrom: Date | null
  submitUntil: Date
  reviewUntil: Date
  reviseUntil: Date | null
  timeZone: string
}>

/** By how many weeks a round's dates move until its work is due 14 days from now or later; 0 where it already is. */
export function weeksAhead({ submitUntil }: Pick<Dates, 'submitUntil'>, now: Date): number {
  return Math.max(0, Math.ceil((now.getTime() + AHEAD_MS - submitUntil.getTime()) / (7 * DAY_MS)))
}

/**
 * The dates of a round made from an earlier one's set-up: on the same weekday and at the same time of day where the round
 * is, also across a change of the clocks, `weeks` later. A proposal; the instructor sees it in the draft.
 */
export function datesAfterWeeks(round: Dates, weeks: number): Omit<Dates, 'timeZone'> {
  const moved = (date: Date) => addDays(date, weeks * 7, round.timeZone)
  return {
    openFrom: round.openFrom && moved(round.openFrom),
    submitUntil: moved(round.submitUntil),
    reviewUntil: moved(round.reviewUntil),
    reviseUntil: round.reviseUntil && moved(round.reviseUntil),
  }
}

function addDays(date: Date, days: number, timeZone: string): Date {
  if (days === 0) return date
  const moved = new Date(date.getTime() + days * DAY_MS)
  return new Date(moved.getTime() + offsetOf(date, timeZone) - offsetOf(moved, timeZone))
}

/** How far the clock there is ahead of UTC at that instant, in milliseconds. */
function offsetOf(date: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(date)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)!.value)
  const clock = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return clock - Math.floor(date.getTime() / 1000) * 1000
}
