import type { Actor } from '@copractice/core/directory'
import { ok, type AssignmentId, type CohortId, type Result } from '@copractice/core/kernel'
import {
  datesFor,
  fileReview as decideFile,
  isSettled,
  reviewerMayKnowAuthor,
  saveReview as decideSave,
  viewerOf,
  type ExemplarsFirst,
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
  findExtensions,
  findRound,
  findRounds,
  listFlagsRaisedBy,
  listPassages,
  listResponses,
  listReviewsOfCohort,
  listReviewsOfRound,
  listVersions,
  lockAssignment,
  lockRound,
  replacePassages,
  saveReviewDraft,
  type Assignment,
  type Version,
} from '@copractice/store/review'
import { filesForReviewer } from './file-for.ts'
import { notFound, type NotFound } from './find-round.ts'
import { personByName } from './people-of-round.ts'
import { mayBeginReview } from './mark-exemplar.ts'
import { ownFlagOf } from './read-review-list.ts'
import { reviewToWrite } from './show-round.ts'

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
): Promise<Result<ReviewPage, NotFound | ExemplarsFirst>> {
  const { networkId, personId } = actor
  const review = await findAssignment(db, networkId, assignmentId)
  if (review?.reviewerId !== personId) return notFound()
  const round = await findRound(db, networkId, review.roundId)
  if (!round || viewerOf(actor, round.cohortId) !== 'participant') return notFound()
  const listed = (await listReviewsOfRound(db, networkId, personId, round.roundId)).find(
    (other) => other.assignmentId === assignmentId,
  )
  if (!listed) return notFound()
  const mayBegin = await mayBeginReview(db, actor, round, review)
  if (!mayBegin.ok) return mayBegin

  const own = datesFor(round, await findExtensions(db, networkId, round.roundId, personId), now)
  const mayKnow = reviewerMayKnowAuthor(round.anonymity)
  const versions = (await listVersions(db, networkId, [review.submissionId])).get(review.submissionId) ?? []
  const { body, files, link } = versions[0]?.handedInAt ? versions[0] : review.work
  const flag = (await listFlagsRaisedBy(db, networkId, round.roundId, personId)).find(
    (raised) => raised.raisedAs === 'reviewer' && raised.submissionId === review.submissionId,
  )
  return ok({
    ...reviewToWrite(listed, own, now),
    instructions: round.instructions,
    anonymity: round.anonymity,
    author: mayKnow ? (await personByName(db, networkId, round.cohortId))(review.authorId) : null,
    work: { body, files: filesForReviewer(files, round.anonymity, assignmentId), link },
    rubric: round.rubric,
    marks: [...review.marks],
    comment: review.comment,
    passages: (await listPassages(db, networkId, [assignmentId])).get(assignmentId) ?? [],
    flag: flag ? ownFlagOf(flag) : null,
    after: await whatCameOfIt(db, actor, { round, review, versions }, now),
  })
}

/** For reviewers who sent theirs, once the author may have read it: the author's answer and what they changed. No dates. */
async function whatCameOfIt(
  db: Db,
  { networkId }: Actor,
  { round, review, versions }: Readonly<{ round: Round; review: Assignment; versions: readonly Version[] }>,
  now: Date,
): Promise<ReviewPage['after']> {
  if (!review.filedAt || review.hiddenAt || !isSettled(round, now)) return null
  const { assignmentId } = review
  const response = (await listResponses(db, networkId, [assignmentId])).get(assignmentId)
  return {
    response: response ? { helpfulness: response.helpfulness, reply: response.reply } : null,
    versions: versions
      .filter(({ number, handedInAt }) => number > 1 && handedInAt)
      .map(({ number, body, files, link, changeNote }) => ({
        number,
        body,
        files: filesForReviewer(files, round.anonymity, assignmentId),
        link,
        changeNote,
      })),
  }
}

type Writing = ReviewDraft & Readonly<{ assignmentId: AssignmentId; basedOn: Date | null }>

export async function saveReview(
  db: Db,
  actor: Actor,
  input: Writing,
  now: Date,
): Promise<Result<{ savedAt: Date }, SaveReviewRefusal>> {
  return changeReview(db, actor, input, now, async (round, review, trx) => {
    const draft = { ...input, passages: input.passages ?? review?.passages ?? [] }
    const decision = decideSave(round, review, draft)
    if (!decision.ok) return decision
    await saveReviewDraft(trx, actor.networkId, input.assignmentId, { ...input, savedAt: now, filedAt: null })
    await replacePassages(trx, actor.networkId, { ...input, roundId: round.roundId }, draft.passages, now)
    return ok({ savedAt: now })
  })
}

export async function fileReview(
  db: Db,
  actor: Actor,
  input: Writing,
  now: Date,
): Promise<Result<{ filedAt: Date }, FileReviewRefusal>> {
  return changeReview(db, actor, input, now, async (round, review, trx) => {
    const draft = { ...input, passages: input.passages ?? review?.passages ?? [] }
    const decision = decideFile(round, review, draft, now)
    if (!decision.ok) return decision
    await saveReviewDraft(trx, actor.networkId, input.assignmentId, { ...input, savedAt: now, filedAt: now })
    const said = draft.passages.filter(({ text }) => text.trim() !== '')
    await replacePassages(trx, actor.networkId, { ...input, roundId: round.roundId }, said, now)
    return ok({ filedAt: now })
  })
}

/** Holds the round before the review, in the order in which closing and publishing take them. */
function changeReview<T, R extends SaveReviewRefusal | FileReviewRefusal>(
  db: Db,
  actor: Actor,
  { assignmentId }: Writing,
  now: Date,
  decide: (round: Round, review: ReviewState, trx: Trx) => Promise<Result<T, R>>,
): Promise<Result<T, R | NotFound>> {
  const { networkId, personId } = actor
  return db.transaction().execute(async (trx): Promise<Result<T, R | NotFound>> => {
    const known = await findAssignment(trx, networkId, assignmentId)
    const round = known && (await lockRound(trx, networkId, known.roundId, 'share'))
    const review = round && (await lockAssignment(trx, networkId, assignmentId))
    if (!round || !review || viewerOf(actor, round.cohortId) !== 'participant') return notFound()
    const passages = (await listPassages(trx, networkId, [assignmentId])).get(assignmentId) ?? []
    const isMine = review.reviewerId === personId
    const own = datesFor(round, await findExtensions(trx, networkId, round.roundId, personId), now)
    const mayBegin = isMine ? await mayBeginReview(trx, actor, round, review) : ok<true>(true)
    return decide(own, { ...review, isMine, isHidden: review.hiddenAt !== null, mayBegin, passages }, trx)
  })
}
