import { ok, refuse } from '../kernel/result.ts'
import { decideWindow } from './decide-window.ts'

export const SESSION_REFUSALS = ['session.place', 'session.times', 'session.outside', 'convening.window'] as const

type Plan = Readonly<{ startsAt: Date; endsAt: Date; place: string | null; joinUrl: string | null }>
type Around = Readonly<{
  startsAt: Date | null
  endsAt: Date | null
  timeZone: string
  window: Readonly<{ from: string; until: string }> | null
}>

/**
 * A session has a place, an online address or both, ends after it starts, and lies within the convening's dates and the
 * programme's (convening.window). While the convening has no dates nothing can lie within them: `session.outside`.
 */
export function decideSession<P extends Plan>(plan: P, convening: Around) {
  const place = plan.place || null
  const joinUrl = plan.joinUrl || null
  if (!place && !joinUrl) return refuse('session.place', {})
  if (plan.endsAt <= plan.startsAt) return refuse('session.times', {})
  const { startsAt, endsAt } = convening
  if (!startsAt || !endsAt || plan.startsAt < startsAt || plan.endsAt > endsAt) return refuse('session.outside', {})
  const inside = decideWindow(convening.window, convening.timeZone, [plan])
  return inside.ok ? ok({ ...plan, place, joinUrl }) : inside
}
