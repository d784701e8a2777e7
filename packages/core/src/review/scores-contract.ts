import * as z from 'zod'
import { PersonId, RoundId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { PairingMatrix } from './allocation-contract.ts'
import { RoundProgress, WorkFile } from './contract.ts'
import { NamedPerson, RoundPerson } from './round-person.ts'
import { roundParams, run } from './round-path.ts'
import { Mark, Rubric } from './rubric.ts'

/** name: as people are named; most, fewest: reviews to write; waiting: most reviews not sent first. */
export const MatrixSort = z.enum(['name', 'most', 'fewest', 'waiting'])
export type MatrixSort = z.infer<typeof MatrixSort>
/** How many people are told at once. */
export const PEOPLE_AT_ONCE = 100

const Part = z.object({ page: z.number().int(), pages: z.number().int(), found: z.number().int() })

/**
 * How far a round is, the people in it and their pairings. A large round is told a part at a time: of the matrix by
 * `search`, `sort` and `page`, of the people by `section` and `peoplePage`.
 */
export const progressRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/progress',
  params: roundParams,
  query: z.object({
    /** Names, with commas between several: they, and who reviews their work. */
    search: z.string().max(200).default(''),
    sort: MatrixSort.default('name'),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    section: z.string().max(200).default(''),
    peoplePage: z.coerce.number().int().min(1).max(10_000).default(1),
  }),
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
    /** What of the matrix this is; null: all of it. */
    part: Part.nullable(),
    peoplePart: Part,
    /** Of the instructor's own learners. */
    sections: z.array(z.string()),
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
