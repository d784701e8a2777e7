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
import { findRound, findWork, listAssignments, listCoursesOfLearner } from '@copractice/store/review'
import { notFound, type NotFound } from './find-round.ts'
import { namedPerson, peopleOfRound, type PeopleOfRound } from './people-of-round.ts'
import { fileSeen } from './show-round.ts'

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
  return readerOfWork(actor, authorId, await listCoursesOfLearner(db, { networkId, cohortId }, authorId))
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
  const people = await peopleOfRound(db, actor, round)
  const author = people.all.find((person) => person.personId === personId)
  if (!author) return notFound()

  const work = await findWork(db, { networkId, roundId, authorId: personId })
  const mayRead = reader !== 'author' || isSettled(round, now)
  const filed = mayRead
    ? (await listAssignments(db, networkId, roundId)).filter(
        (review) => review.authorId === personId && review.filedAt !== null,
      )
    : []
  const { title, phase, rubric, reviewUntil, timeZone, workMaximum } = round
  const { points, marks } = aggregateMarks(
    rubric,
    filed.map((review) => review.marks),
    workMaximum,
  )
  const reviewerOf = namer(people, round, reader)
  return ok({
    title,
    phase,
    reader,
    author: namedPerson(author),
    work:
      work?.status === 'submitted' && work.handedInAt
        ? { handedInAt: work.handedInAt, body: work.body, file: work.file && fileSeen(work.file, work.file.fileName) }
        : null,
    rubric,
    reviews: mayRead
      ? filed.map((review, index) => ({
          number: index + 1,
          reviewer: reviewerOf(review.reviewerId),
          marks: [...review.marks],
          comment: review.comment,
          percent: marks[index]!.percent,
        }))
      : null,
    readableFrom: reviewUntil,
    timeZone,
    mean: points,
    workMaximum,
  })
}

/** Instructors see own learners by name and others by campus and number, authors what the round lets them; assistants nobody. */
function namer(
  people: PeopleOfRound,
  { anonymity }: Round,
  reader: WorkReader,
): (reviewerId: PersonId) => RoundPerson | null {
  if (reader === 'instructor') return people.label
  if (reader === 'assistant' || !authorMayKnowReviewer(anonymity)) return () => null
  return (reviewerId) => {
    const person = people.all.find((each) => each.personId === reviewerId)
    return person ? { kind: 'named', key: reviewerId, ...namedPerson(person) } : null
  }
}
