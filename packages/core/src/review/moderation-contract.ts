import * as z from 'zod'
import { GradeColumn } from '../gradebook/contract.ts'
import { AppealId, CourseId, OverrideId, PersonId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { NamedPerson, RoundPerson } from './round-person.ts'
import { GradeComment, ReviewerWeights, ScoreMethod } from './grade-setup.ts'
import { roundParams, run } from './round-path.ts'
import { ReleaseChanges } from './release-contract.ts'
import { Mark, Rubric } from './rubric.ts'

const Interval = z.object({ low: z.number(), high: z.number() })
/** As marked; a criterion counts `weight` times. */
export const CriterionPoints = z.object({
  criterionId: z.string(),
  points: z.number(),
  of: z.number(),
  weight: z.number(),
})

/** One mark of a work in percent of the rubric's points, with the arithmetic. */
export const MarkGiven = z.object({
  reviewer: RoundPerson,
  percent: z.number(),
  points: z.number(),
  of: z.number(),
  criteria: z.array(CriterionPoints),
})

/** One review as it counts for the reviewer. `author` is null for work of another course's learner. */
export const ReviewingPart = z.object({
  author: RoundPerson.nullable(),
  given: z.number().nullable(),
  /** Mean of the others' marks of the same work, in percent; null when nobody else marked it. */
  othersMean: z.number().nullable(),
  /** The instructor's own mark, which then takes the others' place. */
  check: z.number().nullable(),
  /** Shares of 0 to 1; null where there is none. */
  agreement: z.number().nullable(),
  helpful: z.number().nullable(),
  /** What this review earns, 0 to 1. */
  share: z.number(),
  basis: z.enum(['check', 'agreement', 'completeness', 'missing']),
})

/** Points an instructor put in a score's place. The latest not withdrawn counts; the others are its history. */
export const Override = z.object({
  overrideId: OverrideId,
  column: GradeColumn,
  points: z.number(),
  reason: z.string(),
  by: z.string().nullable(),
  at: Instant,
  withdrawnAt: Instant.nullable(),
})
export type Override = z.infer<typeof Override>

/** A learner's wish for another look, with all that was said since. */
export const AppealSeen = z.object({
  appealId: AppealId,
  column: GradeColumn,
  reason: z.string(),
  raisedAt: Instant,
  status: z.enum(['open', 'answered', 'withdrawn']),
  entries: z.array(
    z.object({
      at: Instant,
      by: z.enum(['learner', 'instructor']),
      text: z.string(),
      outcome: z.enum(['kept', 'changed']).nullable(),
    }),
  ),
})
export type AppealSeen = z.infer<typeof AppealSeen>

/** Where a score stands towards the gradebook. changed: what it is now is not what was sent. */
const Sent = z.enum(['no', 'on_its_way', 'arrived', 'changed', 'theirs'])

export const LearnerScores = z.object({
  person: NamedPerson,
  courseIds: z.array(CourseId),
  handedIn: z.boolean(),
  work: z.object({
    /** Points of `workMaximum`, 2 decimals, before an override; null while nobody has marked it. */
    points: z.number().nullable(),
    /** By the method in force, in percent; `mean` is that of the marks whatever the method. */
    percent: z.number().nullable(),
    mean: z.number().nullable(),
    marks: z.array(MarkGiven),
    /** Highest minus lowest mark in percent points; null with fewer than two. */
    spread: z.number().nullable(),
    missing: z.number().int(),
    /** Percent; holds the true score with 90 %. */
    interval: Interval.nullable(),
    /** The instructor's own mark in percent. */
    check: z.number().nullable(),
    /** What the model would give, in percent, where it is offered. */
    model: z.number().nullable(),
    /** Why it is worth a look: its marks fall in two camps, or its score is known too loosely. */
    flag: z.enum(['split', 'wide']).nullable(),
    /** Percent that lateness takes off; `lateMinutes` null: in time. */
    late: z.number(),
    lateMinutes: z.number().int().nullable(),
    /** What counts: the override, or else `points`. */
    grade: z.number().nullable(),
    sent: Sent,
  }),
  reviewing: z.object({
    points: z.number().nullable(),
    percent: z.number().nullable(),
    assigned: z.number().int(),
    filed: z.number().int(),
    parts: z.array(ReviewingPart),
    grade: z.number().nullable(),
    sent: Sent,
  }),
  overrides: z.array(Override),
  appeals: z.array(AppealSeen),
  /** Problems raised about the work or its reviews that nobody has answered. */
  openFlags: z.number().int(),
})
export type LearnerScores = z.infer<typeof LearnerScores>

export const ScoreFilter = z.enum(['all', 'look', 'flagged', 'appealed', 'overridden', 'changed', 'late', 'missing'])
export type ScoreFilter = z.infer<typeof ScoreFilter>
export const ScoreSort = z.enum(['look', 'name', 'work', 'reviewing'])
export type ScoreSort = z.infer<typeof ScoreSort>

/** How many rows the table shows at once. */
export const SCORES_AT_ONCE = 50

/** Correlations as `measureAgreement` gives them, from `marks` marks of `works` works. */
const Agreement = z.object({
  icc1: z.number().nullable(),
  icc1k: z.number().nullable(),
  alpha: z.number().nullable(),
  works: z.number().int(),
  marks: z.number().int(),
})

/**
 * Scores of the instructor's own learners: those most worth a look first, unless asked for otherwise. `final` once no
 * review can be filed any more. `counts` are of all own learners, whatever is searched for.
 */
export const scoresRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/scores',
  params: roundParams,
  query: z.object({
    sort: ScoreSort.default('look'),
    filter: ScoreFilter.default('all'),
    search: z.string().max(100).default(''),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
  }),
  response: z.object({
    workMaximum: z.number(),
    reviewingMaximum: z.number(),
    rubric: Rubric,
    final: z.boolean(),
    scoring: z.object({
      chosen: ScoreMethod,
      inForce: ScoreMethod,
      offered: z.boolean(),
      because: z.array(z.enum(['rounds_pooled', 'exemplars', 'checks'])),
      /** The most points by which the model's estimate differs from the mean for an own learner; null where not offered. */
      largestMove: z.number().nullable(),
      weights: ReviewerWeights,
      comment: GradeComment,
      /** Learners of some course of the round see their grades: weights and checks stand, and the model is not taken up. */
      fixed: z.boolean(),
    }),
    agreement: Agreement,
    courses: z.array(
      z.object({
        courseId: CourseId,
        title: z.string().nullable(),
        institution: z.string(),
        learners: z.number().int(),
        release: z
          .object({ releasedAt: Instant, appealsUntil: Instant, changes: ReleaseChanges.nullable() })
          .nullable(),
      }),
    ),
    counts: z.record(ScoreFilter, z.number().int()),
    learners: z.array(LearnerScores),
    found: z.number().int(),
    pages: z.number().int(),
  }),
  refusals: run,
})

