import { createHash } from 'node:crypto'
import type { Actor } from '@copractice/core/directory'
import {
  planScoreWrites,
  whyWaits,
  type CellState,
  type GradeColumn,
  type PlannedCell,
  type PublishPreview,
  type ScoreWrite,
} from '@copractice/core/gradebook'
import { ok, type Result, type RoundId } from '@copractice/core/kernel'
import { instructedCourses, isSettled, writeGradeComment, type Round } from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { listCellScores, listChangedInLms, listCourses } from '@copractice/store/gradebook'
import {
  listLearnersWithGradebook,
  listPairsOfRound,
  listReleases,
  listReviewsToScore,
  type CourseLearner,
  type ReviewToScore,
  type SeatedPerson,
} from '@copractice/store/review'
import {
  overridesThatCount,
  peopleOfRound,
  roundRunBy,
  scoringByCourse,
  type InstructorsOnly,
  type NotFound,
  type RoundScoring,
} from '../review/index.ts'

export const COLUMNS: readonly GradeColumn[] = ['work', 'reviewing']

/** The column's name in the gradebook. It is made once, so a round keeps the name it had when first published. */
export const columnOf = (round: Round, column: GradeColumn) => ({
  column,
  label: `${round.title}: ${column}`,
  maximum: column === 'work' ? round.workMaximum : round.reviewingMaximum,
})

