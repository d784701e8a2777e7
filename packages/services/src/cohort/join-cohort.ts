import { decideJoin, standingOf } from '@copractice/core/cohort'
import type { Actor, SeatHeld, SpaceSession } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import {
  findJoiner,
  findSeatOfPerson,
  findSpace,
  giveSeat,
  lastWaitingSince,
  lockSeats,
  waitlistPlaceOf,
} from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'

/**
 * The session's person takes a seat, or the last place of the waitlist. Seats are counted under a lock, so the last one
 * goes to one of two who ask at the same moment. Somebody who came through no course link may only come back.
 */
export async function joinCohort(db: Db, session: SpaceSession, now: Date) {
  const { actor, cohortId, courseLinkId } = session
  const isKnown = courseLinkId !== null || actor.seats.some((seat) => seat.cohortId === cohortId)
  if (!cohortId || !isKnown) return refuse('cohort.unknown', {})
  const { networkId, personId } = actor
  const at = { networkId, cohortId }
  return db.transaction().execute(async (trx) => {
    await lockSeats(trx, at)
    const space = await findSpace(trx, at)
    if (!space) return refuse('cohort.unknown', {})
    const joiner = await findJoiner(trx, actor, courseLinkId, now)
    const decided = decideJoin(space, { ...joiner, seat: await findSeatOfPerson(trx, at, personId) })
    if (!decided.ok) return decided

    const { status, institutionId } = decided.value
    const since = status === 'waitlisted' ? behind(await lastWaitingSince(trx, at), now) : now
    await giveSeat(trx, { ...at, personId, institutionId, kind: 'participant', status }, since)
    const { taken, waitlisted, capacity } = space.seats
    const isSeated = status === 'seated'
    return ok({
      standing: standingOf({ ...session, actor: withSeat(actor, { cohortId, kind: 'participant', status }) }),
      waitlistPlace: isSeated ? null : await waitlistPlaceOf(trx, at, personId),
      seats: { taken: taken + (isSeated ? 1 : 0), waitlisted: waitlisted + (isSeated ? 0 : 1), capacity },
    })
  })
}

/** Who gets the lock later waits later, also when the request came in at the same moment or before. */
export const behind = (last: Date | null, now: Date): Date => (last && last >= now ? new Date(last.getTime() + 1) : now)

const withSeat = (actor: Actor, seat: SeatHeld): Actor => ({
  ...actor,
  seats: [...actor.seats.filter(({ cohortId }) => cohortId !== seat.cohortId), seat],
})
