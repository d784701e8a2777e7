import type { Actor } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import { notFound } from '../administrator.ts'
import { changeInstitutionSignIn, type KeepDeps, type OneSignIn } from './change-institution-sign-in.ts'
import { takeDomain } from './take-domain.ts'

/** Without a confirmed domain nobody is offered the sign-in: with the last one it is switched off. */
export function removeSignInDomain(
  deps: KeepDeps,
  actor: Actor,
  { institutionId, domain }: OneSignIn & { domain: string },
) {
  return changeInstitutionSignIn(deps, actor, { institutionId }, async (trx, { place }, tell) => {
    const isTaken = await takeDomain(trx, { place, domain, as: 'domain_removed' }, tell)
    return isTaken ? ok(undefined) : notFound()
  })
}
