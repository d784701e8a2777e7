import type { Actor } from '@copractice/core/directory'
import { ok, type AssignmentId, type CohortId, type Result } from '@copractice/core/kernel'
import {
  fileReview as decideFile,
  neutralFileName,
  reviewerMayKnowAuthor,
  saveReview as decideSave,
  viewerOf,
  type FileReviewRefusal,
  type ReviewDraft,
  type ReviewPage,
  type ReviewState,
  type ReviewToWrite,
  type Round,
  type SaveReviewRefusal,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  findAssignment,
  findRound,
  findRounds,
  listReviewsOfCohort,
  listReviewsOfRound,
  lockAssignment,
  lockRound,
  saveReviewDraft,
} from '@copractice/store/review'
import { notFound, type NotFound } from './find-round.ts'
import { personByName } from './people-of-round.ts'
import { fileSeen, reviewToWrite } from './show-round.ts'

/** The reviews the actor is to write in a cohort. Empty for someone who takes no part. */
export async function listReviews(
  db: Db,
  actor: Actor,
  { cohortId, ...paging }: Readonly<{ cohortId: CohortId | null; after?: string | undefined; limit: number }>,
  now: Date,
): Promise<{ items: ReviewToWrite[]; next: string | null }> {
  if (!cohortId || viewerOf(actor, cohortId) !== 'participant') return { items: [], next: null }
  const { networkId, personId } = actor
  const page = await listReviewsOfCohort(db, { networkId, cohortId, reviewerId: personId }, paging)
  const found = await findRounds(db, networkId, [...new Set(page.items.map(({ roundId }) => roundId))])
  const rounds = new Map(found.map((round) => [round.roundId, round]))
  return { ...page, items: page.items.map((review) => reviewToWrite(review, rounds.get(review.roundId)!, now)) }
}

/** A review page as its reviewer may see it: who wrote the work stays on the server where the round is double-blind. */
export async function showReview(
  db: Db,
  actor: Actor,
  assignmentId: AssignmentId,
  now: Date,
): Promise<Result<ReviewPage, NotFound>> {
  const { networkId, personId } = actor
  const review = await findAssignment(db, networkId, assignmentId)
  if (review?.reviewerId !== personId) return notFound()
  const round = await findRound(db, networkId, review.roundId)
  if (!round || viewerOf(actor, round.cohortId) !== 'participant') return notFound()
  const listed = (await listReviewsOfRound(db, networkId, personId, round.roundId)).find(
    (other) => other.assignmentId === assignmentId,
  )
  if (!listed) return notFound()

  const mayKnow = reviewerMayKnowAuthor(round.anonymity)
  const { body, file } = review.work
  return ok({
    ...reviewToWrite(listed, round, now),
    instructions: round.instructions,
    anonymity: round.anonymity,
    author: mayKnow ? (await personByName(db, networkId, round.cohortId))(review.authorId) : null,
    work: { body, file: file && fileSeen(file, mayKnow ? file.fileName : neutralFileName(file.fileName)) },
    rubric: round.rubric,
    marks: [...review.marks],
    comment: review.comment,
  })
}

type Writing = ReviewDraft & Readonly<{ assignmentId: AssignmentId; basedOn: Date | null }>

export async function saveReview(
  db: Db,
  actor: Actor,
  input: Writing,
  now: Date,
): Promise<Result<{ savedAt: Date }, SaveReviewRefusal>> {
  return changeReview(db, actor, input, async (round, review, trx) => {
    const decision = decideSave(round, review, input)
    if (!decision.ok) return decision
    await saveReviewDraft(trx, actor.networkId, input.assignmentId, { ...input, savedAt: now, filedAt: null })
    return ok({ savedAt: now })
  })
}

export async function fileReview(
  db: Db,
  actor: Actor,
  input: Writing,
  now: Date,
): Promise<Result<{ filedAt: Date }, FileReviewRefusal>> {
  return changeReview(db, actor, input, async (round, review, trx) => {
    const decision = decideFile(round, review, input, now)
    if (!decision.ok) return decision
    await saveReviewDraft(trx, actor.networkId, input.assignmentId, { ...input, savedAt: now, filedAt: now })
    return ok({ filedAt: now })
  })
}

/** Holds the round before the review, in the order in which closing and publishing take them. */
function changeReview<T, R extends SaveReviewRefusal | FileReviewRefusal>(
  db: Db,
  actor: Actor,
  { assignmentId }: Writing,
  decide: (round: Round, review: ReviewState, trx: Trx) => Promise<Result<T, R>>,
): Promise<Result<T, R | NotFound>> {
  const { networkId, personId } = actor
  return db.transaction().execute(async (trx): Promise<Result<T, R | NotFound>> => {
    const known = await findAssignment(trx, networkId, assignmentId)
    const round = known && (await lockRound(trx, networkId, known.roundId, 'share'))
    const review = round && (await lockAssignment(trx, networkId, assignmentId))
    if (!round || !review || viewerOf(actor, round.cohortId) !== 'participant') return notFound()
    return decide(round, { ...review, isMine: review.reviewerId === personId }, trx)
  })
}
