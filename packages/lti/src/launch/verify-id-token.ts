import { verify } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import type { PlatformKeys } from './platform-keys.ts'
import { Refused } from './refused.ts'

export type Expected = Readonly<{ issuer: string; clientId: string; jwksUri: string; nonce: string }>
export type Payload = Readonly<Record<string, unknown>>

/** How far a platform's clock may be from ours. */
const CLOCK_TOLERANCE_SECONDS = 60
/** Keys or addresses of keys inside the message: only the platform's registered key set counts. */
const FOREIGN_KEYS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64'] as const

type Deps = Readonly<{
  keys: PlatformKeys
  clock: () => Date
  /** Whether all of these client ids are our own at that issuer: only then may a message name them beside us. */
  areOurs: (issuer: string, clientIds: readonly string[]) => Promise<boolean>
}>

/**
 * Proves that a message comes from the platform we sent this login to, is meant for us, for this login and for now.
 * Throws `Refused` with the first thing that does not hold (LTI Security Framework 5.1.3; OpenID Connect Core 3.1.3.7).
 */
export async function verifyIdToken(idToken: string, expected: Expected, deps: Deps): Promise<Payload> {
  const payload = await verifySignature(idToken, expected.jwksUri, deps.keys)
  if (payload['iss'] !== expected.issuer) throw new Refused('launch.issuer_mismatch')
  await checkAudience(payload, expected, deps.areOurs)
  checkTimes(payload, deps.clock().getTime() / 1000)
  if (typeof payload['nonce'] !== 'string' || !payload['nonce']) throw new Refused('launch.nonce_missing')
  if (payload['nonce'] !== expected.nonce) throw new Refused('launch.nonce_mismatch')
  return payload
}

async function verifySignature(idToken: string, jwksUri: string, keys: PlatformKeys): Promise<Payload> {
  const header = readHeader(idToken)
  if (header['alg'] !== 'RS256') throw new Refused('launch.algorithm_refused', { alg: printable(header['alg']) })
  const foreign = FOREIGN_KEYS.find((name) => Object.hasOwn(header, name))
  if (foreign) throw new Refused('launch.header_refused', { header: foreign })
  const kid = header['kid']
  if (typeof kid !== 'string' || !kid) throw new Refused('launch.key_missing')
  const key = await keys.keyFor(jwksUri, kid)
  const [, signed, payload, signature] = COMPACT.exec(idToken) ?? []
  if (!signed || !payload || !signature) throw new Refused('launch.token_unreadable')
  // In place: an RSA-2048 check takes 25 microseconds, and to hand it to another thread and back costs twice that.
  if (!verify('RSA-SHA256', Buffer.from(signed), key, Buffer.from(signature, 'base64url')))
    throw new Refused('launch.signature_wrong')
  return asObject(() => JSON.parse(UTF8.decode(Buffer.from(payload, 'base64url'))))
}

/** RFC 7515, 7.1: three parts of base64url, without padding or anything between. The first two are what was signed. */
const COMPACT = /^([\w-]+\.([\w-]+))\.([\w-]+)$/
const UTF8 = new TextDecoder('utf-8', { fatal: true })

function readHeader(idToken: string): Payload {
  return asObject(() => decodeProtectedHeader(idToken))
}

function asObject(read: () => unknown): Payload {
  let value: unknown
  try {
    value = read()
  } catch {
    throw new Refused('launch.token_unreadable')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refused('launch.token_unreadable')
  return value as Payload
}

async function checkAudience(
  payload: Payload,
  { issuer, clientId }: Expected,
  areOurs: Deps['areOurs'],
): Promise<void> {
  const { aud, azp } = payload as { aud?: unknown; azp?: unknown }
  const audiences = Array.isArray(aud) ? (aud as unknown[]) : [aud]
  const isText = audiences.every((audience) => typeof audience === 'string')
  if (!isText || !audiences.includes(clientId)) throw new Refused('launch.audience_mismatch', { claim: 'aud' })
  if (azp !== undefined && azp !== clientId) throw new Refused('launch.audience_mismatch', { claim: 'azp' })

  const others = audiences.filter((audience) => audience !== clientId)
  if (!others.length) return
  const isAddressedToUs = azp === clientId && (await areOurs(issuer, others))
  if (!isAddressedToUs) throw new Refused('launch.audience_mismatch', { claim: azp === undefined ? 'azp' : 'aud' })
}

function checkTimes(payload: Payload, now: number): void {
  for (const claim of ['exp', 'iat', 'nbf'] as const) {
    const value = payload[claim]
    if (claim === 'nbf' && value === undefined) continue
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new Refused('launch.claim_refused', { claim })
  }
  const { exp, iat, nbf = 0 } = payload as { exp: number; iat: number; nbf?: number }
  if (exp <= now - CLOCK_TOLERANCE_SECONDS)
    throw new Refused('launch.token_expired', { seconds: Math.round(now - exp) })
  if (Math.max(iat, nbf) > now + CLOCK_TOLERANCE_SECONDS)
    throw new Refused('launch.token_from_future', { seconds: Math.round(Math.max(iat, nbf) - now) })
}

const printable = (value: unknown) => (typeof value === 'string' ? value.slice(0, 20) : typeof value)
