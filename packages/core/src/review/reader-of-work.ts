import type { Actor } from '../directory/actor.ts'
import type { CohortId, CourseId, PersonId } from '../kernel/ids.ts'
import { viewerOf } from './who-may-know.ts'

/** What someone is to one person's work, read from a gradebook; null: nothing, and there is no such work for them. */
export type WorkReader = 'author' | 'instructor' | 'assistant'

/**
 * Authors read their own. Instructors and teaching assistants read that of the learners of their own course, and of no
 * other course in the cohort. Whoever takes part in the cohort's rounds reads their own and no other: an assistant with a
 * seat may have been dealt the review of a learner whom they may not know. `learnsIn`: the courses in which the author is
 * a learner now, that open the cohort.
 */
export function readerOfWork(
  actor: Actor,
  authorId: PersonId,
  { cohortId, learnsIn }: Readonly<{ cohortId: CohortId; learnsIn: readonly CourseId[] }>,
): WorkReader | null {
  if (actor.personId === authorId) return 'author'
  if (viewerOf(actor, cohortId) === 'participant') return null
  const roles = actor.courses.filter(({ courseId }) => learnsIn.includes(courseId)).map(({ role }) => role)
  if (roles.includes('instructor')) return 'instructor'
  return roles.includes('teaching_assistant') ? 'assistant' : null
}
