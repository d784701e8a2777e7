const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A course that nobody launched for this long is not read by itself any more; an instructor can still ask. */
export const ROSTER_IDLE_DAYS = 21

/** When a course's roster is read next by itself: 4 to 8 hours on by the dice, so that courses do not all come at once. */
export const nextRosterAt = (now: Date, roll: () => number): Date =>
  new Date(now.getTime() + Math.round((4 + 4 * roll()) * HOUR))

/** The first reading of a course that has been launched: within ten minutes by the dice. */
export const firstRosterAt = (now: Date, roll: () => number): Date =>
  new Date(now.getTime() + Math.round(roll() * 10 * MINUTE))

export type RosterPassLeft = Readonly<{
  startedAt: Date | null
  nextUrl: string | null
  hasDifferences: boolean
  fullAt: Date | null
}>

/**
 * How a claimed roster is read. A pass that was cut short in the last ten minutes goes on where it stopped; an older one
 * begins anew, because pages move while people come and go. Differences are enough where the LMS offers them and the
 * whole was read in the last day.
 */
export function planRosterPass(left: RosterPassLeft, now: Date): 'go_on' | 'differences' | 'whole' {
  const { startedAt, nextUrl, hasDifferences, fullAt } = left
  if (startedAt && nextUrl && now.getTime() - startedAt.getTime() < 10 * MINUTE) return 'go_on'
  return hasDifferences && fullAt && now.getTime() - fullAt.getTime() < DAY ? 'differences' : 'whole'
}

/** Nobody learns anything from asking again within a minute. */
export const mayAskAgainAt = (finishedAt: Date): Date => new Date(finishedAt.getTime() + MINUTE)
