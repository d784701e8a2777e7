import type { Actor } from '@copractice/core/directory'
import {
  ok,
  refuse,
  type PersonId,
  type Refusal,
  type Result,
  type RouteOutput,
  type RoundId,
} from '@copractice/core/kernel'
import {
  aggregateMarks,
  authorMayKnowReviewer,
  isSettled,
  markReview,
  type receivedRoute,
  type readWorkRoute,
  type Round,
  type RoundPerson,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  findWork,
  listAssignmentsOfWorks,
  listReleases,
  listSelfAssessments,
  listVersions,
  type Assignment,
  type Work,
} from '@copractice/store/review'
import { filesSeen } from './file-for.ts'
import { notFound, roundRunBy, roundSeenBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { namedPerson, peopleOfRound, personByName } from './people-of-round.ts'
import { readReviewList } from './read-review-list.ts'

type Received = RouteOutput<typeof receivedRoute>
export type NotYet = Refusal<'review.not_readable_yet', Readonly<{ reviewUntil: Date }>>
export type NotParticipant = Refusal<'review.not_participant', Record<string, never>>
export type ReceivedRefusal = NotFound | NotYet | NotParticipant

/** The actor's own work with the reviews they may read of it: filed, and not hidden by an instructor. */
export async function reviewsReceived(
  trx: Db | Trx,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<{ round: Round; work: Work | undefined; reviews: Assignment[] }, ReceivedRefusal>> {
  const { networkId, personId } = actor
  const seen = await roundSeenBy(trx, actor, roundId)
  if (!seen.ok) return seen
  const { round, viewer } = seen.value
  if (viewer !== 'participant') return refuse('review.not_participant', {})
  if (!isSettled(round, now)) return refuse('review.not_readable_yet', { reviewUntil: round.reviewUntil })
  const work = await findWork(trx, { networkId, roundId, authorId: personId })
  const all = work ? await listAssignmentsOfWorks(trx, networkId, [work.submissionId]) : []
  return ok({ round, work, reviews: all.filter(({ filedAt, hiddenAt }) => filedAt && !hiddenAt) })
}

/** How helpful reviews were counts in their writers' grades, and those stand once any course's are released. */
export async function mayRate(trx: Db | Trx, { networkId }: Actor, roundId: RoundId): Promise<boolean> {
  return (await listReleases(trx, networkId, roundId)).length === 0
}

/** What the actor received, in an order and with nothing beside it that could tell who wrote which review. */
export async function readReceived(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<Received, ReceivedRefusal>> {
  const { networkId, personId } = actor
  const found = await reviewsReceived(db, actor, roundId, now)
  if (!found.ok) return found
  const { round, work, reviews } = found.value
  const { points } = aggregateMarks(
    round.rubric,
    reviews.map(({ marks }) => marks),
    round.workMaximum,
  )
  return ok({
    rubric: round.rubric,
    work: await workReviewed(db, actor, work),
    reviews: await readReviewList(db, round, reviews, {
      networkId,
      reviewerOf: authorMayKnowReviewer(round.anonymity) ? await namedReviewer(db, actor, round) : () => null,
      authorId: personId,
    }),
    mayRate: await mayRate(db, actor, roundId),
    selfAssessment: work ? await selfAssessmentOf(db, actor, work, personId) : null,
    mean: points,
    workMaximum: round.workMaximum,
  })
}

/** What reviewers were given: the first version, whatever came after it. */
async function workReviewed(db: Db, { networkId }: Actor, work: Work | undefined): Promise<Received['work']> {
  if (!work) return { body: '', files: [], link: null }
  const first = (await listVersions(db, networkId, [work.submissionId])).get(work.submissionId)?.[0]
  const { body, files } = first ?? work
  return { body, files: filesSeen(files), link: (first ? first.link : work.link?.url) ?? null }
}

/** One author's own look at a work, once they sent it. */
export async function selfAssessmentOf(
  trx: Db | Trx,
  { networkId }: Actor,
  { submissionId }: Pick<Work, 'submissionId'>,
  authorId: PersonId,
) {
  const found = (await listSelfAssessments(trx, networkId, [submissionId])).find((own) => own.authorId === authorId)
  if (!found?.filedAt) return null
  const { marks, comment, savedAt, filedAt } = found
  return { marks: [...marks], comment, savedAt, filedAt }
}

/** Reviewers by name, where the round lets authors know them. */
export async function namedReviewer(
  trx: Db | Trx,
  { networkId }: Actor,
  { cohortId }: Round,
): Promise<(reviewerId: PersonId) => RoundPerson | null> {
  const nameOf = await personByName(trx, networkId, cohortId)
  return (reviewerId) => {
    const person = nameOf(reviewerId)
    return person && { kind: 'named', key: reviewerId, ...person }
  }
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
  const filed = (await listAssignmentsOfWorks(db, actor.networkId, [work.submissionId])).filter(
    (review) => review.filedAt !== null,
  )
  return ok({
    author: namedPerson(author),
    handedInAt: work.handedInAt,
    work: {
      body: work.body,
      files: filesSeen(work.files),
      link: work.link?.url ?? null,
    },
    rubric,
    reviews: filed.map(({ reviewerId, marks, comment }) => ({
      reviewer: people.label(reviewerId),
      marks: [...marks],
      comment,
      percent: markReview(rubric, marks).percent,
    })),
  })
}
