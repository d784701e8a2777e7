import type { Phase } from './contract.ts'

/** Each is said once to each person of a round. */
export const REMINDERS = ['work_due', 'reviews_due', 'reviews_untouched', 'reviews_received'] as const
export type Reminder = (typeof REMINDERS)[number]

const HOUR = 3_600_000
/** How long before the last moment somebody is reminded of it. */
const AHEAD = 48 * HOUR

/** Where somebody stands in a round. Dates are theirs, extensions included. `touched`: reviews begun or filed. */
export type StandsAt = Readonly<{
  phase: Phase
  workUntil: Date
  reviewsUntil: Date
  hasHandedIn: boolean
  assigned: number
  filed: number
  touched: number
  /** When the first of the reviews was given to them; null while none was. */
  assignedAt: Date | null
  /** Reviews of their own work that they can read now. */
  readable: number
}>

/**
 * What to remind somebody of now, what was said before left out. Before work or reviews are due: in the last 48 hours.
 * Untouched: more than half of the time for reviews has gone and none was begun. Received: there are reviews to read.
 */
export function dueReminders(at: StandsAt, said: ReadonlySet<Reminder>, now: Date): Reminder[] {
  const isSoon = (until: Date) => until > now && until.getTime() - now.getTime() <= AHEAD
  const owesReviews = at.phase === 'review' && at.filed < at.assigned
  const isHalfOver =
    at.assignedAt !== null && now.getTime() - at.assignedAt.getTime() > at.reviewsUntil.getTime() - now.getTime()
  const holds: Readonly<Record<Reminder, boolean>> = {
    work_due: at.phase === 'submit' && !at.hasHandedIn && isSoon(at.workUntil),
    reviews_due: owesReviews && isSoon(at.reviewsUntil),
    reviews_untouched:
      owesReviews && at.touched === 0 && isHalfOver && at.reviewsUntil > now && !isSoon(at.reviewsUntil),
    reviews_received: at.readable > 0,
  }
  return REMINDERS.filter((reminder) => holds[reminder] && !said.has(reminder))
}

/** Nobody is written to from 8 in the evening to 8 in the morning where they are. */
export function isQuietHour(now: Date, timeZone: string): boolean {
  const hour = Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(now))
  return hour >= 20 || hour < 8
}
