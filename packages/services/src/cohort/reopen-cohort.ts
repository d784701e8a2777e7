import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CohortId } from '@copractice/core/kernel'
import { setCohortStatus } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { notFound } from '../directory/administrator.ts'
import { lockCohortInReach } from './cohort-in-reach.ts'

/** Undo of closing. */
export function reopenCohort(db: Db, actor: Actor, cohortId: CohortId, now: Date) {
  return db.transaction().execute(async (trx) => {
    const cohort = await lockCohortInReach(trx, actor, cohortId)
    if (!cohort) return notFound()
    if (cohort.status === 'open') return refuse('cohort.not_closed', {})
    await setCohortStatus(trx, cohort.at, { status: 'open', alumni: 'open', closedAt: null })
    await cohort.note(trx, 'cohort.reopened', {}, now)
    return ok(undefined)
  })
}
