import type { Actor } from '@copractice/core/directory'
import { ok, type AssignmentId, type Result, type RoundId } from '@copractice/core/kernel'
import {
  raiseFlag as decide,
  viewerOf,
  type OwnFlag,
  type RaiseFlagRefusal,
  type ReviewKey,
  type Round,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { findAssignment, insertFlag, listFlagsRaisedBy, lockRound, type Assignment } from '@copractice/store/review'
import { notFound, type NotFound } from './find-round.ts'
import { reviewKeyOf } from './read-review-list.ts'
import { reviewsReceived, type NotParticipant } from './read-reviews.ts'

type Said = Pick<OwnFlag, 'kind' | 'text'>
type Raised<R extends { code: string; facts: unknown } = never> = Result<OwnFlag, NotFound | RaiseFlagRefusal | R>

/** A reviewer says that something is wrong with a work of theirs to review. */
export async function flagWork(
  db: Db,
  actor: Actor,
  { assignmentId, ...said }: Said & Readonly<{ assignmentId: AssignmentId }>,
  now: Date,
): Promise<Raised> {
  return db.transaction().execute(async (trx): Promise<Raised> => {
    const review = await findAssignment(trx, actor.networkId, assignmentId)
    const round = review && (await lockRound(trx, actor.networkId, review.roundId, 'share'))
    if (!round || review.reviewerId !== actor.personId || viewerOf(actor, round.cohortId) !== 'participant')
      return notFound()
    return raise(trx, actor, { round, review, as: 'reviewer', said }, now)
  })
}

/** An author says that something is wrong with a review they received. */
export async function flagReview(
  db: Db,
  actor: Actor,
  { roundId, reviewKey, ...said }: Said & Readonly<{ roundId: RoundId; reviewKey: ReviewKey }>,
  now: Date,
): Promise<Raised<NotParticipant>> {
  return db.transaction().execute(async (trx): Promise<Raised<NotParticipant>> => {
    await lockRound(trx, actor.networkId, roundId, 'share')
    const found = await reviewsReceived(trx, actor, roundId, now)
    if (!found.ok) return found
    const review = found.value.reviews.find((received) => reviewKeyOf(received) === reviewKey)
    return review ? raise(trx, actor, { round: found.value.round, review, as: 'author', said }, now) : notFound()
  })
}

async function raise(
  trx: Trx,
  { networkId, personId }: Actor,
  flag: Readonly<{ round: Round; review: Assignment; as: 'reviewer' | 'author'; said: Said }>,
  now: Date,
): Promise<Raised> {
  const { round, review, as, said } = flag
  const mine = await listFlagsRaisedBy(trx, networkId, round.roundId, personId)
  const waits = mine.some(
    ({ assignmentId, raisedAs, answer }) => assignmentId === review.assignmentId && raisedAs === as && !answer,
  )
  const decision = decide(round, { as, kind: said.kind, waits }, now)
  if (!decision.ok) return decision
  const { roundId, submissionId, assignmentId } = review
  await insertFlag(trx, networkId, {
    roundId,
    submissionId,
    assignmentId,
    ...said,
    raisedBy: personId,
    raisedAs: as,
    raisedAt: now,
  })
  return ok({ ...said, raisedAt: now, answer: null })
}
