import { KeyObject } from 'node:crypto'
import { importJWK, type CryptoKey, type JWK } from 'jose'
import * as z from 'zod'
import { OutgoingFailure, type Outgoing } from '../net/outgoing.ts'
import { Refused } from './refused.ts'

/** Public keys of platforms by the address of their key set. */
export type PlatformKeys = Readonly<{
  /** Throws `Refused` with `launch.key_unknown` or `launch.keys_unreachable`. */
  keyFor: (jwksUri: string, kid: string) => Promise<KeyObject>
}>

const SECOND = 1000
const FRESH_FOR = 10 * 60 * SECOND
/** A set that cannot be read anew goes on being used this long: an LMS whose key page is down can still launch. */
const USABLE_FOR = 24 * 60 * 60 * SECOND
/** After a miss or a failure no one asks again for this long: strangers must not make us call a platform at will. */
const REST = 5 * SECOND
const TIMEOUT = 5 * SECOND
const MAX_BYTES = 256_000
const MOST_SETS = 2000

const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).max(100) })

type Cached = { keys: ReadonlyMap<string, KeyObject>; readAt: number; restUntil: number; reading: Promise<void> | null }

/** Keeps key sets in memory for a short while; a key id that is not in them is looked for once more. */
export function platformKeys({ outgoing, clock }: { outgoing: Outgoing; clock: () => Date }): PlatformKeys {
  const sets = new Map<string, Cached>()

  const cachedFor = (uri: string): Cached => {
    const known = sets.get(uri)
    if (known) return known
    const oldest = sets.keys().next().value
    if (sets.size >= MOST_SETS && oldest !== undefined) sets.delete(oldest)
    const empty: Cached = { keys: new Map(), readAt: 0, restUntil: 0, reading: null }
    sets.set(uri, empty)
    return empty
  }

  /** One reading at a time for each set; whoever comes meanwhile waits for the same one. */
  const read = (uri: string, set: Cached): Promise<void> => {
    const readNow = async () => {
      try {
        set.keys = await fetchKeys(outgoing, uri)
        set.readAt = clock().getTime()
      } catch (error) {
        set.restUntil = clock().getTime() + REST
        throw error
      } finally {
        set.reading = null
      }
    }
    set.reading ??= readNow()
    return set.reading
  }

  return {
    keyFor: async (uri, kid) => {
      const set = cachedFor(uri)
      const now = clock().getTime()
      const known = set.keys.get(kid)
      if (known && now - set.readAt < FRESH_FOR) return known
      if (now < set.restUntil && !set.reading) {
        if (known && now - set.readAt < USABLE_FOR) return known
        throw new Refused(set.readAt ? 'launch.key_unknown' : 'launch.keys_unreachable')
      }
      try {
        await read(uri, set)
      } catch (error) {
        if (known && now - set.readAt < USABLE_FOR) return known
        throw error
      }
      const found = set.keys.get(kid)
      if (found) return found
      set.restUntil = now + REST
      throw new Refused('launch.key_unknown')
    },
  }
}

async function fetchKeys(outgoing: Outgoing, uri: string): Promise<ReadonlyMap<string, KeyObject>> {
  try {
    const answer = await outgoing.send({
      method: 'GET',
      url: uri,
      headers: { accept: 'application/json' },
      timeoutMs: TIMEOUT,
      maxBytes: MAX_BYTES,
    })
    if (answer.status !== 200) throw new Refused('launch.keys_unreachable', { why: `status ${answer.status}` })
    const set = keySetIn(answer.text)
    if (!set) throw new Refused('launch.keys_unreachable', { why: 'no key set' })
    const usable = await Promise.all(set.keys.map(importSigningKey))
    return new Map(usable.flatMap((one) => (one ? [[one[0], KeyObject.from(one[1])]] : [])))
  } catch (error) {
    if (error instanceof OutgoingFailure) throw new Refused('launch.keys_unreachable', { why: error.message })
    throw error
  }
}

/** Undefined for what is none. Not a word of it is told: whoever chose the address would read there what only we can reach. */
function keySetIn(text: string): z.infer<typeof KeySet> | undefined {
  try {
    return KeySet.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

const MODULUS_BITS = [2048, 8192] as const

/**
 * RSA signing keys of 2048 to 8192 bits with an id; a set may hold others, which are none of ours to use: with an exponent
 * of 1 a signature is what anybody can write down, and with a very long one, or a longer key, it takes milliseconds to check.
 */
export async function importSigningKey(jwk: JWK): Promise<readonly [string, CryptoKey] | null> {
  const { kty, kid, use, alg } = jwk
  if (kty !== 'RSA' || !kid || (use ?? 'sig') !== 'sig' || (alg ?? 'RS256') !== 'RS256') return null
  try {
    const key = await importJWK({ kty, n: jwk.n, e: jwk.e }, 'RS256')
    if (!(key instanceof CryptoKey)) return null
    const { modulusLength = 0, publicExponent = 0n } = KeyObject.from(key).asymmetricKeyDetails ?? {}
    const [shortest, longest] = MODULUS_BITS
    const isSound = publicExponent >= 3n && publicExponent < 2n ** 32n && publicExponent % 2n === 1n
    return isSound && modulusLength >= shortest && modulusLength <= longest ? [kid, key] : null
  } catch {
    return null
  }
}
