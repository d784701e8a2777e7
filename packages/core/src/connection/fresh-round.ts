const WEEK = 7 * 86_400_000
const AHEAD = 2 * WEEK

type Dates = Readonly<{ submitUntil: Date; reviewUntil: Date }>

/**
 * The dates of a round made from an earlier one's set-up: as far apart, on the same weekday, moved on by whole weeks until
 * the work is due 14 days from now or later. A proposal; the instructor sees it in the draft.
 */
export function freshDates({ submitUntil, reviewUntil }: Dates, now: Date): Dates {
  const late = now.getTime() + AHEAD - submitUntil.getTime()
  const shift = Math.max(0, Math.ceil(late / WEEK)) * WEEK
  const moved = (date: Date) => new Date(date.getTime() + shift)
  return { submitUntil: moved(submitUntil), reviewUntil: moved(reviewUntil) }
}
