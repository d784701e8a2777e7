import { ok, refuse } from '../kernel/result.ts'

export const CONVENING_REFUSALS = [
  'convening.place',
  'convening.dates_together',
  'convening.no_dates',
  'convening.ends_before_start',
  'convening.closes_late',
  'convening.window',
  'convening.series_unknown',
  'convening.sessions_outside',
] as const

type Dates = Readonly<{ startsAt: Date | null; endsAt: Date | null; registrationClosesAt: Date | null }>
type Where = Readonly<{ place: string | null; joinUrl: string | null }>

/**
 * A convening is held in a place, online or both (as meeting.place), ends after it starts, and stops taking people
 * before it is over; or none of the three dates is set yet. Empty text counts as absent; what is kept has null instead.
 */
export function decideConvening<Details extends Dates & Where>(details: Details) {
  const { startsAt, endsAt, registrationClosesAt } = details
  const place = details.place || null
  const joinUrl = details.joinUrl || null
  if (!place && !joinUrl) return refuse('convening.place', {})
  if (!startsAt || !endsAt || !registrationClosesAt) {
    const isUnset = !startsAt && !endsAt && !registrationClosesAt
    return isUnset ? ok({ ...details, place, joinUrl }) : refuse('convening.dates_together', {})
  }
  if (endsAt <= startsAt) return refuse('convening.ends_before_start', { startsAt, endsAt })
  if (registrationClosesAt > endsAt) return refuse('convening.closes_late', { registrationClosesAt, endsAt })
  return ok({ ...details, place, joinUrl })
}
