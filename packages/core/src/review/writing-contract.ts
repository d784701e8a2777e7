import * as z from 'zod'
import { AssignmentId, ReviewFlagId } from '../kernel/ids.ts'
import { Instant, page, PageQuery, route } from '../kernel/route.ts'
import { WorkFile } from './contract.ts'
import { RoundPerson } from './round-person.ts'
import { PassageNote } from './passage.ts'
import { roundParams, run, seen } from './round-path.ts'
import { Mark } from './rubric.ts'

/**
 * How an author names a review they received. Another id than the reviewer's own for it, so that neither an address nor a
 * screen of one matches what the other has.
 */
export const ReviewKey = z.uuid().brand<'ReviewKey'>()
export type ReviewKey = z.infer<typeof ReviewKey>

/** 1 not helpful at all to 5 very helpful. */
export const Helpfulness = z.int().min(1).max(5)

/** What an author answers to a review. */
export const ReviewResponse = z.object({ helpfulness: Helpfulness.nullable(), reply: z.string().max(5000) })
export type ReviewResponse = z.infer<typeof ReviewResponse>

export const FlagKind = z.enum(['not_theirs', 'unsafe', 'unkind', 'identifies', 'unreadable', 'other'])
/** hidden: the review is kept from its author and out of every score. kept: it stays. */
export const FlagOutcome = z.enum(['kept', 'hidden'])

/** A problem as the one who raised it sees it; `answer` null while it waits. */
export const OwnFlag = z.object({
  kind: FlagKind,
  text: z.string(),
  raisedAt: Instant,
  answer: z.object({ outcome: FlagOutcome, text: z.string(), at: Instant }).nullable(),
})
export type OwnFlag = z.infer<typeof OwnFlag>

/** One version of a work. Number 1 is what was reviewed. Dates are for the author and those who teach them. */
export const WorkVersion = z.object({
  number: z.int(),
  body: z.string(),
  files: z.array(WorkFile),
  link: z.string().nullable(),
  /** What its author says they changed; empty for the first. */
  changeNote: z.string(),
})
export type WorkVersion = z.infer<typeof WorkVersion>
export const DatedVersion = WorkVersion.extend({ handedInAt: Instant })
export type DatedVersion = z.infer<typeof DatedVersion>

/** A review to read. No date and no id of its own, which could tell who wrote it. */
export const ReviewRead = z.object({
  number: z.int(),
  key: ReviewKey,
  /** Null where the reader may not know who wrote it. */
  reviewer: RoundPerson.nullable(),
  marks: z.array(Mark),
  comment: z.string(),
  percent: z.number(),
  passages: z.array(PassageNote),
  response: ReviewResponse.extend({ savedAt: Instant }).nullable(),
  /** What the author said is wrong with it; for the author alone. */
  flag: OwnFlag.nullable(),
  /** Set aside by an instructor: authors do not get it at all, and it counts in no score. */
  isHidden: z.boolean(),
})
export type ReviewRead = z.infer<typeof ReviewRead>

/** An author's look at their own work, with the rubric of the reviews. */
export const SelfAssessment = z.object({
  marks: z.array(Mark),
  comment: z.string(),
  savedAt: Instant,
  filedAt: Instant.nullable(),
})
export type SelfAssessment = z.infer<typeof SelfAssessment>
const SelfDraft = z.object({
  marks: z.array(Mark).max(20),
  comment: z.string().max(20_000),
  basedOn: Instant.nullable(),
})
/** Facts of `review.draft_conflict` on a self-assessment. */
export const SelfDraftConflict = z.object({
  saved: z.object({ marks: z.array(Mark), comment: z.string(), savedAt: z.iso.datetime() }),
})

const flagging = [
  ...seen,
  'review.wrong_phase',
  'review.flag_kind',
  'review.flag_waits',
  'review.not_readable_yet',
] as const
const Flagged = z.object({ kind: FlagKind, text: z.string().trim().max(5000) })

/** As a reviewer: something is wrong with the work. */
export const flagWorkRoute = route({
  method: 'POST',
  path: '/api/reviews/:assignmentId/flags',
  params: z.object({ assignmentId: AssignmentId }),
  body: Flagged,
  response: OwnFlag,
  refusals: flagging,
})

