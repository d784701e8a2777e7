import * as z from 'zod'
import { TimeZone } from '../directory/time-zone.ts'
import { AssignmentId, PersonId, PortfolioItemId, RoundId, RubricId, RubricVersionId, UploadId } from '../kernel/ids.ts'
import { Instant, page, PageQuery, route } from '../kernel/route.ts'
import { datesInOrder } from './change-phase.ts'
import { ReviewerWeights } from './grade-setup.ts'
import { FILES_AT_MOST_USUALLY, FilesAtMost } from './keep-files.ts'
import { LatePolicy } from './late-policy.ts'
import { NamedPerson } from './round-person.ts'
import { roundParams, run, seen } from './round-path.ts'
import { Rubric } from './rubric.ts'
import { Advance, WorkKind } from './work-kind.ts'

export const Phase = z.enum(['draft', 'submit', 'review', 'closed'])
export type Phase = z.infer<typeof Phase>
/** none: everyone sees everyone; single: the author does not learn who reviewed; double: neither learns who the other is. */
export const Anonymity = z.enum(['none', 'single', 'double'])
export type Anonymity = z.infer<typeof Anonymity>
export const SameCampus = z.enum(['allow', 'avoid', 'forbid'])
export type SameCampus = z.infer<typeof SameCampus>

/** A file as its reader may know it: `name` is neutral ("work.pdf", "work-2.pdf") for a reviewer who may not know the author. */
export const WorkFile = z.object({
  uploadId: UploadId,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
})
export type WorkFile = z.infer<typeof WorkFile>

/** The dice of the allocation: same seed and same people, same pairing. */
export const Seed = z.number().int().min(0).max(2_147_483_647)

/** Why two people are kept apart. team: they work together; the others say who is what to whom, without saying which of the two. */
export const ConflictReason = z.enum(['declared', 'team', 'supervisor', 'co_chair'])
export type ConflictReason = z.infer<typeof ConflictReason>
const note = z.string().trim().max(200)

/** Two people who never review one another, either way; both are learners of the instructor's own courses. */
export const ConflictPair = z.object({
  people: z.tuple([PersonId, PersonId]),
  reason: ConflictReason.default('declared'),
  note: note.default(''),
})
export type ConflictPair = z.infer<typeof ConflictPair>

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
  conflicts: z.array(ConflictPair).max(500),
  seed: Seed,
  /** What may be handed in; work may be several of them. */
  workKinds: z.array(WorkKind).min(1).max(5),
  /** Files of one work, and of one exemplar. */
  filesAtMost: FilesAtMost,
  latePolicy: LatePolicy,
  /** Only those who handed in review; otherwise everyone who takes part does. */
  submitFirst: z.boolean(),
  selfAssessment: z.boolean(),
  advance: Advance,
  /** With `advance` by_date, when a draft opens by itself; null: by hand. */
  openFrom: Instant.nullable(),
  /** Authors revise until then; null: no revision. */
  reviseUntil: Instant.nullable(),
  reviewerWeights: ReviewerWeights,
  /** The library's version that `rubric` is; where the two differ, the rubric counts and this is forgotten. */
  rubricVersionId: RubricVersionId.nullable(),
}
const order = { path: ['reviewUntil'], message: 'Opening, work, reviews and revisions follow one another' }

/**
 * How a round is set up. Left out: text or up to 5 files, nothing after the last moment, those who handed in review, by hand, no
 * revision, no self-assessment, avoid the same campus, no conflicts, a seed of our own.
 */
export const RoundSetup = z
  .object({
    ...setup,
    instructions: setup.instructions.default(''),
    sameCampus: setup.sameCampus.default('avoid'),
    conflicts: setup.conflicts.default([]),
    seed: setup.seed.optional(),
    workKinds: setup.workKinds.default(['text', 'file']),
    filesAtMost: setup.filesAtMost.default(FILES_AT_MOST_USUALLY),
    latePolicy: setup.latePolicy.default({ kind: 'closed', graceMinutes: 0 }),
    submitFirst: setup.submitFirst.default(true),
    selfAssessment: setup.selfAssessment.default(false),
    advance: setup.advance.default('by_hand'),
    openFrom: setup.openFrom.default(null),
    reviseUntil: setup.reviseUntil.default(null),
    reviewerWeights: setup.reviewerWeights.default({ agreement: 60, completeness: 40, helpfulness: 0 }),
    rubricVersionId: setup.rubricVersionId.default(null),
  })
  .refine(datesInOrder, order)
