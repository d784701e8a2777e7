import { readSignInDomain, type Actor } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import * as store from '@copractice/store/directory'
import { changeInstitutionSignIn, type KeepDeps, type OneSignIn } from './change-institution-sign-in.ts'
import { isStillSpeaker } from './speaker-of.ts'

/** Asked for by whoever sets it up; at once confirmed by whoever may confirm. */
export function addSignInDomain(
  deps: KeepDeps,
  actor: Actor,
  { institutionId, domain, speaker }: OneSignIn & Readonly<{ domain: string; speaker: string }>,
) {
  const read = readSignInDomain(domain)
  if (!read.ok) return Promise.resolve(read)
  return changeInstitutionSignIn(deps, actor, { institutionId }, async (trx, { access, place }, tell, now) => {
    const at = { ...place, domain: read.value }
    if (access === 'all') {
      if (!(await isStillSpeaker(trx, place, speaker))) return refuse('sign_in.speaker_changed', {})
      if (!(await store.confirmDomain(trx, at, now))) return refuse('sign_in.domain_elsewhere', { domain: read.value })
      await tell('domain_confirmed', { domain: read.value })
      return ok(undefined)
    }
    await store.insertSignInDomain(trx, at, now)
    await tell('domain_asked', { domain: read.value })
    return ok(undefined)
  })
}
