import { ok, refuse } from '../kernel/result.ts'

/** How full a convening is. Capacity null is unlimited. */
export type Places = Readonly<{ capacity: number | null; registered: number; waitlisted: number }>

export type OpenConvening = Places &
  Readonly<{
    status: 'draft' | 'announced' | 'open' | 'closed'
    /** Null, both together, while the dates are not set. */
    registrationClosesAt: Date | null
    endsAt: Date | null
  }>

/** Free places, as many as may be given away now; Infinity without a capacity. */
export const freePlaces = ({ capacity, registered }: Places): number =>
  capacity === null ? Infinity : Math.max(0, capacity - registered)

/**
 * What the public page may offer. A free place goes to those who wait first, so whoever comes while somebody waits
 * joins the waitlist behind them.
 */
export function registrationOffered(convening: OpenConvening, now: Date): 'open' | 'waitlist' | 'closed' {
  const { status, registrationClosesAt } = convening
  if (status !== 'open' || !registrationClosesAt || now > registrationClosesAt) return 'closed'
  return freePlaces(convening) > convening.waitlisted ? 'open' : 'waitlist'
}

/** The status a newcomer gets. Refuses `convening.closed` unless registration is open at this moment. */
export function registerForConvening(convening: OpenConvening, now: Date) {
  const offered = registrationOffered(convening, now)
  if (offered === 'closed') return refuse('convening.closed', {})
  return ok(offered === 'open' ? ('registered' as const) : ('waitlisted' as const))
}

/** Registration can be opened once there are dates, until the convening is over. */
export function openRegistration(convening: Pick<OpenConvening, 'endsAt'>, now: Date) {
  if (!convening.endsAt) return refuse('convening.no_dates', {})
  return now >= convening.endsAt ? refuse('convening.over', { endsAt: convening.endsAt }) : ok('open' as const)
}
