import type { Actor } from '@copractice/core/directory'
import {
  ok,
  refuse,
  type PersonId,
  type Refusal,
  type Result,
  type RoundId,
  type UploadId,
} from '@copractice/core/kernel'
import type { RouteOutput } from '@copractice/core/kernel'
import {
  aggregateMarks,
  authorMayKnowReviewer,
  isSettled,
  markReview,
  neutralFileName,
  reviewerMayKnowAuthor,
  viewerOf,
  type readWorkRoute,
  type receivedRoute,
} from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { findRound, findUpload, findWork, listAssignments, type UploadInRound } from '@copractice/store/review'
import { notFound, roundRunBy, roundSeenBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { namedPerson, peopleOfRound, personByName } from './people-of-round.ts'
import { workReader } from './read-reviewed-work.ts'
import { fileSeen } from './show-round.ts'

type Received = RouteOutput<typeof receivedRoute>
type NotYet = Refusal<'review.not_readable_yet', Readonly<{ reviewUntil: Date }>>

/** What the actor received, in an order and with nothing beside it that could tell who wrote which review. */
export async function readReceived(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<Received, NotFound | NotYet | Refusal<'review.not_participant', Record<string, never>>>> {
  const { networkId, personId } = actor
  const seen = await roundSeenBy(db, actor, roundId)
  if (!seen.ok) return seen
  const { round, viewer } = seen.value
  if (viewer !== 'participant') return refuse('review.not_participant', {})
  if (!isSettled(round, now)) return refuse('review.not_readable_yet', { reviewUntil: round.reviewUntil })

  const filed = (await listAssignments(db, networkId, roundId)).filter(
    ({ authorId, filedAt }) => authorId === personId && filedAt !== null,
  )
  const nameOf = authorMayKnowReviewer(round.anonymity) ? await personByName(db, networkId, round.cohortId) : () => null
  const { points, marks } = aggregateMarks(
    round.rubric,
    filed.map((review) => review.marks),
    round.workMaximum,
  )
  return ok({
    rubric: round.rubric,
    reviews: filed.map((review, index) => ({
      number: index + 1,
      reviewer: nameOf(review.reviewerId),
      marks: [...review.marks],
      comment: review.comment,
      percent: marks[index]!.percent,
    })),
    mean: points,
    workMaximum: round.workMaximum,
  })
}

type WorkRead = RouteOutput<typeof readWorkRoute>

/** An own learner's handed-in work with its filed reviews; anyone else's is not found. */
export async function readWork(
  db: Db,
  actor: Actor,
  { roundId, personId }: Readonly<{ roundId: RoundId; personId: PersonId }>,
): Promise<Result<WorkRead, NotFound | InstructorsOnly>> {
  const found = await roundRunBy(db, actor, roundId)
  if (!found.ok) return found
  const { rubric } = found.value
  const people = await peopleOfRound(db, actor, found.value)
  const author = people.own.find((person) => person.personId === personId)
  const work = author && (await findWork(db, { networkId: actor.networkId, roundId, authorId: personId }))
  if (!author || work?.status !== 'submitted') return notFound()
  const filed = (await listAssignments(db, actor.networkId, roundId)).filter(
    (review) => review.authorId === personId && review.filedAt !== null,
  )
  return ok({
    author: namedPerson(author),
    handedInAt: work.handedInAt,
    work: { body: work.body, file: work.file && fileSeen(work.file, work.file.fileName) },
    rubric,
    reviews: filed.map(({ reviewerId, marks, comment }) => ({
      reviewer: people.label(reviewerId),
      marks: [...marks],
      comment,
      percent: markReview(rubric, marks).percent,
    })),
  })
}

export type Download = Readonly<{ storageKey: string; name: string; mediaType: string; bytes: number }>
type UploadNotFound = Refusal<'upload.not_found', Record<string, never>>

/** A file for its author, a reviewer of the work, and the instructors and assistants of the author's own course. */
export async function findDownload(
  db: Db,
  actor: Actor,
  uploadId: UploadId,
): Promise<Result<Download, UploadNotFound>> {
  const upload = await findUpload(db, actor.networkId, uploadId)
  const name = upload && (await nameFor(db, actor, upload))
  if (!upload || !name) return refuse('upload.not_found', {})
  const { storageKey, mediaType, bytes } = upload
  return ok({ storageKey, name, mediaType, bytes })
}

/** The name this reader may know the file by; null when it is none of theirs. */
async function nameFor(db: Db, actor: Actor, upload: UploadInRound): Promise<string | null> {
  const round = await findRound(db, actor.networkId, upload.roundId)
  const viewer = round && viewerOf(actor, round.cohortId)
  if (!round) return null
  if (!viewer || viewer === 'onlooker') {
    const reader = upload.isHandedIn && (await workReader(db, actor, round, upload.authorId))
    return reader ? upload.fileName : null
  }
  if (viewer === 'instructor') {
    const people = await peopleOfRound(db, actor, round)
    return upload.isHandedIn && people.isOwn(upload.authorId) ? upload.fileName : null
  }
  if (upload.authorId === actor.personId) return upload.fileName
  const reviews = await listAssignments(db, actor.networkId, round.roundId)
  const isReviewer = reviews.some(
    ({ reviewerId, authorId }) => reviewerId === actor.personId && authorId === upload.authorId,
  )
  if (!isReviewer) return null
  return reviewerMayKnowAuthor(round.anonymity) ? upload.fileName : neutralFileName(upload.fileName)
}
