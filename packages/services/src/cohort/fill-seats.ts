import type { Actor } from '@copractice/core/directory'
import { ok, type CohortId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { notFound } from '../directory/administrator.ts'
import { lockCohortInReach } from './cohort-in-reach.ts'
import { giveFreeSeats } from './give-free-seats.ts'

/** `spaceUrl`: where people without an LMS sign in. */
type Deps = Readonly<{ db: Db; spaceUrl: string }>

/** Gives the free seats to those who wait, in order, and writes to each of them. */
export function fillSeats({ db, spaceUrl }: Deps, actor: Actor, cohortId: CohortId, now: Date) {
  return db.transaction().execute(async (trx) => {
    const cohort = await lockCohortInReach(trx, actor, cohortId)
    if (!cohort) return notFound()
    const given = await giveFreeSeats(trx, cohort.at, spaceUrl, now)
    if (given) await cohort.note(trx, 'seat.given', { given }, now)
    return ok({ given })
  })
}
