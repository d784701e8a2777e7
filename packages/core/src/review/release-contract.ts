import * as z from 'zod'
import { GradeColumn } from '../gradebook/contract.ts'
import { CourseId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { NamedPerson } from './round-person.ts'
import { roundParams, run } from './round-path.ts'

/**
 * What releasing anew would change for the learners of a course: how many of them, how many grades, and the first 20. What was told
 * stands until then, whatever happens to reviews, older rounds or how scores are worked out; overrides count at once.
 */
export const ReleaseChanges = z.object({
  fingerprint: z.string(),
  learners: z.number().int(),
  grades: z.number().int(),
  shown: z.array(
    z.object({
      person: NamedPerson,
      column: GradeColumn,
      before: z.number().nullable(),
      after: z.number().nullable(),
    }),
  ),
})

/** The learners of one own course see their grades and how they came about, and may appeal until then. */
export const releaseGradesRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/release',
  params: roundParams,
  body: z.object({ courseId: CourseId, appealsUntil: Instant }),
  response: z.object({}),
  refusals: [...run, 'score.not_final', 'score.released', 'score.appeals_end_passed'],
})

/** The grades of one own course as they would be worked out now, told in the place of those told before: what `fingerprint` was read of. */
export const releaseAnewRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/release/:courseId/anew',
  params: roundParams.extend({ courseId: CourseId }),
  body: z.object({ appealsUntil: Instant, fingerprint: z.string().max(100) }),
  response: z.object({}),
  refusals: [
    ...run,
    'score.not_final',
    'score.released',
    'score.not_released',
    'score.changed_meanwhile',
    'score.appeals_end_passed',
  ],
})

/** They see them no longer. What an LMS already shows is another matter: `takeBackScoresRoute`. */
export const withdrawReleaseRoute = route({
  method: 'DELETE',
  path: '/api/rounds/:roundId/release/:courseId',
  params: roundParams.extend({ courseId: CourseId }),
  response: z.object({}),
  refusals: [...run, 'score.not_released'],
})
