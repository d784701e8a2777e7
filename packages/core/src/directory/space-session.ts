import type { CohortId, CourseId, CourseLinkId } from '../kernel/ids.ts'
import type { Actor } from './actor.ts'

/** One open session of the space: who acts, and where they stand. */
export type SpaceSession = Readonly<{
  actor: Actor
  /** Both null for a session that was opened by e-mail sign-in. */
  courseLinkId: CourseLinkId | null
  courseId: CourseId | null
  /** The cohort the course link opens now, or the one chosen in a session without a link. Null: none yet. */
  cohortId: CohortId | null
}>
