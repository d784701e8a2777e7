import { placeFor } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, type ConveningId, type RegistrationId } from '@copractice/core/kernel'
import { asOpenConvening, campusPlaces, findRegistration, setRegistrationStatus } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { audit, notFound } from '../directory/administrator.ts'
import { lockConveningInReach } from './convening-in-reach.ts'
import { keepToSessionPlaces } from './fill-sessions.ts'

type One = Readonly<{ conveningId: ConveningId; registrationId: RegistrationId }>

/** Undo of a cancellation; a place that was given away meanwhile is waited for in the old order. */
export function restoreRegistration(db: Db, actor: Actor, { conveningId, registrationId }: One, now: Date) {
  return db.transaction().execute(async (trx) => {
    const convening = await lockConveningInReach(trx, actor, conveningId)
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