export type RoundSetup = z.infer<typeof RoundSetup>

/**
 * What changes; everything else stays. In a draft all of it may; once open, only title, instructions, whether it goes by
 * its dates, and a date that has not passed its phase. `conflicts` replaces the pairs among the instructor's own learners and leaves other pairs alone.
 */
export const RoundChange = z.object(setup).partial().refine(datesInOrder, order)
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

/** An address on the web, of a page or a video. It opens in a window of its own. */
export const WorkLink = z.object({ url: z.httpUrl().max(2000), kind: z.enum(['link', 'video']) })
export type WorkLink = z.infer<typeof WorkLink>

/** The reader's own work. `savedAt` is what the next save is based on. */
export const MyWork = z.object({
  body: z.string(),
  /** In the author's order. */
  files: z.array(WorkFile),
  link: WorkLink.nullable(),
  /** The portfolio item and draft that `body` and `link` are a copy of. */
  portfolio: z.object({ itemId: PortfolioItemId, title: z.string(), number: z.number().int() }).nullable(),
  status: z.enum(['draft', 'handed_in']),
  savedAt: Instant,
  handedInAt: Instant.nullable(),
  /** Minutes after the author's last moment; null in time. */
  lateMinutes: z.number().int().nullable(),
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
  /** False once the time has passed, the round is closed or an instructor set it aside. */
  open: z.boolean(),
  /** An instructor set it aside: it is not asked for any more, or no longer counts. */
  isHidden: z.boolean(),
  criteriaMarked: z.number().int(),
  criteria: z.number().int(),
  savedAt: Instant.nullable(),
  filedAt: Instant.nullable(),
})
export type ReviewToWrite = z.infer<typeof ReviewToWrite>

/** How the round goes, as everyone in it may know. */
export const RoundPlan = z.object({
  workKinds: z.array(WorkKind),
  filesAtMost: z.number().int(),
  latePolicy: LatePolicy,
  submitFirst: z.boolean(),
  selfAssessment: z.boolean(),
  advance: Advance,
  openFrom: Instant.nullable(),
  reviseUntil: Instant.nullable(),
  reviewerWeights: ReviewerWeights,
  /** `submitUntil` and `reviewUntil` are the reader's own, later than everyone's. */
  moreTime: z.object({ work: z.boolean(), reviews: z.boolean() }),
  /** The reader may still hand in while reviews are written. */
  takesLate: z.boolean(),
})
export type RoundPlan = z.infer<typeof RoundPlan>

export const RoundDetail = RoundSummary.extend({
  instructions: z.string(),
  rubric: Rubric,
  reviewsPerSubmission: z.number().int(),
  workMaximum: z.number(),
  reviewingMaximum: z.number(),
  plan: RoundPlan,
  myWork: MyWork.nullable(),
  myReviews: z.array(ReviewToWrite),
  /** For instructors. `conflicts` holds the pairs among their own learners. */
  setup: z
    .object({
      sameCampus: SameCampus,
      seed: z.number().int(),
      conflicts: z.array(
        z.object({ people: z.tuple([NamedPerson, NamedPerson]), reason: ConflictReason, note: z.string() }),
      ),
      /** Pairs kept apart by other instructors. */
      otherConflicts: z.number().int(),
      /** Where the rubric came from; `latest` is the newest version's number. */
      rubricSource: z
        .object({
          rubricVersionId: RubricVersionId,
          rubricId: RubricId,
          title: z.string(),
          number: z.number().int(),
          latest: z.number().int(),
        })
        .nullable(),
      /** In how many courses its grades are released: what opening it again hides for as long. */
      released: z.number().int(),
      /** Its date has come and it could not move on by itself; it is tried again every hour. */
      stalled: z.object({ at: Instant, why: z.string() }).nullable(),
    })
    .nullable(),
})
export type RoundDetail = z.infer<typeof RoundDetail>

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
