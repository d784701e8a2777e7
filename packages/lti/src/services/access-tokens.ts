import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import * as z from 'zod'
import {
  deleteAccessToken,
  findAccessToken,
  saveAccessToken,
  type AccessTokenKey,
  type ServicePlatform,
} from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import type { Sealer } from '../keys/sealer.ts'
import { refuseTokensElsewhere } from '../launch/addresses-stood-for.ts'
import type { ToolKeys } from '../keys/tool-keys.ts'
import { OutgoingFailure, type Outgoing } from '../net/outgoing.ts'
import { ServiceFailure, troubleOf, troubleOfFailure, unreadable } from './trouble.ts'

/** Access tokens to platforms' services. Throws `ServiceFailure`. */
export type AccessTokens = Readonly<{
  /** A token for these scopes, at hand or asked for; of any number at once, one asks. */
  get: (platform: ServicePlatform, scopes: readonly string[]) => Promise<string>
  /** Forgets a token that the platform no longer takes. */
  drop: (platform: ServicePlatform, scopes: readonly string[], token: string) => Promise<void>
}>

type Held = Readonly<{ token: string; sealed: string; until: number }>
type Deps = Readonly<{ db: Db; sealer: Sealer; keys: ToolKeys; outgoing: Outgoing; clock: () => Date }>

const AGS = 'https://purl.imsglobal.org/spec/lti-ags/scope/'
/** Asked for together: a platform gives one token an hour for its gradebook rather than one for each part of it. */
const GRADEBOOK: readonly string[] = [`${AGS}lineitem`, `${AGS}result.readonly`, `${AGS}score`]

const SECOND = 1000
/** Platforms' clocks run behind ours, by as much as launches forgive, and Moodle refuses what was signed "ahead" of it. */
const BACKDATED_SECONDS = 60
const ASSERTION_SECONDS = 300
/** A token is renewed this long before it ends, so that none ends on the way. */
const RENEWED_EARLY = 60 * SECOND
const DEFAULT_LIFETIME_SECONDS = 3600

export function accessTokens(deps: Deps): AccessTokens {
  const { db, sealer, clock } = deps
  const held = new Map<string, Held>()
  const asking = new Map<string, Promise<Held>>()
  /** Platforms that refuse one token for the whole gradebook, because they allow us only a part of it. */
  const apart = new Set<string>()
  const keyOf = ({ networkId, platformId }: ServicePlatform, scopes: readonly string[]): AccessTokenKey => {
    const isWhole = !apart.has(platformId) && scopes.every((scope) => GRADEBOOK.includes(scope))
    return { networkId, platformId, scopes: [...(isWhole ? GRADEBOOK : scopes)].sort().join(' ') }
  }
  const nameOf = (key: AccessTokenKey) => `lti_access_token:${key.platformId} ${key.scopes}`

  const obtain = async (platform: ServicePlatform, key: AccessTokenKey): Promise<Held> => {
    const kept = await findAccessToken(db, key, clock())
    if (kept) {
      const token = sealer.open(kept.tokenSealed, nameOf(key))
      return { token, sealed: kept.tokenSealed, until: kept.expiresAt.getTime() }
    }
    const granted = await requestToken(platform, key.scopes, deps)
    const lifetime = granted.lifetimeSeconds * SECOND
    const expiresAt = new Date(clock().getTime() + Math.max(lifetime - RENEWED_EARLY, lifetime / 2))
    const sealed = sealer.seal(granted.token, nameOf(key))
    await saveAccessToken(db, key, { tokenSealed: sealed, grantedScopes: granted.scopes, expiresAt })
    return { token: granted.token, sealed, until: expiresAt.getTime() }
  }

  const getFor = async (platform: ServicePlatform, key: AccessTokenKey): Promise<string> => {
    const name = nameOf(key)
    const known = held.get(name)
    if (known && known.until > clock().getTime()) return known.token
    const asked = asking.get(name) ?? obtain(platform, key).finally(() => asking.delete(name))
    asking.set(name, asked)
    const fresh = await asked
    held.set(name, fresh)
    return fresh.token
  }

  return {
    get: async (platform, scopes) => {
      refuseTokensElsewhere(platform)
      const key = keyOf(platform, scopes)
      try {
        return await getFor(platform, key)
      } catch (error) {
        if (!isScopeRefused(error) || key.scopes === [...scopes].sort().join(' ')) throw error
        apart.add(platform.platformId)
        return getFor(platform, keyOf(platform, scopes))
      }
    },
    drop: async (platform, scopes, token) => {
      const key = keyOf(platform, scopes)
      const known = held.get(nameOf(key))
      if (known?.token !== token) return
      held.delete(nameOf(key))
      await deleteAccessToken(db, key, known.sealed)
    },
  }
}

