import type { Actor } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import * as store from '@copractice/store/directory'
import { changeInstitutionSignIn, type KeepDeps, type OneSignIn } from './change-institution-sign-in.ts'

/** Whoever came by it is signed out. */
export function removeInstitutionSignIn(deps: KeepDeps, actor: Actor, one: OneSignIn) {
  return changeInstitutionSignIn(deps, actor, one, async (trx, { place }, tell) => {
    const before = await store.findInstitutionSignIn(trx, place)
    await store.deleteSignIn(trx, place)
    await store.endVouchedSessions(trx, place)
    if (before) await tell('removed', { kind: before.kind, issuer: before.issuer })
    return ok(undefined)
  })
}
