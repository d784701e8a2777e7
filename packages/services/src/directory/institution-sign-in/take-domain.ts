import type { InstitutionId, NetworkId } from '@copractice/core/kernel'
import type { Trx } from '@copractice/store/database'
import * as store from '@copractice/store/directory'

type Taken = Readonly<{
  place: Readonly<{ networkId: NetworkId; institutionId: InstitutionId }>
  domain: string
  as: 'domain_removed' | 'domain_released'
}>

/**
 * Takes a domain from an institution whose sign-in the caller holds: whoever came by it is signed out, and with the last confirmed one
 * the sign-in is switched off, since nobody is offered it without. `tell` writes to the audit log. False: it had none such.
 */
export async function takeDomain(
  trx: Trx,
  { place, domain, as }: Taken,
  tell: (action: string, facts: object) => Promise<void>,
): Promise<boolean> {
  if (!(await store.deleteSignInDomain(trx, { ...place, domain }))) return false
  await store.endVouchedSessions(trx, place, { domain })
  await tell(as, { domain })
  const left = await store.listSignInDomains(trx, place)
  const kept = await store.findInstitutionSignIn(trx, place)
  if (kept?.isOn && !left.some(({ confirmedAt }) => confirmedAt)) {
    await store.switchSignIn(trx, { ...place, isOn: false, isOnly: false })
    await tell('switched_off', {})
  }
  return true
}
