import type { SpaceSession } from '../directory/space-session.ts'
import type { CourseId } from '../kernel/ids.ts'
import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'

export type RosterRefusal =
  | Refusal<'roster.not_found', Record<string, never>>
  | Refusal<'roster.instructors_only', Record<string, never>>

/**
 * Whose roster a session may see: that of the course it was opened from, for its instructors and assistants. Only
 * instructors may have it read anew, because that makes calls in the course's name.
 */
export function rosterAccess({
  actor,
  courseId,
}: Pick<SpaceSession, 'actor' | 'courseId'>): Result<{ courseId: CourseId; maySync: boolean }, RosterRefusal> {
  if (!courseId) return refuse('roster.not_found', {})
  const role = actor.courses.find((course) => course.courseId === courseId)?.role
  if (role !== 'instructor' && role !== 'teaching_assistant') return refuse('roster.instructors_only', {})
  return ok({ courseId, maySync: role === 'instructor' })
}
