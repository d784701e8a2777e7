import * as z from 'zod'
import { CampusMark } from '../directory/person-seen.ts'
import { TimeZone } from '../directory/time-zone.ts'
import { AssignmentId, PersonId, RoundId, UploadId } from '../kernel/ids.ts'
import { Instant, page, PageQuery, route } from '../kernel/route.ts'
import { Mark, Rubric } from './rubric.ts'

// ---- words

export const Phase = z.enum(['draft', 'submit', 'review', 'closed'])
export type Phase = z.infer<typeof Phase>
/** none: everyone sees everyone; single: the author does not learn who reviewed; double: neither learns who the other is. */
export const Anonymity = z.enum(['none', 'single', 'double'])
export type Anonymity = z.infer<typeof Anonymity>
export const SameCampus = z.enum(['allow', 'avoid', 'forbid'])
export type SameCampus = z.infer<typeof SameCampus>

/** Someone the reader may see. `name` is null when their LMS does not share it. */
export const NamedPerson = z.object({ personId: PersonId, name: z.string().nullable(), campus: CampusMark })
export type NamedPerson = z.infer<typeof NamedPerson>

/**
 * Someone in a round as an instructor sees them: named when they are a learner of the instructor's own course, otherwise
 * campus and number ("Hillside 1"). `key` tells them apart inside one answer and means nothing outside it.
 */
export const RoundPerson = z.discriminatedUnion('kind', [
  NamedPerson.extend({ kind: z.literal('named'), key: z.string() }),
  z.object({ kind: z.literal('numbered'), key: z.string(), campus: CampusMark, number: z.number().int() }),
])
export type RoundPerson = z.infer<typeof RoundPerson>

/** A file as its reader may know it: `name` is neutral ("work.pdf") for a reviewer who may not know the author. */
export const WorkFile = z.object({
  uploadId: UploadId,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
})
export type WorkFile = z.infer<typeof WorkFile>

// ---- rounds

const setup = {
  title: z.string().trim().min(1).max(200),
  instructions: z.string().trim().max(20_000),
  submitUntil: Instant,
  reviewUntil: Instant,
  timeZone: TimeZone,
  rubric: Rubric,
  reviewsPerSubmission: z.number().int().min(1).max(10),
  anonymity: Anonymity,
  sameCampus: SameCampus,
  workMaximum: z.number().positive().max(10_000),
  reviewingMaximum: z.number().positive().max(10_000),
  /** People who never review one another. Each pair holds both ways; both are learners of the instructor's own courses. */
  conflicts: z.array(z.tuple([PersonId, PersonId])).max(500),
  /** The dice of the allocation: same seed and same people, same pairing. */
  seed: z.number().int().min(0).max(2_147_483_647),
}
const inOrder = ({ submitUntil, reviewUntil }: { submitUntil?: Date | undefined; reviewUntil?: Date | undefined }) =>
  !submitUntil || !reviewUntil || reviewUntil > submitUntil
const order = { path: ['reviewUntil'], message: 'Reviews are due after the work is' }

/** How a round is set up. Left out: no instructions, avoid the same campus, no conflicts, a seed of our own. */
export const RoundSetup = z
  .object({
    ...setup,
    instructions: setup.instructions.default(''),
    sameCampus: setup.sameCampus.default('avoid'),
    conflicts: setup.conflicts.default([]),
    seed: setup.seed.optional(),
  })
  .refine(inOrder, order)
export type RoundSetup = z.infer<typeof RoundSetup>

/**
 * What changes; everything else stays. In a draft all of it may; once open, only title, instructions, a date that has
 * not passed its phase. `conflicts` replaces the pairs among the instructor's own learners and leaves other pairs alone.
 */
export const RoundChange = z.object(setup).partial().refine(inOrder, order)
export type RoundChange = z.infer<typeof RoundChange>

/** Where the reader stands as an author and reviewer. */
export const Standing = z.object({
  work: z.enum(['none', 'draft', 'handed_in']),
  handedInAt: Instant.nullable(),
  reviews: z.object({ assigned: z.number().int(), filed: z.number().int() }),
  /** Reviews of my work that I can read now; null until the round's reviews may be read. */
  received: z.number().int().nullable(),
})
export type Standing = z.infer<typeof Standing>

export const RoundProgress = z.object({
  /** Seated participants, and anyone else who has handed in. */
  people: z.number().int(),
  handedIn: z.number().int(),
  reviewsAssigned: z.number().int(),
  reviewsFiled: z.number().int(),
})
export type RoundProgress = z.infer<typeof RoundProgress>

/** `viewer`: what the reader is to this round. An onlooker (a facilitator, a teaching assistant) sees the set-up only. */
export const RoundSummary = z.object({
  roundId: RoundId,
  title: z.string(),
  phase: Phase,
  anonymity: Anonymity,
  submitUntil: Instant,
  reviewUntil: Instant,
  timeZone: z.string(),
  viewer: z.enum(['participant', 'instructor', 'onlooker']),
  /** For participants. */
  standing: Standing.nullable(),
  /** For instructors. */
  progress: RoundProgress.nullable(),
})
export type RoundSummary = z.infer<typeof RoundSummary>

