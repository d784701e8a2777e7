import * as z from 'zod'
import { unconfirmedAddresses, type Probe } from '@copractice/core/connection'
import type { ServicePlatform } from '@copractice/store/connection'
import type { ToolKeys } from '../keys/tool-keys.ts'
import { importSigningKey } from '../launch/platform-keys.ts'
import { isNoPublicName, OutgoingFailure, type Answer, type Outgoing } from '../net/outgoing.ts'
import { requestToken } from '../services/access-tokens.ts'
import { ServiceFailure } from '../services/trouble.ts'

/** The LMS's clock and ours at the same moment, as far as a Date header tells: to the second. */
export type ClockReading = Readonly<{ theirs: Date; ours: Date }>

/** Calls a self-test makes itself. None throws, none waits longer than a few seconds, none is answered from memory. */
export type LtiProbe = Readonly<{
  /** The LMS's key set, with the time of its answer. */
  lmsKeys: (
    platform: ServicePlatform,
  ) => Promise<Readonly<{ probe: Probe<{ keys: number }>; clock: ClockReading | null }>>
  /** Our own key set, by the address that LMSs are given. */
  ourKeys: () => Promise<Probe<{ isOurs: boolean }>>
  /** A fresh access token for one scope; it is used for nothing. */
  scope: (platform: ServicePlatform, scope: string) => Promise<Probe>
}>

const TIMEOUT = 5000
const MAX_BYTES = 256_000

const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).max(100) })

type Deps = Readonly<{ keys: ToolKeys; outgoing: Outgoing; publicUrl: string; clock: () => Date }>

export function probesPlatforms(deps: Deps): LtiProbe {
  const { keys, outgoing, publicUrl, clock } = deps
  const get = (url: string) =>
    outgoing.send({
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
      timeoutMs: TIMEOUT,
      maxBytes: MAX_BYTES,
    })
  return {
    lmsKeys: async ({ issuer, jwksUri, confirmedAddresses }) => {
      const [elsewhere] = unconfirmedAddresses({ issuer, jwksUri }, confirmedAddresses)
      if (elsewhere !== undefined)
        return { probe: { ok: false, why: 'address_elsewhere', detail: elsewhere }, clock: null }
      const asked = clock()
      try {
        const answer = await get(jwksUri)
        return { probe: await countKeys(answer), clock: readClock(answer, asked, clock()) }
      } catch (error) {
        return { probe: failedAtLms(error), clock: null }
      }
    },
    ourKeys: async () => {
      try {
        const [answer, ours] = await Promise.all([get(`${publicUrl}/lti/jwks.json`), keys.publicKeys()])
        const listed = keySetIn(answer)
        if (!listed) return unreadable(answer)
        const isOurs = ours.keys.every(({ kid }) => listed.some((key) => key.kid === kid))
        return { ok: true, isOurs }
      } catch (error) {
        return failed(error)
      }
    },
    scope: async (platform, scope) => {
      try {
        const granted = await requestToken(platform, scope, deps)
        const has = granted.scopes.split(/\s+/).includes(scope)
        return has ? { ok: true } : { ok: false, why: 'scope_missing', detail: 'not among those granted' }
      } catch (error) {
        return failedAtLms(error)
      }
    },
  }
}

function keySetIn(answer: Answer): z.infer<typeof KeySet>['keys'] | null {
  try {
    return answer.status === 200 ? KeySet.parse(JSON.parse(answer.text)).keys : null
  } catch {
    return null
  }
}

const unreadable = ({ status }: Answer) => ({ ok: false, why: 'unreadable', detail: `status ${status}` }) as const

/** How many of the LMS's keys a launch could be checked with. */
async function countKeys(answer: Answer): Promise<Probe<{ keys: number }>> {
  const listed = keySetIn(answer)
  if (!listed) return unreadable(answer)
  const usable = await Promise.all(listed.map((key) => importSigningKey(key)))
  const count = usable.filter((key) => key !== null).length
  return count ? { ok: true, keys: count } : { ok: false, why: 'unreadable', detail: 'no RSA signing key of 2048 bits' }
}

/** An answer kept by something in between is as old as its Age says. Our own moment is the middle of the call. */
function readClock(answer: Answer, asked: Date, answered: Date): ClockReading | null {
  const date = Date.parse(answer.header('date') ?? '')
  if (Number.isNaN(date)) return null
  const age = Number(answer.header('age') ?? 0)
  const theirs = new Date(date + (age > 0 ? age * 1000 : 0))
  // An age of more than there are dates is none.
  if (Number.isNaN(theirs.getTime())) return null
  return { theirs, ours: new Date((asked.getTime() + answered.getTime()) / 2) }
}

/** Whoever administers an institution chose the address: of every name that is not public they hear the same. */
function failedAtLms(error: unknown): Extract<Probe, { ok: false }> {
  const probe = failed(error)
  return isNoPublicName({ message: probe.detail }) ? { ...probe, why: 'address_refused' } : probe
}

function failed(error: unknown): Extract<Probe, { ok: false }> {
  if (error instanceof OutgoingFailure)
    return {
      ok: false,
      why: error.kind === 'address_refused' ? 'address_refused' : 'unreachable',
      detail: error.message,
    }
  if (!(error instanceof ServiceFailure)) throw error
  const { trouble } = error
  switch (trouble.kind) {
    case 'unauthorized':
      return { ok: false, why: 'refused', detail: trouble.reason }
    case 'busy':
    case 'unreachable':
      return { ok: false, why: 'unreachable', detail: trouble.reason }
    case 'refused':
      return { ok: false, why: whyOf(trouble.code), detail: trouble.reason }
  }
}

function whyOf(code: string): Extract<Probe, { ok: false }>['why'] {
  if (code === 'lms.invalid_scope') return 'scope_missing'
  if (code === 'lms.address_refused') return 'address_refused'
  if (code === 'lms.address_elsewhere') return 'address_elsewhere'
  return code === 'lms.answer_unreadable' || code === 'lms.answer_too_large' ? 'unreadable' : 'refused'
}