const reviewParams = roundParams.extend({ reviewKey: ReviewKey })

/** As an author: something is wrong with a review. */
export const flagReviewRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/received/:reviewKey/flags',
  params: reviewParams,
  body: Flagged,
  response: OwnFlag,
  refusals: [...flagging, 'review.not_participant'],
})

/**
 * Says how helpful a review was, and answers it. Replaces the answer before; the reviewer reads it. Once grades of the
 * round are released, how helpful it was stays as it is.
 */
export const respondRoute = route({
  method: 'PUT',
  path: '/api/rounds/:roundId/received/:reviewKey/response',
  params: reviewParams,
  body: ReviewResponse,
  response: z.object({ savedAt: Instant }),
  refusals: [...seen, 'review.not_participant', 'review.not_readable_yet'],
})

/** A flag as an instructor sees it. People as in the rest of the round: own learners by name, others by campus and number. */
export const FlagListed = z.object({
  flagId: ReviewFlagId,
  raisedAs: z.enum(['reviewer', 'author']),
  kind: FlagKind,
  text: z.string(),
  raisedAt: Instant,
  raisedBy: RoundPerson,
  authors: z.array(RoundPerson),
  reviewer: RoundPerson.nullable(),
  /** The review it is about: what has been sent of it, or null. */
  review: z.object({ comment: z.string(), marks: z.array(Mark), passages: z.array(PassageNote) }).nullable(),
  isHidden: z.boolean(),
  answer: z.object({ outcome: FlagOutcome, text: z.string(), at: Instant }).nullable(),
})
export type FlagListed = z.infer<typeof FlagListed>

/** Flags of authors or reviewers that the instructor teaches, and of people nobody teaches; those that wait first, oldest first. */
export const listFlagsRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/flags',
  params: roundParams,
  query: PageQuery,
  response: page(FlagListed),
  refusals: run,
})

/** Answers a flag: keeps the review or hides it. May be answered anew. */
export const answerFlagRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/flags/:flagId/answer',
  params: roundParams.extend({ flagId: ReviewFlagId }),
  body: z.object({ outcome: FlagOutcome, text: z.string().trim().min(1).max(5000) }),
  response: FlagListed,
  refusals: run,
})

const mine = [...seen, 'review.not_participant'] as const

/** `isAsked`: the round asks for one. `isOpen`: it can be written now. */
export const selfAssessmentRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/self-assessment',
  params: roundParams,
  response: z.object({ isAsked: z.boolean(), isOpen: z.boolean(), assessment: SelfAssessment.nullable() }),
  refusals: mine,
})
const assessing = [
  ...mine,
  'review.no_self_assessment',
  'review.not_handed_in',
  'review.self_assessment_over',
  'review.already_filed',
  'review.unknown_criterion',
  'review.unknown_level',
  'review.draft_conflict',
] as const

export const saveSelfAssessmentRoute = route({
  method: 'PUT',
  path: '/api/rounds/:roundId/self-assessment',
  params: roundParams,
  body: SelfDraft,
  response: z.object({ savedAt: Instant }),
  refusals: assessing,
})

export const fileSelfAssessmentRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/self-assessment/file',
  params: roundParams,
  body: SelfDraft,
  response: z.object({ filedAt: Instant }),
  refusals: [...assessing, 'review.marks_missing'],
})

/**
 * What in one's own work could tell its reviewers who wrote it, where they may not know: names and addresses of its authors
 * and their campus, in the text and in as much of the files as can be read. `of`: the work, or the revision being written.
 */
export const tracesRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/traces',
  params: roundParams,
  query: z.object({ of: z.enum(['work', 'revision']).default('work') }),
  response: z.object({
    /** False where reviewers know the author anyway. */
    isAsked: z.boolean(),
    traces: z.array(
      z.object({
        kind: z.enum(['name', 'email', 'campus']),
        found: z.string(),
        /** The file it stands in; null: the text. */
        file: z.string().nullable(),
      }),
    ),
    /** Files with words that we cannot read (scans, pictures), so their author should look. */
    unreadFiles: z.array(z.string()),
  }),
  refusals: mine,
})
