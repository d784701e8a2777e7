import * as z from 'zod'
import { PersonId, RoundId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { Phase, WorkFile } from './contract.ts'
import { NamedPerson } from './round-person.ts'
import { seen } from './round-path.ts'
import { Rubric } from './rubric.ts'
import { DatedVersion, ReviewRead, SelfAssessment } from './writing-contract.ts'

/**
 * One learner's work with the reviews of it, to read: for the author, for the instructors and assistants of their course,
 * and as not found for everybody else. It is what opens from a gradebook.
 */
export const reviewedWorkRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/reviewed-work/:personId',
  params: z.object({ roundId: RoundId, personId: PersonId }),
  response: z.object({
    title: z.string(),
    phase: Phase,
    reader: z.enum(['author', 'instructor', 'assistant']),
    author: NamedPerson,
    /** Null while nothing is handed in. */
    work: z
      .object({
        handedInAt: Instant,
        body: z.string(),
        files: z.array(WorkFile),
        link: z.string().nullable(),
      })
      .nullable(),
    rubric: Rubric,
    /** Null for the author until `readableFrom`. */
    reviews: z.array(ReviewRead).nullable(),
    selfAssessment: SelfAssessment.nullable(),
    /** Every version handed in, the one reviewed first; empty while nothing is. */
    versions: z.array(DatedVersion),
    readableFrom: Instant,
    timeZone: z.string(),
    /** Of those reviews, in points of `workMaximum`; null without any. */
    mean: z.number().nullable(),
    workMaximum: z.number(),
  }),
  refusals: seen,
})