/** The reader's own work. `savedAt` is what the next save is based on. */
export const MyWork = z.object({
  body: z.string(),
  file: WorkFile.nullable(),
  status: z.enum(['draft', 'handed_in']),
  savedAt: Instant,
  handedInAt: Instant.nullable(),
})
export type MyWork = z.infer<typeof MyWork>

/** One review to write. `number` of `of` counts within the round: "Your 2nd review of 3". */
export const ReviewToWrite = z.object({
  assignmentId: AssignmentId,
  roundId: RoundId,
  roundTitle: z.string(),
  number: z.number().int(),
  of: z.number().int(),
  reviewUntil: Instant,
  timeZone: z.string(),
  /** False once the time has passed or the round is closed. */
  open: z.boolean(),
  criteriaMarked: z.number().int(),
  criteria: z.number().int(),
  savedAt: Instant.nullable(),
  filedAt: Instant.nullable(),
})
export type ReviewToWrite = z.infer<typeof ReviewToWrite>

export const RoundDetail = RoundSummary.extend({
  instructions: z.string(),
  rubric: Rubric,
  reviewsPerSubmission: z.number().int(),
  workMaximum: z.number(),
  reviewingMaximum: z.number(),
  myWork: MyWork.nullable(),
  myReviews: z.array(ReviewToWrite),
  /** For instructors. `conflicts` holds the pairs among their own learners. */
  setup: z
    .object({
      sameCampus: SameCampus,
      seed: z.number().int(),
      conflicts: z.array(z.tuple([NamedPerson, NamedPerson])),
      /** Pairs kept apart by other instructors. */
      otherConflicts: z.number().int(),
    })
    .nullable(),
})
export type RoundDetail = z.infer<typeof RoundDetail>

const roundParams = z.object({ roundId: RoundId })
const seen = ['review.not_found'] as const
const run = ['review.not_found', 'review.instructors_only'] as const

/** Rounds of the session's cohort, newest first. Drafts are listed for instructors only. */
export const listRoundsRoute = route({
  method: 'GET',
  path: '/api/rounds',
  query: PageQuery,
  response: page(RoundSummary),
})

/** Own learners who could be in a round of this cohort, for the set-up's conflict pairs; how many others take part. */
export const roundPeopleRoute = route({
  method: 'GET',
  path: '/api/round-people',
  response: z.object({ own: z.array(NamedPerson), others: z.number().int() }),
  refusals: ['review.instructors_only'],
})

export const setUpRoundRoute = route({
  method: 'POST',
  path: '/api/rounds',
  body: RoundSetup,
  response: RoundDetail,
  refusals: ['review.instructors_only', 'review.conflict_not_own_learner'],
})

export const changeRoundRoute = route({
  method: 'PATCH',
  path: '/api/rounds/:roundId',
  params: roundParams,
  body: RoundChange,
  response: RoundDetail,
  refusals: [...run, 'review.wrong_phase', 'review.dates_out_of_order', 'review.conflict_not_own_learner'],
})

export const showRoundRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId',
  params: roundParams,
  response: RoundDetail,
  refusals: seen,
})

/** draft -> submit. */
export const openRoundRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/open',
  params: roundParams,
  response: RoundDetail,
  refusals: [...run, 'review.wrong_phase', 'review.date_passed'],
})

/** review -> closed: no review can be filed any more, authors read what they received, grades can be published. */
export const closeRoundRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/close',
  params: roundParams,
  response: RoundDetail,
  refusals: [...run, 'review.wrong_phase'],
})

/** closed -> review, with a new last day for the reviews when the old one has passed. */
export const reopenRoundRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/reopen',
  params: roundParams,
  body: z.object({ reviewUntil: Instant.optional() }),
  response: RoundDetail,
  refusals: [...run, 'review.wrong_phase', 'review.date_passed', 'review.dates_out_of_order'],
})

/** Pairings as a matrix. `rows` review, `columns` are authors of handed-in work; pairs point into them by position. */
export const PairingMatrix = z.object({
  rows: z.array(RoundPerson.and(z.object({ has: z.number().int() }))),
  columns: z.array(RoundPerson.and(z.object({ gets: z.number().int() }))),
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
})
export type PairingMatrix = z.infer<typeof PairingMatrix>

export const Allocated = z.object({
  matrix: PairingMatrix,
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
    seed: setup.seed.optional(),
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
})
export type AllocationImpossible = z.infer<typeof AllocationImpossible>

// ---- my work

/** What a draft conflict shows: the version already saved. The other one is the caller's own. */
export const DraftConflict = z.object({
  saved: z.object({ body: z.string(), savedAt: z.iso.datetime() }),
})
const handing = [
  'review.not_found',
  'review.not_participant',
  'review.wrong_phase',
  'review.submissions_closed',
] as const

