import type { PersonId } from '@copractice/core/kernel'
import {
  markReview,
  numberNotes,
  type PassageComment,
  type PassageNote,
  type ReviewKey,
  type ReviewRead,
  type Round,
  type RoundPerson,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { listFlagsRaisedBy, listPassages, listResponses, type Assignment, type Flag } from '@copractice/store/review'
import { aliasOf } from './alias.ts'

/** What an author knows a review by. */
export const reviewKeyOf = ({ assignmentId }: Pick<Assignment, 'assignmentId'>): ReviewKey =>
  aliasOf('received', assignmentId) as string as ReviewKey

/** Notes as a reader gets them: without the ids their writer's page gave them. */
export const notesOf = (passages: readonly PassageComment[]): PassageNote[] =>
  numberNotes(passages).map(({ number, at, text }) => ({ number, at, text }))

/** A flag as the one who raised it sees it. */
export const ownFlagOf = ({ kind, text, raisedAt, answer }: Flag) => ({ kind, text, raisedAt, answer })

/** Filed reviews of one work as somebody may read them, in the order given, which says nothing of who wrote them. */
export async function readReviewList(
  trx: Db | Trx,
  round: Round,
  reviews: readonly Assignment[],
  reader: Readonly<{
    networkId: Parameters<typeof listPassages>[1]
    reviewerOf: (reviewerId: PersonId) => RoundPerson | null
    /** The author who reads, to whom their own flags are shown. */
    authorId: PersonId | null
  }>,
): Promise<ReviewRead[]> {
  const { networkId, reviewerOf, authorId } = reader
  const ids = reviews.map(({ assignmentId }) => assignmentId)
  const passages = await listPassages(trx, networkId, ids)
  const responses = await listResponses(trx, networkId, ids)
  const flags = authorId ? await listFlagsRaisedBy(trx, networkId, round.roundId, authorId) : []
  return reviews.map((review, index) => {
    const { assignmentId, reviewerId, marks, comment, hiddenAt } = review
    const flag = flags.find((raised) => raised.raisedAs === 'author' && raised.assignmentId === assignmentId)
    return {
      number: index + 1,
      key: reviewKeyOf(review),
      reviewer: reviewerOf(reviewerId),
      marks: [...marks],
      comment,
      percent: markReview(round.rubric, marks).percent,
      passages: notesOf(passages.get(assignmentId) ?? []),
      response: responses.get(assignmentId) ?? null,
      flag: flag ? ownFlagOf(flag) : null,
      isHidden: hiddenAt !== null,
    }
  })
}
