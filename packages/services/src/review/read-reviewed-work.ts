import type { Actor } from '@copractice/core/directory'
import { ok, type PersonId, type Result, type RouteOutput, type RoundId } from '@copractice/core/kernel'
import {
  aggregateMarks,
  authorMayKnowReviewer,
  isSettled,
  readerOfWork,
  type reviewedWorkRoute,
  type Round,
  type RoundPerson,
  type WorkReader,
} from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { findRound, findWork, listAssignmentsOfWorks, listCoursesOfLearner } from '@copractice/store/review'
import { notFound, type NotFound } from './find-round.ts'
import { filesSeen } from './file-for.ts'
import { namedPerson, peopleOfRound } from './people-of-round.ts'
import { readReviewList } from './read-review-list.ts'
import { namedReviewer, selfAssessmentOf } from './read-reviews.ts'
import { versionsHandedIn } from './revise-work.ts'

type ReviewedWork = RouteOutput<typeof reviewedWorkRoute>
type Asked = Readonly<{ roundId: RoundId; personId: PersonId }>

/** What the actor is to somebody's work in this round. */
export async function workReader(
  db: Db,
  actor: Actor,
  { cohortId }: Pick<Round, 'cohortId'>,
  authorId: PersonId,
): Promise<WorkReader | null> {
  const { networkId } = actor
  const learnsIn = await listCoursesOfLearner(db, { networkId, cohortId }, authorId)
  return readerOfWork(actor, authorId, { cohortId, learnsIn })
}

/** A learner's work with its reviews, as it opens from a gradebook. A draft is nobody's but the author's, and not shown here. */
export async function readReviewedWork(
  db: Db,
  actor: Actor,
  { roundId, personId }: Asked,
  now: Date,
): Promise<Result<ReviewedWork, NotFound>> {
  const { networkId } = actor
  const round = await findRound(db, networkId, roundId)
  const reader = round && round.phase !== 'draft' ? await workReader(db, actor, round, personId) : null
  if (!round || !reader) return notFound()
  const { all: people } = await peopleOfRound(db, actor, round)
  const author = people.find((person) => person.personId === personId)
  if (!author) return notFound()

  const work = await findWork(db, { networkId, roundId, authorId: personId })
  const mayRead = reader !== 'author' || isSettled(round, now)
  const reviews = mayRead && work ? await listAssignmentsOfWorks(db, networkId, [work.submissionId]) : []
  const filed = reviews.filter(({ filedAt, hiddenAt }) => filedAt && (reader !== 'author' || !hiddenAt))
  const { title, phase, rubric, reviewUntil, timeZone, workMaximum } = round
  const { points } = aggregateMarks(
    rubric,
    filed.filter(({ hiddenAt }) => !hiddenAt).map(({ marks }) => marks),
    workMaximum,
  )
  const reviewerOf = await namer(db, actor, round, reader)
  return ok({
    title,
    phase,
    reader,
    author: namedPerson(author),
    work:
      work?.status === 'submitted' && work.handedInAt
        ? {
            handedInAt: work.handedInAt,
            body: work.body,
            files: filesSeen(work.files),
            link: work.link?.url ?? null,
          }
        : null,
    rubric,
    reviews: mayRead
      ? await readReviewList(db, round, filed, {
          networkId,
          reviewerOf,
          authorId: reader === 'author' ? personId : null,
        })
      : null,
    selfAssessment: work && mayRead ? await selfAssessmentOf(db, actor, work, personId) : null,
    versions: work?.status === 'submitted' ? await versionsHandedIn(db, actor, work) : [],
    readableFrom: reviewUntil,
    timeZone,
    mean: points,
    workMaximum,
  })
}

/** Instructors see own learners by name and others by campus and number, authors what the round lets them; assistants nobody. */
async function namer(
  db: Db,
  actor: Actor,
  round: Round,
  reader: WorkReader,
): Promise<(reviewerId: PersonId) => RoundPerson | null> {
  if (reader === 'instructor') return (await peopleOfRound(db, actor, round)).label
  if (reader === 'assistant' || !authorMayKnowReviewer(round.anonymity)) return () => null
  return namedReviewer(db, actor, round)
}
