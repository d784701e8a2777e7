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
import type { Db, Trx } from '@copractice/store/database'

/**
 * What the rules say of the session's person joining. Somebody who came through no course link may only come back.
 */
async function decideFor(db: Db | Trx, session: SpaceSession, now: Date) {
  const { actor, cohortId, courseLinkId } = session
  const isKnown = courseLinkId !== null || actor.seats.some((seat) => seat.cohortId === cohortId)
  if (!cohortId || !isKnown) return refuse('cohort.unknown', {})
  const at = { networkId: actor.networkId, cohortId }
  const space = await findSpace(db, at)
  if (!space) return refuse('cohort.unknown', {})
  const joiner = await findJoiner(db, actor, courseLinkId, now)
  const decided = decideJoin(space, { ...joiner, seat: await findSeatOfPerson(db, at, actor.personId) })
  return decided.ok ? ok({ ...decided.value, at, seats: space.seats }) : decided
}

/** What joining would give at this moment; nothing is kept for them by asking. */
export async function showJoining(db: Db, session: SpaceSession, now: Date) {
  const decided = await decideFor(db, session, now)
  if (!decided.ok) return decided
  const { status, seats } = decided.value
  return ok({ waitlistPlace: status === 'waitlisted' ? seats.waitlisted + 1 : null, seats })
}

/**
 * The session's person takes a seat, or the last place of the waitlist. Seats are counted under a lock, so the last one
 * goes to one of two who ask at the same moment.
 */
export async function joinCohort(db: Db, session: SpaceSession, now: Date) {
  const { actor, cohortId } = session
  const { networkId, personId } = actor
  return db.transaction().execute(async (trx) => {
    if (!cohortId || !(await findSpace(trx, { networkId, cohortId }))) return refuse('cohort.unknown', {})
    await lockSeats(trx, { networkId, cohortId })
    const decided = await decideFor(trx, session, now)
    if (!decided.ok) return decided

    const { status, institutionId, at, seats } = decided.value
    const since = status === 'waitlisted' ? behind(await lastWaitingSince(trx, at), now) : now
    await giveSeat(trx, { ...at, personId, institutionId, kind: 'participant', status }, since)
    const { taken, waitlisted, capacity } = seats
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