/** Autosave. `basedOn` is the `savedAt` last seen (null for the first save); another version in between is a conflict. */
export const saveWorkRoute = route({
  method: 'PUT',
  path: '/api/rounds/:roundId/submission',
  params: roundParams,
  body: z.object({ body: z.string().max(200_000), basedOn: Instant.nullable() }),
  response: MyWork,
  refusals: [...handing, 'review.already_handed_in', 'review.draft_conflict'],
})

/** multipart/form-data with one part `file`: pdf, docx, odt, txt, md, png or jpg of at most 20 MB. Replaces the file before. */
export const attachFileRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/submission/file',
  params: roundParams,
  response: MyWork,
  refusals: [
    ...handing,
    'review.already_handed_in',
    'upload.missing',
    'upload.empty',
    'upload.too_large',
    'upload.type_not_allowed',
    'upload.content_differs',
  ],
})

export const removeFileRoute = route({
  method: 'DELETE',
  path: '/api/rounds/:roundId/submission/file',
  params: roundParams,
  response: MyWork,
  refusals: [...handing, 'review.already_handed_in', 'upload.not_found'],
})

export const handInRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/submission/hand-in',
  params: roundParams,
  response: MyWork,
  refusals: [...handing, 'review.already_handed_in', 'review.nothing_to_hand_in'],
})

/** Handed-in work becomes a draft again, until the time is up or the reviews are dealt. */
export const takeBackRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/submission/take-back',
  params: roundParams,
  response: MyWork,
  refusals: [...handing, 'review.not_handed_in'],
})

// ---- reviews

const assignmentParams = z.object({ assignmentId: AssignmentId })

/** The reviews I am to write in this cohort, open ones first, then by last day. */
export const listReviewsRoute = route({
  method: 'GET',
  path: '/api/reviews',
  query: PageQuery,
  response: page(ReviewToWrite),
})

export const ReviewPage = ReviewToWrite.extend({
  instructions: z.string(),
  anonymity: Anonymity,
  /** The author, when the round's anonymity lets a reviewer know. */
  author: NamedPerson.nullable(),
  work: z.object({ body: z.string(), file: WorkFile.nullable() }),
  rubric: Rubric,
  marks: z.array(Mark),
  comment: z.string(),
})
export type ReviewPage = z.infer<typeof ReviewPage>

export const showReviewRoute = route({
  method: 'GET',
  path: '/api/reviews/:assignmentId',
  params: assignmentParams,
  response: ReviewPage,
  refusals: seen,
})

export const ReviewDraft = z.object({
  marks: z.array(Mark).max(20),
  comment: z.string().max(20_000),
})
export type ReviewDraft = z.infer<typeof ReviewDraft>

/** Facts of `review.draft_conflict` on a review: the version already saved. */
export const ReviewDraftConflict = z.object({ saved: ReviewDraft.extend({ savedAt: z.iso.datetime() }) })

const writing = [
  'review.not_found',
  'review.wrong_phase',
  'review.reviews_closed',
  'review.already_filed',
  'review.unknown_criterion',
  'review.unknown_level',
  'review.draft_conflict',
] as const

/** Autosave of a review. `basedOn` as for work. */
export const saveReviewRoute = route({
  method: 'PUT',
  path: '/api/reviews/:assignmentId/draft',
  params: assignmentParams,
  body: ReviewDraft.extend({ basedOn: Instant.nullable() }),
  response: z.object({ savedAt: Instant }),
  refusals: writing,
})

/** Sends the review: what is in the body is what is filed. Every criterion marked, required comments written. */
export const fileReviewRoute = route({
  method: 'POST',
  path: '/api/reviews/:assignmentId/file',
  params: assignmentParams,
  body: ReviewDraft.extend({ basedOn: Instant.nullable() }),
  response: z.object({ filedAt: Instant }),
  refusals: [...writing, 'review.marks_missing', 'review.comments_missing'],
})

/** A review as its author's reader sees it. `reviewer` only in a round without anonymity; no date, which could tell. */
export const ReceivedReview = z.object({
  number: z.number().int(),
  reviewer: NamedPerson.nullable(),
  marks: z.array(Mark),
  comment: z.string(),
  percent: z.number(),
})
export type ReceivedReview = z.infer<typeof ReceivedReview>

/** What I received, once the round is closed or the last day for reviews has passed. */
export const receivedRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/received',
  params: roundParams,
  response: z.object({
    rubric: Rubric,
    reviews: z.array(ReceivedReview),
    /** Mean of the reviews in points of `workMaximum`; null without a review. */
    mean: z.number().nullable(),
    workMaximum: z.number(),
  }),
  refusals: [...seen, 'review.not_participant', 'review.not_readable_yet'],
})

/** The bytes, as an attachment. Not JSON: read the answer as a blob. */
export const downloadRoute = route({
  method: 'GET',
  path: '/api/uploads/:uploadId',
  params: z.object({ uploadId: UploadId }),
  response: z.undefined(),
  refusals: ['upload.not_found'],
})

// ---- for instructors

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
  criteria: z.array(z.object({ criterionId: z.string(), points: z.number(), of: z.number() })),
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
