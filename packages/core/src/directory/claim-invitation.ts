import { ok, refuse } from '../kernel/result.ts'
import type { SpaceSession } from './space-session.ts'

/** What the mailed code is like: long enough that five tries are one in twenty million. */
export const CLAIM_CODE_DIGITS = 8
export const CLAIM_CODE_MINUTES = 15
export const CLAIM_CODE_TRIES = 5

/** How many codes may be asked for within an hour. A campus has one network address for all its people. */
export const CLAIM_HOUR_LIMITS = { person: 5, address: 5, network: 200 } as const

type Asker = Readonly<{
  actor: Pick<SpaceSession['actor'], 'isTest' | 'isAnonymous' | 'grants'>
  courseLinkId: SpaceSession['courseLinkId']
}>

/**
 * Whether somebody may say that an invitation by mail was theirs: a person whom an LMS course sent. A test student and a
 * visitor without a name are nobody who could hold a seat. Whoever has a role would hand it to the address with the way
 * to sign in to the admin app, so their administrators do that for them.
 */
export function mayClaim({ actor, courseLinkId }: Asker) {
  if (actor.isTest || actor.isAnonymous) return refuse('claim.test_person', {})
  if (!courseLinkId) return refuse('claim.not_launched', {})
  if (actor.grants.length) return refuse('claim.own_role', {})
  return ok(undefined)
}

/** What one of the two brings: how many roles they hold, and the LMSs (issuer and client) that know them. */
export type ClaimSide = Readonly<{ roles: number; lmss: readonly Readonly<{ issuer: string; clientId: string }>[] }>

/**
 * Whether the person of the launch and the invited one, both proven, may become one by themselves. A role is handed on by
 * administrators alone. Two accounts of one LMS stay two: that LMS has two gradebook rows, and a score would have to guess.
 */
export function decideClaim({ asker, invited }: Readonly<{ asker: ClaimSide; invited: ClaimSide }>) {
  if (asker.roles) return refuse('claim.own_role', {})
  if (invited.roles) return refuse('claim.holds_role', {})
  const isKnownTwice = invited.lmss.some((one) =>
    asker.lmss.some(({ issuer, clientId }) => issuer === one.issuer && clientId === one.clientId),
  )
  return isKnownTwice ? refuse('claim.same_lms', {}) : ok(undefined)
}
