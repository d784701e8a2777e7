import type { Actor } from '@copractice/core/directory'
import { ok, type ConveningId, type RegistrationId } from '@copractice/core/kernel'
import { findRegistration, setRegistrationStatus } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { audit, notFound } from '../directory/administrator.ts'
import { lockConveningInReach } from './convening-in-reach.ts'

type One = Readonly<{ conveningId: ConveningId; registrationId: RegistrationId }>

/** Frees the place and gives it to nobody yet, so that it can be undone. */
export function cancelRegistration(db: Db, actor: Actor, { conveningId, registrationId }: One, now: Date) {
  return db.transaction().execute(async (trx) => {
    const convening = await lockConveningInReach(trx, actor, conveningId)
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
