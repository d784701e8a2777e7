import * as z from 'zod'
import { CohortSeen } from '../directory/contract.ts'
import { CohortId, RoundId } from '../kernel/ids.ts'
import { route } from '../kernel/route.ts'

/** For the instructor of a link that was copied and opens nothing yet: what it opened where it came from. Null: no copy. */
export const showCopy = route({
  method: 'GET',
  path: '/api/course-link/copy',
  response: z.object({
    copy: z
      .object({
        /** Title of the course it was copied from. */
        course: z.string().nullable(),
        /** `isOffered`: still open, and offered to this campus. */
        cohort: CohortSeen.extend({ isOffered: z.boolean() }),
        round: z.object({ title: z.string() }).nullable(),
      })
      .nullable(),
  }),
  refusals: ['course_link.unknown', 'course_link.not_instructor'],
})

/**
 * Lets the copied link open a cohort, and, with `freshRound`, a new draft made from the old round's set-up: without its
 * people, work, reviews, conflicts or dates. `course_link.bound_elsewhere` has facts `{ name }`.
 */
export const settleCopy = route({
  method: 'POST',
  path: '/api/course-link/copy',
  body: z.object({ cohortId: CohortId, freshRound: z.boolean() }),
  response: z.object({ cohort: CohortSeen, roundId: RoundId.nullable() }),
  refusals: [
    'course_link.unknown',
    'course_link.not_instructor',
    'course_link.not_copied',
    'course_link.bound_elsewhere',
    'cohort.unknown',
    'cohort.closed',
  ],
})
