import type { Actor, SeatHeld } from '../directory/actor.ts'
import { counts } from '../directory/counts.ts'
import type { CohortId } from '../kernel/ids.ts'

/** What one person may do in one cohort's space. `as` says why they are in; null: they are not, and all the rest is false. */
export type SpaceAccess = Readonly<{
  as: 'facilitator' | 'instructor' | 'member' | 'visitor' | null
  seat: SeatHeld | undefined
  post: boolean
  answerMeetings: boolean
  planMeetings: boolean
  writePrompt: boolean
  setUpRounds: boolean
}>

/**
 * The space belongs to those seated in it, its facilitators, and the instructors and teaching assistants of courses that
 * open it. An LMS's test student in such a course looks around in it and leaves no trace: a teacher of the course steers
 * it, and sees all of this anyway. Observers are not let in: what people say to each other is not written for the parents
 * of one of them; what observers see is in `observedBy`. A coordinator's or administrator's grant opens no space: what people say to each other there is not theirs to read.
 * Alumni of a closed cohort keep its space: to write in, or to read only, as it was closed. Review rounds go on as they
 * were set up.
 */
export function spaceAccess(
  actor: Pick<Actor, 'seats' | 'courses' | 'isTest' | 'readOnlyCohorts'>,
  cohortId: CohortId,
): SpaceAccess {
  const seat = actor.seats.find((held) => held.cohortId === cohortId)
  const isSeated = seat?.status === 'seated'
  const isFacilitator = isSeated && seat.kind === 'facilitator'
  const isChair = isSeated && seat.kind === 'chair'
  const roles = actor.courses.filter(({ cohortIds }) => cohortIds.includes(cohortId)).map(({ role }) => role)
  const isInstructor = roles.includes('instructor')
  const teaches = isInstructor || roles.includes('teaching_assistant')
  const visits = !counts(actor) && roles.includes('learner')
  const writes = !actor.readOnlyCohorts?.includes(cohortId)
  const leads = writes && (isFacilitator || isChair || isInstructor)

  return {
    as: isFacilitator ? 'facilitator' : teaches ? 'instructor' : isSeated ? 'member' : visits ? 'visitor' : null,
    seat,
    post: writes && (isSeated || teaches),
    answerMeetings: writes && isSeated,
    planMeetings: leads,
    writePrompt: leads,
    setUpRounds: isInstructor,
  }
}
