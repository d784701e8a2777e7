import * as z from 'zod'
import { CourseId, DeliveryId, PersonId, RoundId } from '../kernel/ids.ts'
import { Instant, page, PageQuery, route } from '../kernel/route.ts'
import { GradeComment } from '../review/grade-setup.ts'

/** The two columns a round has in a gradebook: the work itself, and the reviewing of others' work. */
export const GradeColumn = z.enum(['work', 'reviewing'])
export type GradeColumn = z.infer<typeof GradeColumn>

/** Why a cell is not sent. `round_open`: reviews may still change it. */
export const WaitReason = z.enum([
  'round_open',
  'no_work',
  'no_reviews',
  'nothing_to_review',
  'review_set_aside',
  'left_cohort',
  'no_gradebook',
])
export type WaitReason = z.infer<typeof WaitReason>

/** One learner's score in one column: what the LMS last took, what is on its way to it, what publishing would make it. */
export const ScoreCell = z.object({
  now: z.number().nullable(),
  onItsWay: z.number().nullable(),
  willBe: z.number().nullable(),
  /** What a teacher put there in place of what we had sent (`now`), where the LMS tells. Publishing leaves it alone: `theirs`. */
  inLms: z.number().nullable(),
  verdict: z.enum(['same', 'new', 'changed', 'waits', 'theirs']),
  why: WaitReason.nullable(),
})
export type ScoreCell = z.infer<typeof ScoreCell>

const ColumnName = z.object({ column: GradeColumn, label: z.string(), maximum: z.number() })

/** One of the instructor's own courses; `lms` is the institution's name for its page, `profile` the kind of LMS. */
export const GradebookCourse = z.object({
  courseId: CourseId,
  title: z.string().nullable(),
  institution: z.string(),
  profile: z.enum(['canvas', 'moodle', 'other']),
  hasGradebook: z.boolean(),
})
export type GradebookCourse = z.infer<typeof GradebookCourse>

export const PublishPreview = z.object({
  courses: z.array(GradebookCourse),
  columns: z.array(ColumnName),
  rows: z.array(
    z.object({
      courseId: CourseId,
      personId: PersonId,
      name: z.string().nullable(),
      work: ScoreCell,
      reviewing: ScoreCell,
    }),
  ),
  counts: z.object({
    toSend: z.number().int(),
    learnersToSend: z.number().int(),
    same: z.number().int(),
    wait: z.number().int(),
  }),
  /** What goes with a score as its comment. */
  comment: GradeComment,
  /** What the comments of the first few scores to be sent say; empty when nothing goes with them. */
  comments: z.array(
    z.object({ personId: PersonId, name: z.string().nullable(), column: GradeColumn, text: z.string() }),
  ),
  /** Who else is in the round: published by their own instructor, or without a gradebook (community partners). */
  others: z.object({ inOtherCourses: z.number().int(), withoutGradebook: z.number().int() }),
  /** Names this very preview; publishing sends it back, so that nothing else than what was seen is sent. */
  fingerprint: z.string(),
})
export type PublishPreview = z.infer<typeof PublishPreview>

const roundParams = z.object({ roundId: RoundId })
const run = ['review.not_found', 'review.instructors_only'] as const

export const publishPreviewRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/publish-preview',
  params: roundParams,
  response: PublishPreview,
  refusals: run,
})

/** Puts the preview's new and changed scores on their way. Facts of `publish.preview_outdated`: none; ask for a new preview. */
export const publishRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/publish',
  params: roundParams,
  body: z.object({ fingerprint: z.string().max(100) }),
  response: z.object({ sent: z.number().int(), learners: z.number().int() }),
  refusals: [...run, 'publish.preview_outdated', 'publish.nothing_to_send'],
})

/**
 * Takes the scores of one own course back out of its gradebook, as far as the LMS lets us: the column stays, empty;
 * Canvas keeps comments; a score that a teacher has changed since stays theirs.
 */
export const takeBackScoresRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/take-back',
  params: roundParams,
  body: z.object({ courseId: CourseId }),
  response: z.object({ takenBack: z.number().int(), learners: z.number().int() }),
  refusals: [...run, 'publish.nothing_to_take_back'],
})

/** arrived, or superseded: a later score for the same cell took its place before it went out. */
export const DeliveryStatus = z.enum(['waiting', 'arrived', 'superseded', 'refused', 'given_up'])
export type DeliveryStatus = z.infer<typeof DeliveryStatus>

/** What went wrong at the last attempt, one plain sentence each on screen. */
export const DeliveryProblem = z.enum([
  'lms_busy',
  'lms_unreachable',
  'not_permitted',
  'column_missing',
  'newer_grade',
  'no_gradebook',
  'refused_by_lms',
])
export type DeliveryProblem = z.infer<typeof DeliveryProblem>

export const Delivery = z.object({
  deliveryId: DeliveryId,
  courseId: CourseId,
  personId: PersonId,
  name: z.string().nullable(),
  column: GradeColumn,
  score: z.number(),
  maximum: z.number(),
  status: DeliveryStatus,
  /** Tries so far; `attemptsAtMost` of them are made. */
  attempts: z.number().int(),
  problem: DeliveryProblem.nullable(),
  /** What the LMS answered, for the small type below the words. */
  detail: z.string().nullable(),
  /** Took a score back instead of sending one. */
  withdraws: z.boolean(),
  /**
   * A teacher changed the score in the LMS: what they put there, and what we had sent. Null also where the LMS does not
   * tell theirs. Retrying one with the problem `newer_grade` writes over it.
   */
  changedInLms: z.object({ score: z.number(), weHadSent: z.number() }).nullable(),
  publishedAt: Instant,
  arrivedAt: Instant.nullable(),
  /** When it is tried next, while it waits. */
  nextAttemptAt: Instant.nullable(),
  canRetry: z.boolean(),
})
export type Delivery = z.infer<typeof Delivery>

/** The delivery log of the instructor's own courses, newest first, with a sum per course (superseded ones left out). */
export const deliveriesRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/deliveries',
  params: roundParams,
  query: PageQuery,
  response: page(Delivery).extend({
    attemptsAtMost: z.number().int(),
    courses: z.array(
      GradebookCourse.extend({
        arrived: z.number().int(),
        waiting: z.number().int(),
        refused: z.number().int(),
        givenUp: z.number().int(),
        /** The LMS is out of order or asked for a rest: none of its scores is tried before then. */
        pausedUntil: Instant.nullable(),
      }),
    ),
  }),
  refusals: run,
})

/** Sends a refused or given-up score once more. `delivery.outdated`: a later score for the same cell exists. */
export const retryDeliveryRoute = route({
  method: 'POST',
  path: '/api/deliveries/:deliveryId/retry',
  params: z.object({ deliveryId: DeliveryId }),
  response: Delivery,
  refusals: ['delivery.not_found', 'delivery.not_retryable', 'delivery.outdated'],
})
