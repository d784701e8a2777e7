import type { Db } from '@copractice/store/database'
import * as store from '@copractice/store/directory'
import { takeDomain } from './take-domain.ts'

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
    const tell = (action: string, more: object) =>
      store.insertAuditEntry(trx, {
        networkId,
        at: now,
        actorId: null,
        action: `sign_in.${action}`,
        subject: `institution:${institutionId}`,
        facts: { name, institutionId, ...more },
      })
    if (!(await takeDomain(trx, { place, domain, as: 'domain_released' }, tell))) return undefined
    return holder
  })
}
