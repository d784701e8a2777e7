import { adminReach, mayAdminister, type Actor, type Administered } from '@copractice/core/directory'
import { refuse, type RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '@copractice/store/database'
import { insertAuditEntries, listRegions, type AdminScope } from '@copractice/store/directory'

/** Missing and not-yours answer alike. */
export const notFound = () => refuse('directory.not_found', {})

/** Whose rows the actor may see in the admin app. Somebody without a grant sees none. */
export const scopeOf = (actor: Actor): AdminScope => ({
  networkId: actor.networkId,
  reach: adminReach(actor) ?? { regions: [], institutions: [] },
})

/** Whether the actor administers a region that their network really has. */
export async function administersRegion(db: Db | Trx, actor: Actor, regionId: RegionId): Promise<boolean> {
  if (!mayAdminister(actor, { kind: 'region', regionId })) return false
  return (await listRegions(db, actor.networkId, [regionId])).length === 1
}

export const administers = (actor: Actor, subject: Administered): boolean => mayAdminister(actor, subject)

type Entry = Readonly<{ action: string; subject: string; facts: Readonly<Record<string, unknown>> }>

/** Writes down what the actor did, in the transaction that does it. */
export async function audit(trx: Trx, actor: Actor, entry: Entry, now: Date): Promise<void> {
  await auditAll(trx, actor, [entry], now)
}

/** Several things at once, in one statement. */
export async function auditAll(trx: Trx, actor: Actor, entries: readonly Entry[], now: Date): Promise<void> {
  const by = { networkId: actor.networkId, actorId: actor.personId, at: now }
  await insertAuditEntries(
    trx,
    entries.map((entry) => ({ ...entry, ...by })),
  )
}