/** What publishing would do for the actor's own learners, now. */
export async function previewPublish(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<PublishPreview, NotFound | InstructorsOnly>> {
  const found = await roundRunBy(db, actor, roundId)
  return found.ok ? ok((await planPublish(db, actor, found.value, now)).preview) : found
}

export type PublishPlan = Readonly<{
  preview: PublishPreview
  writes: readonly (ScoreWrite & Readonly<{ comment: string }>)[]
  learners: readonly CourseLearner[]
}>

/** Loads scores and what the gradebooks hold, and lets the rules decide cell by cell. */
export async function planPublish(trx: Db | Trx, actor: Actor, round: Round, now: Date): Promise<PublishPlan> {
  const { networkId } = actor
  const { roundId, cohortId } = round
  const courseIds = instructedCourses(actor, cohortId)
  const courses = await listCourses(trx, networkId, courseIds)
  const people = await peopleOfRound(trx, actor, round)
  const releases = await listReleases(trx, networkId, roundId)
  const scoringOf = await scoringByCourse(trx, networkId, round, { releases, courseIds }, 'in force')
  const overridden = new Set(
    overridesThatCount(scoringOf(courseIds).overrides).map((each) => `${each.personId} ${each.column}`),
  )
  const held = new Map(
    (await listCellScores(trx, networkId, roundId, courseIds)).map((score) => [
      cellKey(score, score.status),
      score.score,
    ]),
  )
  const theirs = new Map<string, number | 'unsaid'>(
    (await listChangedInLms(trx, networkId, roundId, courseIds)).map((cell) => [
      cellKey(cell, 'theirs'),
      cell.score ?? 'unsaid',
    ]),
  )
  const seats = new Map(people.own.map((person) => [person.personId, person]))
  const settled = isSettled(round, now)
  const setAside = new Set(
    (await listPairsOfRound(trx, networkId, roundId)).flatMap(({ reviewerId, filedAt, hiddenAt }) =>
      filedAt && hiddenAt ? reviewerId : [],
    ),
  )
  const gradebooks = new Set(courses.filter(({ hasGradebook }) => hasGradebook).map(({ courseId }) => courseId))

  const stateOf = (learner: CourseLearner, seat: SeatedPerson, column: GradeColumn): CellState => {
    const { courseId, personId } = learner
    const { scored } = scoringOf([courseId])
    const [work, reviews] = [scored.workOf(personId), scored.reviewing.get(personId)]
    const place = { courseId, personId, column }
    return {
      ...place,
      points: scored.grade(personId, column),
      why: whyWaits(column, {
        settled,
        takesPart: seat.takesPart,
        courseHasGradebook: gradebooks.has(courseId),
        handedIn: work !== undefined,
        received: work?.reviewers.length ?? 0,
        assigned: reviews?.parts.length ?? 0,
        setAside: setAside.has(personId),
        overridden: overridden.has(`${personId} ${column}`),
      }),
      arrived: held.get(cellKey(place, 'arrived')) ?? null,
      waiting: held.get(cellKey(place, 'waiting')) ?? null,
      theirs: theirs.get(cellKey(place, 'theirs')) ?? null,
    }
  }
  // By name, as the people come.
  const coursesOf = Map.groupBy(people.learners, ({ personId }) => personId)
  const rows = people.own.flatMap((seat) => (coursesOf.get(seat.personId) ?? []).map((learner) => ({ learner, seat })))
  const plan = planScoreWrites(
    rows.flatMap(({ learner, seat }) => COLUMNS.map((column) => stateOf(learner, seat, column))),
  )
  const cells = new Map(plan.cells.map((planned) => [cellKey(planned, 'planned'), planned.cell]))
  const cell = ({ courseId, personId }: CourseLearner, column: GradeColumn) =>
    cells.get(cellKey({ courseId, personId, column }, 'planned'))!

  const others = people.all.filter(({ personId, takesPart }) => takesPart && !seats.has(personId))
  const withGradebook = await listLearnersWithGradebook(trx, networkId, cohortId)
  const inOtherCourses = others.filter(({ personId }) => withGradebook.has(personId)).length
  const commentOf = commenter(round, await listReviewsToScore(trx, networkId, [roundId]))
  const writes = plan.writes.map((write) => ({ ...write, comment: commentOf(scoringOf([write.courseId]), write) }))
  return {
    writes,
    learners: people.learners,
    preview: {
      courses: [...courses],
      columns: COLUMNS.map((column) => columnOf(round, column)),
      rows: rows.map(({ learner, seat }) => ({
        courseId: learner.courseId,
        personId: seat.personId,
        name: seat.name,
        work: cell(learner, 'work'),
        reviewing: cell(learner, 'reviewing'),
      })),
      counts: {
        toSend: plan.writes.length,
        learnersToSend: new Set(plan.writes.map(({ personId }) => personId)).size,
        same: plan.cells.filter(({ cell }) => cell.verdict === 'same').length,
        wait: plan.cells.filter(({ cell }) => cell.verdict === 'waits').length,
      },
      others: { inOtherCourses, withoutGradebook: others.length - inOtherCourses },
      comment: round.gradeComment,
      comments: writes
        .filter(({ comment }) => comment !== '')
        .slice(0, COMMENTS_SHOWN)
        .map(({ personId, column, comment }) => ({
          personId,
          name: seats.get(personId)?.name ?? null,
          column,
          text: comment,
        })),
      fingerprint: fingerprintOf(plan.cells, writes),
    },
  }
}

/** How many comments a preview shows word for word. */
const COMMENTS_SHOWN = 3

/** What goes with somebody's score into the gradebook, as the round's comment is set: of the reviews what their author reads now. */
function commenter({ rubric, gradeComment }: Round, reviews: readonly ReviewToScore[]) {
  const filed = Map.groupBy(
    reviews.filter(({ filedAt }) => filedAt !== null),
    ({ submissionId }) => submissionId,
  )
  return ({ scored }: RoundScoring, { personId, column }: Pick<ScoreWrite, 'personId' | 'column'>): string => {
    const score = column === 'work' ? scored.workOf(personId) : undefined
    const comments = (score && filed.get(score.submissionId)) ?? []
    return writeGradeComment(
      gradeComment,
      rubric,
      score ? { score, comments: comments.map(({ comment }) => comment) } : null,
    )
  }
}

const cellKey = (
  { courseId, personId, column }: Pick<CellState, 'courseId' | 'personId' | 'column'>,
  what: 'arrived' | 'waiting' | 'theirs' | 'planned',
) => `${courseId} ${personId} ${column} ${what}`

/** Of what would be sent and what would not. A score that merely arrives meanwhile changes nothing of it. */
function fingerprintOf(cells: readonly PlannedCell[], writes: PublishPlan['writes']): string {
  const seen = cells.map(({ courseId, personId, column, cell }) => [
    courseId,
    personId,
    column,
    cell.willBe,
    cell.verdict,
    cell.why,
  ])
  return createHash('sha256')
    .update(JSON.stringify([seen, writes.map(({ comment }) => comment)]))
    .digest('base64url')
}
