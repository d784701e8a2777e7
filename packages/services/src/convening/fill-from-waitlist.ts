import { dealPlaces } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, type ConveningId } from '@copractice/core/kernel'
import { asOpenConvening, campusPlaces, firstWaiting, setRegistrationStatus } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { audit, notFound } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { lockConveningInReach } from './convening-in-reach.ts'
import { fillSessions } from './fill-sessions.ts'
import { badgeAddress, placeGivenMail } from './registration-mail.ts'

/** Who waits further back than this is asked again when the button is pressed again. */
const WAITING_AT_MOST = 5000

type Filling = Readonly<{ conveningId: ConveningId; origin: string }>

/**
 * Gives the free places to those who wait, in order, and writes to each of them; then the places of sessions that are
 * free. People of a campus that has had its places are passed over.
 */
export function fillFromWaitlist(db: Db, actor: Actor, { conveningId, origin }: Filling, now: Date) {
  return db.transaction().execute(async (trx) => {
    const convening = await lockConveningInReach(trx, actor, conveningId)
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
