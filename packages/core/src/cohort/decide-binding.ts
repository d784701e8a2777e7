import type { CohortId } from '../kernel/ids.ts'
import type { SpaceSession } from '../directory/space-session.ts'
import { ok, refuse } from '../kernel/result.ts'

/** Whether the session may choose the cohort of its course link: it came from one, as that course's instructor. */
export function mayChooseCohort({ actor, courseId, courseLinkId }: SpaceSession) {
  if (!courseLinkId || !courseId) return refuse('course_link.unknown', {})
  const isInstructor = actor.courses.some((course) => course.courseId === courseId && course.role === 'instructor')
  return isInstructor ? ok({ courseLinkId, courseId }) : refuse('course_link.not_instructor', {})
}

type Choice = Readonly<{
  /** The cohort the link opens now, if any. */
  bound: Readonly<{ id: CohortId; name: string }> | null
  /** Undefined: no such cohort among those offered to this campus. */
  chosen: Readonly<{ id: CohortId; status: 'open' | 'closed' }> | undefined
}>

/**
 * A link opens one cohort and keeps it: grades and people hang on it. Choosing the same again changes nothing. Refuses
 * `cohort.unknown`, `course_link.bound_elsewhere`, `cohort.closed`.
 */
export function decideBinding({ bound, chosen }: Choice) {
  if (!chosen) return refuse('cohort.unknown', {})
  if (bound && bound.id !== chosen.id) return refuse('course_link.bound_elsewhere', { name: bound.name })
  if (!bound && chosen.status === 'closed') return refuse('cohort.closed', {})
  return ok({ cohortId: chosen.id })
}
