import type { ConveningSessionId } from '../kernel/ids.ts'
import { ok, refuse } from '../kernel/result.ts'
import { freePlaces } from './register-for-convening.ts'

/** A session with how full it is; only people who hold a place in the convening count. Capacity null: as many as come. */
export type SessionPlaces = Readonly<{
  id: ConveningSessionId
  title: string
  startsAt: Date
  endsAt: Date
  capacity: number | null
  chosen: number
  waitlisted: number
}>
export type SessionChoice = Readonly<{ sessionId: ConveningSessionId; status: 'chosen' | 'waitlisted' }>
type Asking = Readonly<{
  wanted: readonly ConveningSessionId[]
  /** What they hold already, which they keep. */
  held: readonly SessionChoice[]
  /** Whoever waits for a place in the convening waits for its sessions too. */
  hasPlace: boolean
}>

const asPlaces = ({ capacity, chosen, waitlisted }: SessionPlaces) => ({ capacity, registered: chosen, waitlisted })

/** A free place goes to those who wait first. */
export const sessionOffered = (session: SessionPlaces): 'open' | 'waitlist' =>
  freePlaces(asPlaces(session)) > session.waitlisted ? 'open' : 'waitlist'

/** Two of them that run at the same time, if any do. */
export function findOverlap<Span extends Readonly<{ startsAt: Date; endsAt: Date }>>(sessions: readonly Span[]) {
  const inOrder = [...sessions].sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
  let last: Span | undefined
  for (const one of inOrder) {
    if (last && one.startsAt < last.endsAt) return [last, one] as const
    if (!last || one.endsAt > last.endsAt) last = one
  }
  return undefined
}

/**
 * The choices somebody has afterwards: what they held stays as it was, what is new gets a place or waits. Refuses
 * `session.unknown` (not of this convening) and `session.overlap` (two at the same time).
 */
export function chooseSessions(sessions: readonly SessionPlaces[], { wanted, held, hasPlace }: Asking) {
  const byId = new Map(sessions.map((session) => [session.id, session]))
  const chosen = [...new Set(wanted)].map((id) => byId.get(id))
  if (!chosen.every((session) => session !== undefined)) return refuse('session.unknown', {})
  const clash = findOverlap(chosen)
  if (clash) return refuse('session.overlap', { first: clash[0].title, second: clash[1].title })
  return ok(
    chosen.map((session): SessionChoice => {
      const before = held.find(({ sessionId }) => sessionId === session.id)
      if (before) return before
      const status = hasPlace && sessionOffered(session) === 'open' ? 'chosen' : 'waitlisted'
      return { sessionId: session.id, status }
    }),
  )
}

/** How many who wait for a session get a place now. */
export const sessionPlacesToGive = (session: SessionPlaces): number =>
  Math.min(session.waitlisted, freePlaces(asPlaces(session)))
