import { decideBinding, mayChooseCohort } from '@copractice/core/cohort'
import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse, type CohortId } from '@copractice/core/kernel'
import { findOfferedCohort, lockCourseLink, pageOfChoices, setCohortOfLink } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'

type Search = Readonly<{ search?: string | undefined; after?: string | undefined; limit: number }>

/** The open cohorts an instructor may bind the link of this session to. */
export async function listCohortChoices(db: Db, session: SpaceSession, search: Search, now: Date) {
  const may = mayChooseCohort(session)
  if (!may.ok) return may
  const { networkId } = session.actor
  return ok(await pageOfChoices(db, { networkId, courseLinkId: may.value.courseLinkId }, search, now))
}

/** Binds the course link of this session to a cohort, for everybody who opens it from now on. */
export async function bindCourseLink(db: Db, session: SpaceSession, cohortId: CohortId, now: Date) {
  const may = mayChooseCohort(session)
  if (!may.ok) return may
  const { networkId, personId } = session.actor
  const { courseLinkId } = may.value
  return db.transaction().execute(async (trx) => {
    const link = await lockCourseLink(trx, { networkId, courseLinkId })
    if (!link) return refuse('course_link.unknown', {})
    const chosen = await findOfferedCohort(trx, { networkId, courseLinkId }, cohortId)
    const decided = decideBinding({ bound: link.bound, chosen })
    if (!decided.ok) return decided
    if (!link.bound) {
      await setCohortOfLink(trx, { networkId, courseLinkId }, cohortId)
      const facts = { cohortId, name: chosen!.name }
      const subject = `course_link:${courseLinkId}`
      await insertAuditEntry(trx, {
        networkId,
        at: now,
        actorId: personId,
        action: 'course_link.bound',
        subject,
        facts,
      })
    }
    const { id, name, theme, timeZone } = chosen!
    return ok({ id, name, theme, timeZone })
  })
}
