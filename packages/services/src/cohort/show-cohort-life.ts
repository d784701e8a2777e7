import { checkClosing } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, type CohortId } from '@copractice/core/kernel'
import { findCohortLife, findLinks, listAsks } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { notFound, scopeOf } from '../directory/administrator.ts'
import { cohortInReach } from './cohort-in-reach.ts'

/** What may be done with a cohort next, what it is linked to, and who was asked to take part in it. */
export async function showCohortLife(db: Db, actor: Actor, cohortId: CohortId, now: Date) {
  const cohort = await cohortInReach(db, actor, cohortId)
  const life = cohort && (await findCohortLife(db, cohort.at, now))
  if (!cohort || !life) return notFound()
  const [links, asked] = await Promise.all([findLinks(db, scopeOf(actor), cohortId), listAsks(db, cohort.at)])
  const { status, closedAt, alumni } = life
  return ok({ status, closedAt, alumni, closing: status === 'open' ? checkClosing(life) : [], links, asked })
}
