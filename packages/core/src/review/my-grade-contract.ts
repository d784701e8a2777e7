import * as z from 'zod'
import { GradeColumn } from '../gradebook/contract.ts'
import { AppealId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { ReviewerWeights, ScoreMethod } from './grade-setup.ts'
import { AppealSeen, CriterionPoints } from './moderation-contract.ts'
import { roundParams, seen } from './round-path.ts'
import { Rubric } from './rubric.ts'

const InPlace = z.object({ points: z.number(), reason: z.string() })

/** How one's own work came to its points. Reviews are numbered as one reads them, and say nothing of who wrote them. */
export const MyWorkGrade = z.object({
  grade: z.number().nullable(),
  marks: z.array(
    z.object({
      /** null: it was taken from the author after it counted. */
      number: z.number().int().nullable(),
      percent: z.number(),
      points: z.number(),
      of: z.number(),
      criteria: z.array(CriterionPoints),
    }),
  ),
  mean: z.number().nullable(),
  method: ScoreMethod,
  /** By the method, in percent, with where the true score lies with 90 %. */
  percent: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** The instructor's own mark in percent, where it is what counts: under the model. */
  check: z.number().nullable(),
  /** Percent taken off for lateness. */
  late: z.number(),
  /** After the method and lateness, before an override. */
  points: z.number().nullable(),
  override: InPlace.nullable(),
})
export type MyWorkGrade = z.infer<typeof MyWorkGrade>

/**
 * How one's reviewing came to its points. Of each review only how far it lay from what it was compared with, not that
 * itself: that would tell another learner's grade.
 */
export const MyReviewingGrade = z.object({
  grade: z.number().nullable(),
  weights: ReviewerWeights,
  parts: z.array(
    z.object({
      number: z.number().int(),
      given: z.number().nullable(),
      basis: z.enum(['check', 'agreement', 'completeness', 'missing']),
      /** Percent points. */
      distance: z.number().nullable(),
      /** Shares of 0 to 1. */
      agreement: z.number().nullable(),
      helpful: z.number().nullable(),
      share: z.number(),
    }),
  ),
  points: z.number().nullable(),
  override: InPlace.nullable(),
})
export type MyReviewingGrade = z.infer<typeof MyReviewingGrade>

/** One's own grades. `released` null: not yet, or taken back, or nobody grades the reader (no learner of a linked course). */
export const myGradeRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/my-grade',
  params: roundParams,
  response: z.object({
    released: z
      .object({
        releasedAt: Instant,
        appealsUntil: Instant,
        workMaximum: z.number(),
        reviewingMaximum: z.number(),
        rubric: Rubric,
        work: MyWorkGrade.nullable(),
        reviewing: MyReviewingGrade.nullable(),
        appeals: z.array(AppealSeen),
      })
      .nullable(),
  }),
  refusals: [...seen, 'review.not_participant'],
})

export const raiseAppealRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/appeals',
  params: roundParams,
  body: z.object({ column: GradeColumn, reason: z.string().trim().min(1).max(5000) }),
  response: z.object({ appealId: AppealId }),
  refusals: [
    ...seen,
    'review.not_participant',
    'appeal.not_released',
    'appeal.too_late',
    'appeal.no_grade',
    'appeal.open_already',
  ],
})

export const withdrawAppealRoute = route({
  method: 'DELETE',
  path: '/api/rounds/:roundId/appeals/:appealId',
  params: roundParams.extend({ appealId: AppealId }),
  response: z.object({}),
  refusals: [...seen, 'review.not_participant', 'appeal.not_open'],
})