const isScopeRefused = (error: unknown): boolean =>
  error instanceof ServiceFailure && error.trouble.kind === 'refused' && error.trouble.code === 'lms.invalid_scope'

const Granted = z.object({
  access_token: z.string().min(1).max(20_000),
  expires_in: z.coerce.number().positive().max(86_400).catch(DEFAULT_LIFETIME_SECONDS),
  /** Printable ASCII (RFC 6749, 3.3); anything else counts as not told. */
  scope: z
    .string()
    .max(5000)
    .regex(/^[\x20-\x7e]*$/)
    .optional()
    .catch(undefined),
})
const Denied = z.object({ error: z.string().max(60) })

/** Client credentials with a signed assertion (LTI Security Framework 4.1). Moodle answers JSON as text/html. */
export async function requestToken(
  platform: ServicePlatform,
  scopes: string,
  { keys, outgoing, clock }: Pick<Deps, 'keys' | 'outgoing' | 'clock'>,
) {
  refuseTokensElsewhere(platform)
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion(platform, keys, clock()),
    scope: scopes,
  }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  const answer = await outgoing
    .send({ method: 'POST', url: platform.tokenEndpoint, headers, body, maxBytes: 100_000 })
    .catch((error: unknown) => {
      throw error instanceof OutgoingFailure ? new ServiceFailure(troubleOfFailure(error)) : error
    })

  const json = readJson(answer.text)
  if (answer.status === 200) {
    const granted = Granted.safeParse(json)
    if (!granted.success) throw new ServiceFailure(unreadable())
    const { access_token: token, expires_in: lifetimeSeconds, scope } = granted.data
    return { token, lifetimeSeconds, scopes: scope ?? scopes }
  }
  const denied = Denied.safeParse(json)
  if (answer.status === 400 && denied.success) throw new ServiceFailure(denial(denied.data.error))
  const trouble = troubleOf(answer, clock())
  // Of a course or column it says nothing: it is the way to both that is closed.
  throw new ServiceFailure(trouble.kind === 'refused' ? noAccess(answer.status) : trouble)
}

async function assertion(platform: ServicePlatform, keys: ToolKeys, now: Date): Promise<string> {
  const { kid, key } = await keys.signingKey()
  const issuedAt = Math.floor(now.getTime() / 1000) - BACKDATED_SECONDS
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
    .setIssuer(platform.clientId)
    .setSubject(platform.clientId)
    .setAudience(platform.tokenAudience ?? platform.tokenEndpoint)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ASSERTION_SECONDS)
    .setJti(randomUUID())
    .sign(key)
}

function denial(error: string): ServiceFailure['trouble'] {
  const code = error.replace(/[^\w]/g, '_')
  return code === 'invalid_scope'
    ? { kind: 'refused', code: 'lms.invalid_scope', reason: 'The LMS does not allow our tool this service.' }
    : noAccess(code)
}

const noAccess = (why: string | number): ServiceFailure['trouble'] => ({
  kind: 'unauthorized',
  reason: `The LMS did not give us access (${why}). The connection has to be looked at.`,
})

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
