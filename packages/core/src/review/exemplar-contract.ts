import * as z from 'zod'
import { ExemplarId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { WorkFile } from './contract.ts'
import { roundParams, run, seen } from './round-path.ts'
import { Mark, Rubric } from './rubric.ts'

export const exemplarParams = z.object({ exemplarId: ExemplarId })

/**
 * A work that everybody marks, with the instructor's marking of it. `askedFirst`: before one's own reviews. Its files come
 * after it; one with neither words nor files is asked of nobody.
 */
export const ExemplarSetup = z.object({
  title: z.string().trim().min(1).max(200),
  body: z.string().trim().max(200_000),
  reference: z.array(Mark).max(20),
  referenceComment: z.string().trim().max(20_000).default(''),
  askedFirst: z.boolean().default(true),
})
export type ExemplarSetup = z.infer<typeof ExemplarSetup>

/** `marked` people have sent theirs; `meanDifference` is their mean minus the reference, in percent points. */
export const ExemplarListed = z.object({
  exemplarId: ExemplarId,
  title: z.string(),
  body: z.string(),
  files: z.array(WorkFile),
  reference: z.array(Mark),
  referenceComment: z.string(),
  askedFirst: z.boolean(),
  marked: z.number().int(),
  meanDifference: z.number().nullable(),
})
export type ExemplarListed = z.infer<typeof ExemplarListed>
export const exemplars = z.object({ exemplars: z.array(ExemplarListed) })

export const listExemplarsRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/exemplars',
  params: roundParams,
  response: exemplars,
  refusals: run,
})

export const addExemplarRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/exemplars',
  params: roundParams,
  body: ExemplarSetup,
  response: exemplars.extend({ exemplarId: ExemplarId }),
  refusals: [...run, 'review.wrong_phase', 'review.unknown_criterion', 'review.unknown_level', 'review.marks_missing'],
})

/** While nobody has sent a marking of it. */
export const removeExemplarRoute = route({
  method: 'DELETE',
  path: '/api/exemplars/:exemplarId',
  params: exemplarParams,
  response: exemplars,
  refusals: [...run, 'exemplar.marked'],
})

/** What the reader is asked to mark in a round, oldest first. */
export const myExemplarsRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/my-exemplars',
  params: roundParams,
  response: z.object({
    exemplars: z.array(
      z.object({
        exemplarId: ExemplarId,
        title: z.string(),
        askedFirst: z.boolean(),
        savedAt: Instant.nullable(),
        filedAt: Instant.nullable(),
      }),
    ),
  }),
  refusals: seen,
})

/** `compared` once the reader has sent theirs: before, nobody but the instructor sees the reference. */
export const ExemplarToMark = z.object({
  title: z.string(),
  body: z.string(),
  /** Without their makers' names and traces, whatever the round's anonymity. */
  files: z.array(WorkFile),
  rubric: Rubric,
  isOpen: z.boolean(),
  marks: z.array(Mark),
  comment: z.string(),
  savedAt: Instant.nullable(),
  filedAt: Instant.nullable(),
  compared: z
    .object({
      reference: z.array(Mark),
      referenceComment: z.string(),
      own: z.number(),
      referencePercent: z.number(),
      criteria: z.array(
        z.object({
          criterionId: z.string(),
          own: z.number(),
          reference: z.number(),
          of: z.number(),
          difference: z.number(),
        }),
      ),
    })
    .nullable(),
})
export type ExemplarToMark = z.infer<typeof ExemplarToMark>

const ownParams = { params: exemplarParams, response: ExemplarToMark } as const

export const showExemplarRoute = route({
  method: 'GET',
  path: '/api/exemplars/:exemplarId',
  ...ownParams,
  refusals: ['review.not_found'],
})

/** Keeps a marking, and with `file` sends it: once, every criterion marked. */
export const markExemplarRoute = route({
  method: 'PUT',
  path: '/api/exemplars/:exemplarId/marking',
  ...ownParams,
  body: z.object({ marks: z.array(Mark).max(20), comment: z.string().max(20_000), file: z.boolean() }),
  refusals: [
    'review.not_found',
    'review.wrong_phase',
    'review.already_filed',
    'review.unknown_criterion',
    'review.unknown_level',
    'review.marks_missing',
  ],
})
