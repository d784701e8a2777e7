import * as z from 'zod'
import { AssignmentId, ExemplarId, UploadId } from '../kernel/ids.ts'
import { Instant, page, PageQuery, route } from '../kernel/route.ts'
import { Anonymity, MyWork, ReviewToWrite, WorkFile } from './contract.ts'
import { NamedPerson } from './round-person.ts'
import { roundParams, seen } from './round-path.ts'
import { PassageComment } from './passage.ts'
import { Mark, Rubric } from './rubric.ts'
import { OwnFlag, ReviewRead, ReviewResponse, SelfAssessment, WorkVersion } from './writing-contract.ts'

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
  refusals: [...handing, 'review.already_handed_in', 'review.draft_conflict', 'review.kind_not_taken'],
})

const changingFiles = [...handing, 'review.already_handed_in', 'upload.not_found'] as const
/** Refusals of a file that was sent: of its kind, its size, its content, or for there being enough already. */
export const fileRefusals = [
  'upload.missing',
  'upload.empty',
  'upload.too_large',
  'upload.too_many',
  'upload.too_large_together',
  'upload.type_not_allowed',
  'upload.content_differs',
  'upload.not_cleaned',
  'upload.busy',
] as const

/** multipart/form-data with one part `file`: pdf, docx, odt, txt, md, png or jpg of at most 20 MB. Comes after the files there are. */
export const attachFileRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/submission/files',
  params: roundParams,
  response: MyWork,
  refusals: [...handing, 'review.already_handed_in', 'review.kind_not_taken', ...fileRefusals],
})

export const fileParams = roundParams.extend({ uploadId: UploadId })
/** Every file there is, in the order wanted. */
export const FileOrder = z.object({ order: z.array(UploadId).max(100) })

export const removeFileRoute = route({
  method: 'DELETE',
  path: '/api/rounds/:roundId/submission/files/:uploadId',
  params: fileParams,
  response: MyWork,
  refusals: changingFiles,
})

export const orderFilesRoute = route({
  method: 'PUT',
  path: '/api/rounds/:roundId/submission/files',
  params: roundParams,
  body: FileOrder,
  response: MyWork,
  refusals: [...handing, 'review.already_handed_in', 'upload.order_differs'],
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
  work: z.object({ body: z.string(), files: z.array(WorkFile), link: z.string().nullable() }),
  rubric: Rubric,
  marks: z.array(Mark),
  comment: z.string(),
  passages: z.array(PassageComment),
  /** The latest problem one has raised with this work. */
  flag: OwnFlag.nullable(),
  /** What became of it, once the round's reviews can be read: the author's answer, and later versions of the work. */
  after: z.object({ response: ReviewResponse.nullable(), versions: z.array(WorkVersion) }).nullable(),
})
export type ReviewPage = z.infer<typeof ReviewPage>

export const showReviewRoute = route({
  method: 'GET',
  path: '/api/reviews/:assignmentId',
  params: assignmentParams,
  response: ReviewPage,
  refusals: [...seen, 'review.exemplars_first'],
})

export const ReviewDraft = z.object({
  marks: z.array(Mark).max(20),
  comment: z.string().max(20_000),
  /** Notes at passages of the work, in the order they were written. Left out: those there are stay. */
  passages: z
    .array(PassageComment)
    .max(200)
    .refine((passages) => new Set(passages.map(({ id }) => id)).size === passages.length, 'Two notes have the same id')
    .optional(),
})
export type ReviewDraft = z.infer<typeof ReviewDraft>

/** Facts of `review.draft_conflict` on a review: the version already saved. */
export const ReviewDraftConflict = z.object({ saved: ReviewDraft.extend({ savedAt: z.iso.datetime() }) })

/** Facts of `review.exemplars_first`: what waits to be marked before. */
export const ExemplarsWaiting = z.object({
  exemplars: z.array(z.object({ exemplarId: ExemplarId, title: z.string() })),
})

const writing = [
  'review.not_found',
  'review.exemplars_first',
  'review.wrong_phase',
  'review.reviews_closed',
  'review.set_aside',
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
  refusals: [...writing, 'review.marks_missing', 'review.comments_missing', 'review.comments_too_short'],
})

/** What I received, once the round is closed or the last day for reviews has passed. */
export const receivedRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/received',
  params: roundParams,
  response: z.object({
    rubric: Rubric,
    /** What was reviewed. */
    work: z.object({ body: z.string(), files: z.array(WorkFile), link: z.string().nullable() }),
    reviews: z.array(ReviewRead),
    /** Whether one may still say how helpful they were: not once grades, which that counts in, are released. */
    mayRate: z.boolean(),
    /** One's own look at it, beside the peers' marks; never in the score. */
    selfAssessment: SelfAssessment.nullable(),
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
  refusals: ['upload.not_found', 'upload.busy'],
})
