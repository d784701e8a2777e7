import type { Db } from '@copractice/store/database'
import * as store from '@copractice/store/directory'

/**
 * Takes a confirmed domain from whoever holds it, in whichever network, for the operator of the installation alone: a
 * network cannot reach into another. As where it is removed on the institution's page, whoever came by it is signed out,
 * and with the last confirmed domain the sign-in is off; the holder's network reads of it in its audit log. Undefined:
 * nobody holds it, or the holder changed while it was read.
 */
export function releaseDomain(db: Db, domain: string, now: Date): Promise<store.DomainHolder | undefined> {
  return db.transaction().execute(async (trx) => {
    const holder = await store.findDomainHolder(trx, domain)
    if (!holder) return undefined
    const { networkId, institutionId, institution: name } = holder
    const place = { networkId, institutionId }
    await store.lockSignIn(trx, place)
    // Read before it was held: meanwhile it may have been taken away, or be another's.
    const still = await store.findDomainHolder(trx, domain)
    if (still?.networkId !== networkId || still.institutionId !== institutionId) return undefined
    if (!(await store.deleteSignInDomain(trx, { ...place, domain }))) return undefined
    await store.endVouchedSessions(trx, place, { domain })
    const tell = (action: string) =>
      store.insertAuditEntry(trx, {
        networkId,
        at: now,
        actorId: null,
        action,
        subject: `institution:${institutionId}`,
        facts: { name, institutionId, domain },
      })
    await tell('sign_in.domain_released')
    const left = await store.listSignInDomains(trx, place)
    const kept = await store.findInstitutionSignIn(trx, place)
    if (kept?.isOn && !left.some(({ confirmedAt }) => confirmedAt)) {
      await store.switchSignIn(trx, { ...place, isOn: false, isOnly: false })
      await tell('sign_in.switched_off')
    }
    return holder
  })
}
