import type { Actor } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import * as store from '@copractice/store/directory'
import { notFound } from '../administrator.ts'
import { changeInstitutionSignIn, type KeepDeps, type OneSignIn } from './change-institution-sign-in.ts'

/** Without a confirmed domain nobody is offered the sign-in: with the last one it is switched off. */
export function removeSignInDomain(
  deps: KeepDeps,
  actor: Actor,
  { institutionId, domain }: OneSignIn & { domain: string },
) {
  return changeInstitutionSignIn(deps, actor, { institutionId }, async (trx, { place }, tell) => {
    if (!(await store.deleteSignInDomain(trx, { ...place, domain }))) return notFound()
    await store.endVouchedSessions(trx, place, { domain })
    await tell('domain_removed', { domain })
    const left = await store.listSignInDomains(trx, place)
    const kept = await store.findInstitutionSignIn(trx, place)
    if (kept?.isOn && !left.some(({ confirmedAt }) => confirmedAt)) {
      await store.switchSignIn(trx, { ...place, isOn: false, isOnly: false })
      await tell('switched_off')
    }
    return ok(undefined)
  })
}
