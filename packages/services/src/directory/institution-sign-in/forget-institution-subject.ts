import type { Actor } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import * as store from '@copractice/store/directory'
import { notFound } from '../administrator.ts'
import { changeInstitutionSignIn, type KeepDeps, type OneSignIn } from './change-institution-sign-in.ts'

/** For an address that was given to somebody else: only a network admin says that it is theirs now. */
export function forgetInstitutionSubject(
  deps: KeepDeps,
  actor: Actor,
  { institutionId, email }: OneSignIn & { email: string },
) {
  return changeInstitutionSignIn(deps, actor, { institutionId, needs: 'all' }, async (trx, { place }, tell) => {
    const kept = await store.findInstitutionSignIn(trx, place)
    if (!kept) return notFound()
    const { networkId } = place
    const forgotten = await store.forgetSubjects(trx, { networkId, email, kind: kept.kind, issuer: kept.issuer })
    if (!forgotten.length) return refuse('sign_in.nothing_remembered', {})
    // Whoever had the address before is signed in with it still.
    await store.endVouchedSessions(trx, place, { email })
    await tell('forgotten', { email, personId: forgotten[0] })
    return ok(undefined)
  })
}
