import * as z from 'zod'
import { PersonId, RoundId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { PairingMatrix } from './allocation-contract.ts'
import { NamedPerson, RoundPerson, RoundProgress, WorkFile } from './contract.ts'
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

/** One mark of a work in percent of the rubric's points, with the arithmetic. */
export const MarkGiven = z.object({
  reviewer: RoundPerson,
  percent: z.number(),
  points: z.number(),
  of: z.number(),
  criteria: z.array(z.object({ criterionId: z.string(), points: z.number(), of: z.number(), weight: z.number() })),
})

/** One review as it counts for the reviewer. `author` is null for work of another course's learner. */
export const ReviewingPart = z.object({
  author: RoundPerson.nullable(),
  filed: z.boolean(),
  given: z.number().nullable(),
  /** Mean of the others' marks of the same work, in percent; null when nobody else marked it. */
  othersMean: z.number().nullable(),
  /** What this review earns, 0 to 1. */
  share: z.number(),
  basis: z.enum(['agreement', 'completeness', 'missing']),
})

export const LearnerScores = z.object({
  person: NamedPerson,
  handedIn: z.boolean(),
  work: z.object({
    /** Points of `workMaximum`, 2 decimals; null while nobody has marked it. */
    points: z.number().nullable(),
    percent: z.number().nullable(),
    marks: z.array(MarkGiven),
    /** Highest minus lowest mark in percent points; null with fewer than two. */
    spread: z.number().nullable(),
    missing: z.number().int(),
  }),
  reviewing: z.object({
    points: z.number().nullable(),
    percent: z.number().nullable(),
    assigned: z.number().int(),
    filed: z.number().int(),
    parts: z.array(ReviewingPart),
  }),
})
export type LearnerScores = z.infer<typeof LearnerScores>

/** Scores of the instructor's own learners, widest spread first. `final` once no review can be filed any more. */
export const scoresRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/scores',
  params: roundParams,
  response: z.object({
    workMaximum: z.number(),
    reviewingMaximum: z.number(),
    rubric: Rubric,
    final: z.boolean(),
    learners: z.array(LearnerScores),
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
    work: z.object({ body: z.string(), file: WorkFile.nullable() }),
    rubric: Rubric,
    reviews: z.array(
      z.object({ reviewer: RoundPerson, marks: z.array(Mark), comment: z.string(), percent: z.number() }),
    ),
  }),
  refusals: run,
})
