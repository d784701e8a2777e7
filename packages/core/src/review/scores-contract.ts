import * as z from 'zod'
import { PersonId, RoundId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { PairingMatrix } from './allocation-contract.ts'
import { RoundProgress, WorkFile } from './contract.ts'
import { NamedPerson, RoundPerson } from './round-person.ts'
import { roundParams, run } from './round-path.ts'
import { Mark, Rubric } from './rubric.ts'

export const progressRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/progress',
  params: roundParams,
  response: z.object({
    progress: RoundProgress,
    /** Everyone in the round; `filed` of `assigned` reviews. */
    people: z.array(
      RoundPerson.and(
        z.object({
          work: z.enum(['none', 'draft', 'handed_in']),
          assigned: z.number().int(),
          filed: z.number().int(),
          /** Of the instructor's own learners, where the LMS told them. */
          sections: z.array(z.string()),
        }),
      ),
    ),
    matrix: PairingMatrix,
  }),
  refusals: run,
})

/** An own learner's handed-in work with the reviews of it, for their instructor. */
export const readWorkRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/work/:personId',
  params: z.object({ roundId: RoundId, personId: PersonId }),
  response: z.object({
    author: NamedPerson,
    handedInAt: Instant.nullable(),
    work: z.object({ body: z.string(), files: z.array(WorkFile) }),
    rubric: Rubric,
    reviews: z.array(
      z.object({ reviewer: RoundPerson, marks: z.array(Mark), comment: z.string(), percent: z.number() }),
    ),
  }),
  refusals: run,
})
