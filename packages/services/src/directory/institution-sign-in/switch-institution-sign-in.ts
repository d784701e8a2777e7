import type { Actor } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import * as store from '@copractice/store/directory'
import { notFound } from '../administrator.ts'
import { changeInstitutionSignIn, type KeepDeps, type OneSignIn } from './change-institution-sign-in.ts'

/** On and off, and whether it is the only way. Nobody is locked out by what nobody has come in by. */
export function switchInstitutionSignIn(
  deps: KeepDeps,
  actor: Actor,
  { institutionId, isOn, isOnly }: OneSignIn & { isOn: boolean; isOnly: boolean },
) {
  return changeInstitutionSignIn(deps, actor, { institutionId }, async (trx, { place }, tell) => {
    const before = await store.findInstitutionSignIn(trx, place)
    if (!before) return notFound()
    const domains = await store.listSignInDomains(trx, place)
    if (isOn && !domains.some(({ confirmedAt }) => confirmedAt)) return refuse('sign_in.no_domain', {})
    if (isOn && isOnly && !before.lastSignInAt) return refuse('sign_in.nobody_yet', {})
    await store.switchSignIn(trx, { ...place, isOn, isOnly })
    if (before.isOn !== isOn) await tell(isOn ? 'switched_on' : 'switched_off')
    if (before.isOnly !== (isOn && isOnly)) await tell(isOn && isOnly ? 'only_through' : 'not_only_through')
    return ok(undefined)
  })
}
