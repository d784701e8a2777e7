import type { Actor } from '@copractice/core/directory'
import { ok, type CohortId, type SeatId } from '@copractice/core/kernel'
import { closeAsk, findSeat, setSeatStatus } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { notFound } from '../directory/administrator.ts'
import { repairRoundsOfCohort } from '../review/index.ts'
import { lockCohortInReach } from './cohort-in-reach.ts'

type One = Readonly<{ cohortId: CohortId; seatId: SeatId }>

/**
 * Frees the seat and gives it to nobody yet, so that it can be undone. Grades are untouched. Who was asked into it can no longer
 * take it by saying yes again.
 */
export function removeSeat(db: Db, actor: Actor, { cohortId, seatId }: One, now: Date) {
  return db.transaction().execute(async (trx) => {
    const cohort = await lockCohortInReach(trx, actor, cohortId)
    const seat = cohort && (await findSeat(trx, cohort.at, seatId))
    if (!cohort || !seat) return notFound()
    if (seat.status === 'left') return ok(undefined)
    await setSeatStatus(trx, cohort.at, [seatId], 'left')
    await closeAsk(trx, cohort.at, seat.personId, now)
    await repairRoundsOfCohort(trx, actor.networkId, cohortId, 'left_cohort', now)
    await cohort.note(trx, 'seat.removed', { person: seat.name, kind: seat.kind }, now)
    return ok(undefined)
  })
}
