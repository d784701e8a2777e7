import { spaceAccess } from '@copractice/core/cohort'
import { ok, refuse, type CohortId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { setSessionCohort, type OpenSpaceSession } from '@copractice/store/directory'

/**
 * Opens another of the person's cohorts in this session. Refuses `session.from_course`, because a course opens the cohort
 * it is linked to, and `cohort.unknown`, whether there is no such cohort or it is not theirs.
 */
export async function chooseMyCohort(db: Db, session: OpenSpaceSession, cohortId: CohortId) {
  if (session.courseLinkId) return refuse('session.from_course', {})
  if (!spaceAccess(session.actor, cohortId).as) return refuse('cohort.unknown', {})
  await setSessionCohort(db, { networkId: session.actor.networkId, tokenHash: session.tokenHash }, cohortId)
  return ok({ ...session, cohortId })
}
