import * as z from 'zod'
import { route } from '../kernel/route.ts'
import { Seed } from './contract.ts'
import { RoundPerson } from './round-person.ts'
import { roundParams, run } from './round-path.ts'

/** A matrix with more rows or columns than this is told a part at a time: so many rows, and the works they review or made. */
export const MATRIX_WHOLE_UP_TO = 150
export const MATRIX_ROWS = 40

/** Pairings as a matrix. `rows` review, `columns` are authors of handed-in work; pairs point into them by position. */
export const PairingMatrix = z.object({
  /** Tells this set of people from another, so that a change means the same people here and there. */
  stand: z.string(),
  reviewsPerSubmission: z.number().int(),
  /** A pair of one campus is allowed and worth a word. */
  avoidsCampus: z.boolean(),
  /** Loads within 1 of the average of the whole round; where left out, the matrix is the whole round and says it itself. */
  bounds: z.object({ least: z.number().int(), most: z.number().int() }).optional(),
  /** `away`: takes no more reviews; dropped out, silent, or no longer in the cohort. */
  rows: z.array(
    RoundPerson.and(z.object({ has: z.number().int(), away: z.enum(['dropped_out', 'silent', 'left']).nullable() })),
  ),
  /** The person who began the work; of a team's work, the team's name beside them. `away`: needs no more reviews. */
  columns: z.array(
    RoundPerson.and(z.object({ gets: z.number().int(), team: z.string().nullable(), away: z.boolean() })),
  ),
  pairs: z.array(
    z.object({
      row: z.number().int(),
      column: z.number().int(),
      state: z.enum(['planned', 'not_started', 'started', 'filed']),
    }),
  ),
  /** Where no pairing can be: own work, or kept apart by a conflict or by campus. */
  closed: z.array(
    z.object({
      row: z.number().int(),
      column: z.number().int(),
      why: z.enum(['own_work', 'conflict', 'same_campus']),
    }),
  ),
  /** Reviews of the whole round that an instructor set aside; they are no pairs. */
  setAside: z.number().int(),
})
export type PairingMatrix = z.infer<typeof PairingMatrix>

export const Allocated = z.object({
  /** Of a large round the first rows. */
  matrix: PairingMatrix,
  /** How many reviews in all. */
  pairs: z.number().int(),
  load: z.object({ min: z.number().int(), max: z.number().int() }),
  /** Whether shared reviewers link every work to every other, so that marks can be compared across all of them. */
  connected: z.boolean(),
  /** Pairs of one campus although the round avoids them. */
  sameCampusPairs: z.number().int(),
  saved: z.boolean(),
})
export type Allocated = z.infer<typeof Allocated>

/**
 * Deals the reviews; submit -> review. `preview` shows what would be dealt and saves nothing. `withoutWork` lets people
 * who handed nothing in review too. `allocation.impossible` carries `AllocationImpossible` as its facts.
 */
export const allocateRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/allocate',
  params: roundParams,
  body: z.object({
    preview: z.boolean().default(false),
    withoutWork: z.boolean().default(false),
    seed: Seed.optional(),
  }),
  response: Allocated,
  refusals: [...run, 'review.wrong_phase', 'review.date_passed', 'allocation.no_work', 'allocation.impossible'],
})

/** One reason why no allocation exists. People are named as the instructor may see them. */
export const AllocationConstraint = z.discriminatedUnion('kind', [
  /** This work alone has too few people who may review it. `kept` counts whom each rule keeps away. */
  z.object({
    kind: z.literal('too_few_for_one'),
    author: RoundPerson,
    needed: z.number().int(),
    eligible: z.number().int(),
    kept: z.object({ ownWork: z.number().int(), conflict: z.number().int(), sameCampus: z.number().int() }),
  }),
  /** These works together need more reviews than the people who may review them can write. */
  z.object({
    kind: z.literal('too_few_for_several'),
    authors: z.array(RoundPerson),
    needed: z.number().int(),
    available: z.number().int(),
  }),
  /** These people may review so little that the others would get more reviews than one above theirs. */
  z.object({ kind: z.literal('uneven'), reviewers: z.array(RoundPerson), least: z.number().int() }),
])
export type AllocationConstraint = z.infer<typeof AllocationConstraint>

/** Facts of `allocation.impossible`: the constraints that collide, and each single change that would make it possible. */
export const AllocationImpossible = z.object({
  constraints: z.array(AllocationConstraint),
  possibleWith: z.object({
    /** The most reviews per submission that can be dealt, null when not even one can. */
    reviewsPerSubmission: z.number().int().nullable(),
    avoidSameCampus: z.boolean(),
    withoutConflicts: z.boolean(),
    withoutWork: z.boolean(),
  }),
  /** The smallest sets of constraints to give up together, each counted as one; null where the round is too large to search. */
  smallest: z
    .array(
      z.object({
        sameCampus: z.boolean(),
        fewerReviews: z.number().int(),
        withoutWork: z.boolean(),
        conflicts: z.array(z.object({ reviewer: RoundPerson, author: RoundPerson })),
        size: z.number().int(),
      }),
    )
    .nullable(),
})
export type AllocationImpossible = z.infer<typeof AllocationImpossible>
