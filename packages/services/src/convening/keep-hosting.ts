import type { Hosting } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId } from '@copractice/core/kernel'
import {
  campusPlaces,
  findConvening,
  institutionsToRegisterFrom,
  isOfNetwork,
  saveHosting,
} from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { administersRegion, audit, notFound, scopeOf } from '../directory/administrator.ts'

export async function showHosting(db: Db, actor: Actor, conveningId: ConveningId) {
  const found = await findConvening(db, scopeOf(actor), conveningId)
  if (!found) return notFound()
  const { hosts, leadFacilitatorId, lead, contactEmail } = found
  const institutions = await institutionsToRegisterFrom(db, actor.networkId)
  return ok({
    hosts,
    places: await campusPlaces(db, { networkId: actor.networkId, conveningId }),
    lead: leadFacilitatorId && { id: leadFacilitatorId, name: lead },
    contactEmail,
    institutions: institutions.map(({ id, name }) => ({ id, name })),
  })
}

type Setting = Readonly<{ conveningId: ConveningId; hosting: Hosting }>

/** Who hosts decides who sees what people need: only the region's coordinators say it. */
export function setHosting(db: Db, actor: Actor, { conveningId, hosting }: Setting, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await findConvening(trx, scopeOf(actor), conveningId)
    if (!found || !(await administersRegion(trx, actor, found.region.id))) return notFound()
    const { networkId } = actor
    const { hosts, places, leadFacilitatorId } = hosting
    const known = new Set((await institutionsToRegisterFrom(trx, networkId)).map(({ id }) => id))
    const named = [...hosts, ...places.map(({ institutionId }) => institutionId)]
    if (!named.every((id) => known.has(id))) return refuse('convening.institution_unknown', {})
    if (leadFacilitatorId && !(await isOfNetwork(trx, networkId, leadFacilitatorId))) {
      return refuse('convening.lead_unknown', {})
    }
    await saveHosting(trx, { networkId, conveningId }, hosting)
    const facts = { name: found.name, hosts: hosts.length, campuses: places.length, regionId: found.region.id }
    await audit(trx, actor, { action: 'convening.hosting_set', subject: `convening:${conveningId}`, facts }, now)
    return ok(undefined)
  })
}
