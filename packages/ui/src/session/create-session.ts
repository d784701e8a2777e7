import * as z from 'zod'

/** What the server writes into the page it answers a launch with, and what sessionStorage keeps. */
const Kept = z.object({ token: z.string().min(1), expiresAt: z.iso.datetime({ offset: true }) })

export type Renewed = Readonly<{ token: string; expiresAt: Date }>
export type SessionState = 'none' | 'held' | 'ended'

export type SessionHolder = Readonly<{
  token: () => string | null
  state: () => SessionState
  hold: (session: Renewed) => void
  end: () => void
  subscribe: (listener: () => void) => () => void
  /** Renews before the end, each time the reader is there to be helped by it. Returns what stops it. */
  keepRenewed: (renew: () => Promise<Renewed | 'ended' | 'later'>) => () => void
}>

const KEY = 'copractice.session'
const RENEW_BEFORE_MS = 20 * 60_000
const LOOK_EVERY_MS = 60_000
/** A request that a change of network swallowed may never be answered; the next look asks again. */
const ANSWERED_WITHIN_MS = 30_000
const soon = () => new Promise<'later'>((resolve) => setTimeout(() => resolve('later'), ANSWERED_WITHIN_MS))

/**
 * Holds the session of this page: in memory, and in sessionStorage where the browser allows, so that a reload goes on.
 * It is read once from `<script type="application/json" id="session">`, which is then taken out of the page. The token
 * travels in a header only, never in an address.
 */
export function createSession(doc: Document = document): SessionHolder {
  const written = readWritten(doc)
  let held: Renewed | null = written ? { token: written.token, expiresAt: new Date(written.expiresAt) } : readStored()
  let hasEnded = false
  const listeners = new Set<() => void>()
  const changed = () => {
    store(held)
    for (const listener of listeners) listener()
  }
  if (written) store(held)

  const holder: SessionHolder = {
    token: () => held?.token ?? null,
    state: () => (held ? 'held' : hasEnded ? 'ended' : 'none'),
    hold: (session) => {
      held = session
      hasEnded = false
      changed()
    },
    end: () => {
      if (!held) return
      held = null
      hasEnded = true
      changed()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    keepRenewed: (renew) => {
      let isAsking = false
      // What was asked and not answered may have been done, and the token may hold for minutes only.
      let isUnanswered = false
      const look = async () => {
        if (!held || isAsking || (doc.visibilityState === 'hidden' && !isUnanswered)) return
        if (held.expiresAt.getTime() - Date.now() > RENEW_BEFORE_MS) return
        isAsking = true
        const answer = await Promise.race([renew(), soon()])
        isAsking = false
        isUnanswered = answer === 'later'
        if (answer === 'ended') holder.end()
        else if (answer !== 'later') holder.hold(answer)
      }
      const onLook = () => void look()
      const timer = setInterval(onLook, LOOK_EVERY_MS)
      doc.addEventListener('visibilitychange', onLook)
      onLook()
      return () => {
        clearInterval(timer)
        doc.removeEventListener('visibilitychange', onLook)
      }
    },
  }
  return holder
}

function readWritten(doc: Document) {
  const element = doc.getElementById('session')
  if (!element) return null
  element.remove()
  return parse(element.textContent)
}

function readStored(): Renewed | null {
  try {
    const stored = parse(window.sessionStorage.getItem(KEY))
    if (!stored || new Date(stored.expiresAt).getTime() <= Date.now()) return null
    return { token: stored.token, expiresAt: new Date(stored.expiresAt) }
  } catch {
    return null
  }
}

function store(session: Renewed | null): void {
  try {
    if (!session) window.sessionStorage.removeItem(KEY)
    else {
      const kept = { token: session.token, expiresAt: session.expiresAt.toISOString() }
      window.sessionStorage.setItem(KEY, JSON.stringify(kept))
    }
  } catch {
    // A frame without storage: memory holds it until the page is left.
  }
}

function parse(text: string | null): z.infer<typeof Kept> | null {
  if (!text) return null
  try {
    return Kept.parse(JSON.parse(text))
  } catch {
    return null
  }
}
