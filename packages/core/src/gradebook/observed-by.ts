import type { SpaceSession } from '../directory/space-session.ts'
import type { CourseId, PersonId } from '../kernel/ids.ts'
import { ok, refuse } from '../kernel/result.ts'

/**
 * Whose results an observer sees: of the learners whom the LMS names as theirs (LTI Core, role_scope_mentor), in the
 * session's course, what an instructor has published to its gradebook, where the LMS shows it to them too. Not what
 * peers wrote, nor the work, nor a score that is not published: those are between the learner and the round.
 */
export function observedBy({ actor, courseId }: Pick<SpaceSession, 'actor' | 'courseId'>) {
  const course = actor.courses.find((attended) => attended.courseId === courseId)
  if (!courseId || course?.role !== 'observer') return refuse('observer.not_one', {})
  const seen: { courseId: CourseId; learners: readonly PersonId[] } = { courseId, learners: course.observes ?? [] }
  return ok(seen)
}
