import type { Actor } from '@copractice/core/directory'
import { ok, type CohortId } from '@copractice/core/kernel'
import {
  findCohortOfReach,
  listCampusesOfCohort,
  listCourseLinks,
  listMeetingsOfCohort,
  listSeats,
} from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { notFound, scopeOf } from '../directory/administrator.ts'

/** A cohort of the actor's reach with its seats, meetings and the courses it is live in. Five queries. */
export async function showCohort(db: Db, actor: Actor, cohortId: CohortId) {
  const cohort = await findCohortOfReach(db, scopeOf(actor), cohortId)
  if (!cohort) return notFound()
  const at = { networkId: actor.networkId, cohortId }
  const [seatList, meetingList, live, campuses] = await Promise.all([
    listSeats(db, at),
    listMeetingsOfCohort(db, at),
    listCourseLinks(db, at),
    listCampusesOfCohort(db, at),
  ])
  return ok({ ...cohort, seatList, meetingList, live, campuses })
}
