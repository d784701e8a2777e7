import type { Actor } from '@copractice/core/directory'
import { ok, type Result, type RoundId } from '@copractice/core/kernel'
import type { ReviewKey, ReviewResponse } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { listResponses, lockRound, saveResponse } from '@copractice/store/review'
import { notFound } from './find-round.ts'
import { reviewKeyOf } from './read-review-list.ts'
import { mayRate, reviewsReceived, type ReceivedRefusal } from './read-reviews.ts'

/**
 * Keeps what an author says to a review they may read: how helpful it was, and their words. Any author of a team's work
 * may. Once grades are released, how helpful it was stays as it is: it would move what others were told.
 */
export async function respondToReview(
  db: Db,
  actor: Actor,
  { roundId, reviewKey, ...response }: ReviewResponse & Readonly<{ roundId: RoundId; reviewKey: ReviewKey }>,
  now: Date,
): Promise<Result<{ savedAt: Date }, ReceivedRefusal>> {
  const { networkId, personId: authorId } = actor
  return db.transaction().execute(async (trx): Promise<Result<{ savedAt: Date }, ReceivedRefusal>> => {
    await lockRound(trx, networkId, roundId, 'share')
    const found = await reviewsReceived(trx, actor, roundId, now)
    if (!found.ok) return found
    const review = found.value.reviews.find((received) => reviewKeyOf(received) === reviewKey)
    if (!review) return notFound()
    const { assignmentId } = review
    const said = (await listResponses(trx, networkId, [assignmentId])).get(assignmentId)
    const helpfulness = (await mayRate(trx, actor, roundId)) ? response.helpfulness : (said?.helpfulness ?? null)
    await saveResponse(trx, networkId, { assignmentId, roundId, authorId }, { ...response, helpfulness, savedAt: now })
    return ok({ savedAt: now })
  })
}
