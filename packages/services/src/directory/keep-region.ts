import { mayAdminister, type Actor } from '@copractice/core/directory'
import { ok, refuse, type RegionId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import * as store from '@copractice/store/directory'
import { audit, notFound, scopeOf } from './administrator.ts'

const nameTaken = (name: string) => refuse('directory.region_name_taken', { name })

/** The regions in the actor's reach, with what they may do there. */
export async function listRegionsKept(db: Db, actor: Actor) {
  const mayAdd = mayAdminister(actor, { kind: 'network' })
  const regions = await store.listRegionsKept(db, scopeOf(actor))
  return ok({
    regions: regions.map((region) => ({
      ...region,
      mayRename: mayAdminister(actor, { kind: 'region', regionId: region.id }),
    })),
    mayAdd,
  })
}

/** A network admin makes regions; coordinators are granted them. */
export function addRegion(db: Db, actor: Actor, name: string, now: Date) {
  return db.transaction().execute(async (trx) => {
    if (!mayAdminister(actor, { kind: 'network' })) return notFound()
    const id = await store.insertRegion(trx, actor.networkId, name)
    if (!id) return nameTaken(name)
    const facts = { name, regionId: id }
    await audit(trx, actor, { action: 'region.added', subject: `region:${id}`, facts }, now)
    return ok({ id })
  })
}

export function renameRegion(
  db: Db,
  actor: Actor,
  { regionId, name }: Readonly<{ regionId: RegionId; name: string }>,
  now: Date,
) {
  return db.transaction().execute(async (trx) => {
    if (!mayAdminister(actor, { kind: 'region', regionId })) return notFound()
    const before = await store.renameRegion(trx, actor.networkId, regionId, name)
    if (before === undefined) return notFound()
    if (before === null) return nameTaken(name)
    const facts = { name, before, regionId }
    await audit(trx, actor, { action: 'region.renamed', subject: `region:${regionId}`, facts }, now)
    return ok(undefined)
  })
}
