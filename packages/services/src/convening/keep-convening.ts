import { randomBytes } from 'node:crypto'
import { conveningSlug, decideConvening, openRegistration, type ConveningDetails } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, type ConveningId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { findConvening, insertConvening, updateConvening } from '@copractice/store/convening'
import { administersRegion, audit, notFound, scopeOf } from '../directory/administrator.ts'

/** A new convening is a draft: nobody outside sees it until registration is opened. */
export function createConvening(db: Db, actor: Actor, details: ConveningDetails, now: Date) {
  return db.transaction().execute(async (trx) => {
    if (!(await administersRegion(trx, actor, details.regionId))) return notFound()
    const decided = decideConvening(details)
    if (!decided.ok) return decided
    const slug = conveningSlug(details.name, randomBytes(3).toString('hex'))
    const id = await insertConvening(trx, actor.networkId, { ...decided.value, slug })
    const facts = { name: details.name, regionId: details.regionId }
    await audit(trx, actor, { action: 'convening.created', subject: `convening:${id}`, facts }, now)
    return ok({ id })
  })
}

type Edit = Readonly<{ conveningId: ConveningId; details: ConveningDetails }>

/** Fewer places than people registered takes nobody's place away; the waitlist simply waits longer. */
export function editConvening(db: Db, actor: Actor, { conveningId, details }: Edit, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await findConvening(trx, scopeOf(actor), conveningId)
    if (!found || !(await administersRegion(trx, actor, details.regionId))) return notFound()
    const decided = decideConvening(details)
    if (!decided.ok) return decided
    await updateConvening(trx, actor.networkId, conveningId, decided.value)
    const facts = { name: details.name, regionId: details.regionId }
    await audit(trx, actor, { action: 'convening.edited', subject: `convening:${conveningId}`, facts }, now)
    return ok(undefined)
  })
}

type Registration = Readonly<{ conveningId: ConveningId; status: 'open' | 'closed' }>

export function setRegistration(db: Db, actor: Actor, { conveningId, status }: Registration, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await findConvening(trx, scopeOf(actor), conveningId)
    if (!found) return notFound()
    const opening = status === 'open' ? openRegistration(found, now) : undefined
    if (opening && !opening.ok) return opening
    await updateConvening(trx, actor.networkId, conveningId, { status })
    const facts = { name: found.name, regionId: found.region.id }
    const action = status === 'open' ? 'convening.registration_opened' : 'convening.registration_closed'
    await audit(trx, actor, { action, subject: `convening:${conveningId}`, facts }, now)
    return ok(undefined)
  })
}