/** The model and other weights until grades are released, the mean and the gradebook's comment at any time. What is left out stays. */
export const changeScoringRoute = route({
  method: 'PATCH',
  path: '/api/rounds/:roundId/scoring',
  params: roundParams,
  body: z.object({
    method: ScoreMethod.optional(),
    reviewerWeights: ReviewerWeights.optional(),
    gradeComment: GradeComment.optional(),
  }),
  response: z.object({}),
  refusals: [...run, 'score.model_not_offered', 'score.released'],
})

const learnerParams = roundParams.extend({ personId: PersonId })

/** An own learner's work marked by the instructor. A later check takes the earlier one's place. */
export const checkWorkRoute = route({
  method: 'PUT',
  path: '/api/rounds/:roundId/work/:personId/check',
  params: learnerParams,
  body: z.object({ marks: z.array(Mark).max(20), note: z.string().trim().max(2000).default('') }),
  response: z.object({}),
  refusals: [
    ...run,
    'review.wrong_phase',
    'review.unknown_criterion',
    'review.unknown_level',
    'review.marks_missing',
    'score.released',
  ],
})

export const withdrawCheckRoute = route({
  method: 'DELETE',
  path: '/api/rounds/:roundId/work/:personId/check',
  params: learnerParams,
  response: z.object({}),
  refusals: [...run, 'score.no_check', 'score.released'],
})

export const overrideScoreRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/overrides',
  params: roundParams,
  body: z.object({
    personId: PersonId,
    column: GradeColumn,
    points: z.number().min(0).max(10_000),
    reason: z.string().trim().min(1).max(2000),
  }),
  response: z.object({ overrideId: OverrideId }),
  refusals: [...run, 'review.wrong_phase', 'score.points_out_of_range', 'score.reason_missing'],
})

/** The score is again what was worked out, or what an earlier override says. */
export const withdrawOverrideRoute = route({
  method: 'DELETE',
  path: '/api/rounds/:roundId/overrides/:overrideId',
  params: roundParams.extend({ overrideId: OverrideId }),
  response: z.object({}),
  refusals: [...run, 'score.no_override'],
})

/** kept, or changed to other points, which become an override with the answer as its reason. */
export const answerAppealRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/appeals/:appealId/answer',
  params: roundParams.extend({ appealId: AppealId }),
  body: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('kept'), text: z.string().trim().min(1).max(2000) }),
    z.object({
      outcome: z.literal('changed'),
      text: z.string().trim().min(1).max(2000),
      points: z.number().min(0).max(10_000),
    }),
  ]),
  response: z.object({}),
  refusals: [...run, 'appeal.not_open', 'appeal.same_grade', 'score.points_out_of_range'],
})
