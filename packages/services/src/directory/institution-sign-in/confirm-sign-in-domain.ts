import type { Actor } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import * as store from '@copractice/store/directory'
import { notFound } from '../administrator.ts'
import { changeInstitutionSignIn, type KeepDeps, type OneSignIn } from './change-institution-sign-in.ts'
import { isStillSpeaker } from './speaker-of.ts'

/** Only a network admin, and only while the one they saw still speaks: one domain belongs to one institution. */
export function confirmSignInDomain(
  deps: KeepDeps,
  actor: Actor,
  { institutionId, domain, speaker }: OneSignIn & Readonly<{ domain: string; speaker: string }>,
) {
  return changeInstitutionSignIn(deps, actor, { institutionId, needs: 'all' }, async (trx, { place }, tell, now) => {
    const known = (await store.listSignInDomains(trx, place)).find((one) => one.domain === domain)
    if (!known) return notFound()
    if (known.confirmedAt) return ok(undefined)
    if (!(await isStillSpeaker(trx, place, speaker))) return refuse('sign_in.speaker_changed', {})
    if (!(await store.confirmDomain(trx, { ...place, domain }, now)))
      return refuse('sign_in.domain_elsewhere', { domain })
    await tell('domain_confirmed', { domain })
    return ok(undefined)
  })
}
