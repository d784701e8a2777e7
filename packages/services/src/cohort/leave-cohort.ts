import { decideLeave } from '@copractice/core/cohort'
import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { findOwnSeat, findSpace, lockSeats, setSeatStatus } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { repairRoundsOfCohort } from '../review/index.ts'
import { giveFreeSeats } from './give-free-seats.ts'

/** `spaceUrl`: where people without an LMS sign in. */
type Deps = Readonly<{ db: Db; spaceUrl: string }>

/**
 * The session's person gives up their seat or their place on the waitlist. Nothing in the gradebook is touched; reviews
 * that they had to write go to others. A seat
 * that becomes free goes to the first who waits, with a mail, in the same transaction.
 */
export async function leaveCohort({ db, spaceUrl }: Deps, { actor, cohortId }: SpaceSession, now: Date) {
  if (!cohortId) return refuse('cohort.unknown', {})
  const at = { networkId: actor.networkId, cohortId }
  return db.transaction().execute(async (trx) => {
    if (!(await findSpace(trx, at))) return refuse('cohort.unknown', {})
    await lockSeats(trx, at)
    const seat = await findOwnSeat(trx, at, actor.personId)
    const decided = decideLeave(seat)
    if (!decided.ok) return decided
    await setSeatStatus(trx, at, [seat!.id], 'left')
    await repairRoundsOfCohort(trx, at.networkId, cohortId, 'left_cohort', now)
    if (decided.value.freesSeat) await giveFreeSeats(trx, at, spaceUrl, now)
    return ok({ standing: 'left' as const })
  })
}
