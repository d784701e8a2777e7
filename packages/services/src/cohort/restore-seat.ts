import { restoreSeatTo } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, type CohortId, type SeatId } from '@copractice/core/kernel'
import { closeAsk, findSeat, setSeatStatus } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { notFound } from '../directory/administrator.ts'
import { repairRoundsOfCohort } from '../review/index.ts'
import { lockCohortInReach } from './cohort-in-reach.ts'

type One = Readonly<{ cohortId: CohortId; seatId: SeatId }>

/** Undo of a removal; a seat that was given away meanwhile is waited for in the old order. */
export function restoreSeat(db: Db, actor: Actor, { cohortId, seatId }: One, now: Date) {
  return db.transaction().execute(async (trx) => {
    const cohort = await lockCohortInReach(trx, actor, cohortId)
    const seat = cohort && (await findSeat(trx, cohort.at, seatId))
    if (!cohort || !seat) return notFound()
    if (seat.status !== 'left') return ok({ status: seat.status })
    const status = restoreSeatTo(seat.kind, cohort.seats, seat.waitingEarlier)
    await setSeatStatus(trx, cohort.at, [seatId], status)
    await closeAsk(trx, cohort.at, seat.personId, null)
    await repairRoundsOfCohort(trx, actor.networkId, cohortId, 'back_in_cohort', now)
    await cohort.note(trx, 'seat.restored', { person: seat.name, status }, now)
    return ok({ status })
  })
}
