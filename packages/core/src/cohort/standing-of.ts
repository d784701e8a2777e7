import type { SpaceSession } from '../directory/space-session.ts'
import type { SessionSeen, Standing } from '../directory/contract.ts'
import { spaceAccess } from './space-access.ts'

/** Where the actor of a session stands towards the space it opens; the words of `Standing` say what each means. */
export function standingOf(session: SpaceSession): Standing {
  const { actor, courseId, courseLinkId, cohortId } = session
  if (actor.isAnonymous) return 'anonymous_visitor'
  const apart = cohortId && actor.seats.some((seat) => seat.cohortId === cohortId) ? null : standsApart(session)
  if (apart) return apart
  if (!cohortId) {
    if (courseLinkId) return isInstructorOf(actor, courseId) ? 'choose_cohort' : 'not_yet_chosen'
    return actor.seats.some(({ status }) => status === 'seated') ? 'several_cohorts' : 'no_cohort'
  }
  const { as, seat } = spaceAccess(actor, cohortId)
  if (as === 'visitor') return 'test_visitor'
  if (as) return as
  if (seat?.status === 'waitlisted') return 'waitlisted'
  if (seat?.status === 'left') return 'left'
  return courseLinkId ? 'may_join' : 'no_cohort'
}

/** Roles in the course that are not about taking part: they have a page of their own, unless another course lets them in. */
function standsApart({ actor, courseId, cohortId }: SpaceSession): Standing | null {
  if (cohortId && spaceAccess(actor, cohortId).as) return null
  const role = actor.courses.find((course) => course.courseId === courseId)?.role
  return role === 'observer' ? 'observer' : role === 'administrator' ? 'lms_administrator' : null
}

const isInstructorOf = (actor: SpaceSession['actor'], courseId: SpaceSession['courseId']): boolean =>
  actor.courses.some((course) => course.courseId === courseId && course.role === 'instructor')

/** What the pages may offer. Each service decides again for itself. */
export function abilitiesOf(session: SpaceSession): SessionSeen['can'] {
  const { actor, cohortId, courseLinkId } = session
  const standing = standingOf(session)
  const access = cohortId ? spaceAccess(actor, cohortId) : undefined
  const holdsPlace = access?.seat !== undefined && access.seat.status !== 'left'
  return {
    enter: access !== undefined && access.as !== null,
    chooseCohort: standing === 'choose_cohort',
    join: standing === 'may_join' || standing === 'left',
    leave: holdsPlace && access.seat?.kind !== 'facilitator',
    post: access?.post ?? false,
    answerMeetings: access?.answerMeetings ?? false,
    planMeetings: access?.planMeetings ?? false,
    writePrompt: access?.writePrompt ?? false,
    setUpRounds: access?.setUpRounds ?? false,
    switchCohort: !courseLinkId && actor.seats.filter(({ status }) => status === 'seated').length > 1,
  }
}
