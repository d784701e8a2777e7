import { ok, refuse } from '../kernel/result.ts'
import { localDay } from './local-day.ts'

type Window = Readonly<{ from: string; until: string }>
type Span = Readonly<{ startsAt: Date; endsAt: Date }>

/**
 * convening.window: what a convening does lies within its programme's days of the year (`MM-DD`, both included), by the
 * convening's own clock. Refuses with the window and the first activity outside it. A moment at midnight ends the day before.
 */
export function decideWindow(window: Window | null, timeZone: string, spans: readonly Span[]) {
  if (!window) return ok(undefined)
  for (const { startsAt, endsAt } of spans) {
    const first = localDay(startsAt, timeZone)
    const last = localDay(new Date(Math.max(startsAt.getTime(), endsAt.getTime() - 1)), timeZone)
    const isInside =
      first.slice(0, 4) === last.slice(0, 4) && first.slice(5) >= window.from && last.slice(5) <= window.until
    if (!isInside) return refuse('convening.window', { ...window, startsAt: startsAt.toISOString() })
  }
  return ok(undefined)
}
