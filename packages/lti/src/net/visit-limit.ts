import { isIPv6 } from 'node:net'

export type Counted =
  | Readonly<{ isOver: false }>
  /** `minute` is one and the same object until it is over. */
  | Readonly<{ isOver: true; retryAfterSeconds: number; minute: Minute }>
/** An address's visits of one kind since its first in this minute. */
export type Minute = { readonly from: number; visits: number; reference?: string }

const MINUTE_MS = 60_000
/** What is remembered is some 200 bytes each. With more addresses than this at once, those counted longest are begun anew. */
const MOST = 20_000

/**
 * Counts visits by address and kind. A whole campus may share one address, and a household of the newer kind has very many:
 * an IPv6 address counts as its /56.
 */
export function visitLimit(clock: () => Date): (address: string, kind: string, perMinute: number) => Counted {
  const minutes = new Map<string, Minute>()
  return (address, kind, perMinute) => {
    const now = clock().getTime()
    const key = `${kind} ${networkOf(address)}`
    const known = minutes.get(key)
    if (known && now - known.from < MINUTE_MS) {
      if (++known.visits <= perMinute) return { isOver: false }
      return { isOver: true, retryAfterSeconds: Math.ceil((known.from + MINUTE_MS - now) / 1000), minute: known }
    }
    // Taken out first, so that the one at the front is the one counted longest.
    minutes.delete(key)
    const oldest = minutes.keys().next().value
    if (minutes.size >= MOST && oldest !== undefined) minutes.delete(oldest)
    minutes.set(key, { from: now, visits: 1 })
    return { isOver: false }
  }
}

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  if (!isIPv6(address)) return address
  const [front = '', back] = address.split('%')[0]!.split('::')
  const groups = front.split(':').filter(Boolean)
  const after = back?.split(':').filter(Boolean) ?? []
  const whole = [...groups, ...Array.from({ length: 8 - groups.length - after.length }, () => '0'), ...after]
  const [one, two, three, four] = whole.map((group) => group.padStart(4, '0').toLowerCase())
  return `${one}:${two}:${three}:${four!.slice(0, 2)}`
}
