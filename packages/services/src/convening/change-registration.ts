import { dealPlaces, placeFor } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, type ConveningId, type RegistrationId } from '@copractice/core/kernel'
import {
  asOpenConvening,
  campusPlaces,
  findConveningToKeep,
  findRegistration,
  firstWaiting,
  lockConvening,
  setRegistrationStatus,
} from '@copractice/store/convening'
import type { Db, Trx } from '@copractice/store/database'
import { audit, notFound, scopeOf } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { keepToSessionPlaces, fillSessions } from './fill-sessions.ts'
import { badgeAddress, placeGivenMail } from './registration-mail.ts'

/** Who waits further back than this is asked again when the button is pressed again. */
const WAITING_AT_MOST = 5000

type One = Readonly<{ conveningId: ConveningId; registrationId: RegistrationId }>

/** The convening, with its places kept still until the transaction ends. */
async function openOne(trx: Trx, actor: Actor, conveningId: ConveningId) {
  const seen = await findConveningToKeep(trx, scopeOf(actor), conveningId)
  if (!seen) return undefined
  await lockConvening(trx, actor.networkId, conveningId)
  return findConveningToKeep(trx, scopeOf(actor), conveningId)
}

/** Frees the place and gives it to nobody yet, so that it can be undone. */
export function cancelRegistration(db: Db, actor: Actor, { conveningId, registrationId }: One, now: Date) {
  return db.transaction().execute(async (trx) => {
    const convening = await openOne(trx, actor, conveningId)
    const at = { networkId: actor.networkId, conveningId }
    const registration = convening && (await findRegistration(trx, at, registrationId))
    if (!convening || !registration) return notFound()
    if (registration.status === 'cancelled') return ok(undefined)
    await setRegistrationStatus(trx, actor.networkId, [registrationId], 'cancelled')
    const facts = { name: convening.name, person: registration.name, regionId: convening.region.id }
    await audit(trx, actor, { action: 'registration.cancelled', subject: `convening:${conveningId}`, facts }, now)
    return ok(undefined)
  })
}

export function restoreRegistration(db: Db, actor: Actor, { conveningId, registrationId }: One, now: Date) {
  return db.transaction().execute(async (trx) => {
    const convening = await openOne(trx, actor, conveningId)
    const at = { networkId: actor.networkId, conveningId }
    const registration = convening && (await findRegistration(trx, at, registrationId))
    if (!convening || !registration) return notFound()
    if (registration.status !== 'cancelled') return ok({ status: registration.status })
    const earlier = { ...asOpenConvening(convening), waitlisted: registration.waitingEarlier }
    const campuses = await campusPlaces(trx, at, registration)
    const status = placeFor({ ...earlier, campuses }, registration.institutionId)
    await keepToSessionPlaces(trx, { ...at, registrationId }, now)
    await setRegistrationStatus(trx, actor.networkId, [registrationId], status)
    const facts = { name: convening.name, person: registration.name, regionId: convening.region.id }
    await audit(trx, actor, { action: 'registration.restored', subject: `convening:${conveningId}`, facts }, now)
    return ok({ status })
  })
}

type Filling = Readonly<{ conveningId: ConveningId; origin: string }>

/**
 * Gives the free places to those who wait, in order, and writes to each of them; then the places of sessions that are
 * free. People of a campus that has had its places are passed over.
 */
export function fillFromWaitlist(db: Db, actor: Actor, { conveningId, origin }: Filling, now: Date) {
  return db.transaction().execute(async (trx) => {
    const convening = await openOne(trx, actor, conveningId)
    if (!convening) return notFound()
    const where = { networkId: actor.networkId, conveningId }
    const places = { ...asOpenConvening(convening), campuses: await campusPlaces(trx, where) }
    const inOrder = await firstWaiting(trx, where, WAITING_AT_MOST)
    const given = dealPlaces(places, inOrder)
    const waiting = inOrder.filter((_one, at) => given[at])
    const ids = waiting.map(({ id }) => id)
    await setRegistrationStatus(trx, actor.networkId, ids, 'registered')
    const mails = waiting.flatMap(({ name, email, badgeKey }) => {
      const badge = badgeAddress(origin, convening.slug, badgeKey)
      return email ? [{ ...placeGivenMail(convening, { name, badge }), to: email, networkId: actor.networkId }] : []
    })
    await queueMail(trx, mails, now)
    await fillSessions(trx, { ...where, convening, origin }, now)
    if (ids.length) {
      const facts = { name: convening.name, given: ids.length, regionId: convening.region.id }
      await audit(trx, actor, { action: 'registration.places_given', subject: `convening:${conveningId}`, facts }, now)
    }
    return ok({ given: ids.length })
  })
}
