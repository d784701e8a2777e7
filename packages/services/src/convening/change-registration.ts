import { placesToGive, restoreTo } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, type ConveningId, type RegistrationId } from '@copractice/core/kernel'
import {
  asOpenConvening,
  findConvening,
  findRegistration,
  firstWaiting,
  lockConvening,
  setRegistrationStatus,
} from '@copractice/store/convening'
import type { Db, Trx } from '@copractice/store/database'
import { audit, notFound, scopeOf } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { placeGivenMail } from './registration-mail.ts'

type One = Readonly<{ conveningId: ConveningId; registrationId: RegistrationId }>

/** The convening, with its places kept still until the transaction ends. */
async function openOne(trx: Trx, actor: Actor, conveningId: ConveningId) {
  const seen = await findConvening(trx, scopeOf(actor), conveningId)
  if (!seen) return undefined
  await lockConvening(trx, actor.networkId, conveningId)
  return findConvening(trx, scopeOf(actor), conveningId)
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
    const status = restoreTo(asOpenConvening(convening), registration.waitingEarlier)
    await setRegistrationStatus(trx, actor.networkId, [registrationId], status)
    const facts = { name: convening.name, person: registration.name, regionId: convening.region.id }
    await audit(trx, actor, { action: 'registration.restored', subject: `convening:${conveningId}`, facts }, now)
    return ok({ status })
  })
}

/** Gives the free places to those who wait, in order, and writes to each of them. */
export function fillFromWaitlist(db: Db, actor: Actor, conveningId: ConveningId, now: Date) {
  return db.transaction().execute(async (trx) => {
    const convening = await openOne(trx, actor, conveningId)
    if (!convening) return notFound()
    const places = placesToGive(asOpenConvening(convening))
    const waiting = await firstWaiting(trx, { networkId: actor.networkId, conveningId }, places)
    const ids = waiting.map(({ id }) => id)
    await setRegistrationStatus(trx, actor.networkId, ids, 'registered')
    const mails = waiting.flatMap(({ name, email }) =>
      email ? [{ ...placeGivenMail(convening, name), to: email, networkId: actor.networkId }] : [],
    )
    await queueMail(trx, mails, now)
    if (ids.length) {
      const facts = { name: convening.name, given: ids.length, regionId: convening.region.id }
      await audit(trx, actor, { action: 'registration.places_given', subject: `convening:${conveningId}`, facts }, now)
    }
    return ok({ given: ids.length })
  })
}
