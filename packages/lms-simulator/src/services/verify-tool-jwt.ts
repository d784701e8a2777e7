import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose'
import type { Platform } from '../platform.ts'
import type { Tool } from '../state.ts'

const FETCH_MILLISECONDS = 5_000
/** Seconds a clock may lag before `exp` counts as past. */
const LATE_SECONDS = 5

export type Verified = { ok: true; claims: JWTPayload } | { ok: false; reason: string }

async function keySetOf(platform: Platform, tool: Tool): Promise<JSONWebKeySet> {
  const now = platform.now().getTime()
  const kept = platform.keySets.get(tool.jwksUrl)
  if (kept !== undefined && now - kept.readAt < platform.keepsKeySetsSeconds * 1000) return kept.keys as JSONWebKeySet
  const keys = await fetchKeySet(tool)
  platform.keySets.set(tool.jwksUrl, { readAt: now, keys })
  return keys
}

async function fetchKeySet(tool: Tool): Promise<JSONWebKeySet> {
  const response = await fetch(tool.jwksUrl, {
    headers: { Accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_MILLISECONDS),
  })
  if (!response.ok) throw new Error(`the tool’s key set answered ${response.status}`)
  return (await response.json()) as JSONWebKeySet
}

/** Verifies a JWT the tool signed: RS256 with a key of its published set, iss, aud, exp, iat; nothing about reuse. */
export async function verifyToolJwt(platform: Platform, tool: Tool, jwt: string, audience: string): Promise<Verified> {
  const now = platform.now()
  try {
    decodeJwt(jwt)
    const { payload } = await jwtVerify(jwt, createLocalJWKSet(await keySetOf(platform, tool)), {
      algorithms: ['RS256'],
      issuer: tool.clientId,
      audience,
      requiredClaims: ['iss', 'aud', 'iat', 'exp'],
      currentDate: now,
      clockTolerance: LATE_SECONDS,
    })
    const ahead = (payload.iat ?? 0) - now.getTime() / 1000
    const { iatAheadSeconds, iatMaxAgeSeconds } = platform.dialect
    // A whole second is lost by rounding alone.
    if (ahead > Math.max(1, iatAheadSeconds)) return { ok: false, reason: 'iat lies in the future' }
    if (iatMaxAgeSeconds !== undefined && -ahead > iatMaxAgeSeconds) return { ok: false, reason: 'iat is too old' }
    return { ok: true, claims: payload }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : 'not a JWT' }
  }
}

/** True the first time a value of this kind is seen from this tool. */
export function isFirstUse(platform: Platform, tool: Tool, kind: 'jti' | 'nonce', value: unknown): boolean {
  if (typeof value !== 'string' || value === '') return false
  const name = `${kind} ${tool.clientId} ${value}`
  if (platform.seen.has(name)) return false
  platform.seen.add(name)
  return true
}
