/** One LMS connection of an institution, as far as its state goes. Instants; null is never. */
export type ConnectionFacts = Readonly<{
  status: 'parked' | 'active' | 'disabled'
  lastLaunchAt: Date | null
  lastErrorAt: Date | null
}>

export const CONNECTION_STATES = ['refusing', 'parked', 'connected', 'waiting', 'disabled', 'invited', 'none'] as const
/**
 * What an institution's LMS connections add up to:
 * `refusing` the latest thing that happened on an active one is a refused launch; `parked` one waits to be confirmed;
 * `connected` somebody came in; `waiting` ready, nobody came in yet; `disabled` all are switched off;
 * `invited` an invite is out; `none` nothing was begun.
 */
export type ConnectionState = (typeof CONNECTION_STATES)[number]

/** The state that most needs a person wins: a refusal before a parked one before what works. */
export function connectionState(connections: readonly ConnectionFacts[], isInvited: boolean): ConnectionState {
  const active = connections.filter(({ status }) => status === 'active')
  if (active.some(isRefusing)) return 'refusing'
  if (connections.some(({ status }) => status === 'parked')) return 'parked'
  if (active.some(({ lastLaunchAt }) => lastLaunchAt !== null)) return 'connected'
  if (active.length) return 'waiting'
  if (isInvited) return 'invited'
  return connections.length ? 'disabled' : 'none'
}

/** A refusal that a later launch has answered is over. */
function isRefusing({ lastErrorAt, lastLaunchAt }: ConnectionFacts): boolean {
  return lastErrorAt !== null && (lastLaunchAt === null || lastErrorAt > lastLaunchAt)
}
