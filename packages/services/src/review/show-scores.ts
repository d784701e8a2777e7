import type { Actor } from '@copractice/core/directory'
import {
  ok,
  type CourseId,
  type NetworkId,
  type PersonId,
  type Result,
  type RoundId,
  type RouteInput,
  type RouteOutput,
} from '@copractice/core/kernel'
import {
  instructedCourses,
  isSettled,
  measureAgreement,
  SCORES_AT_ONCE,
  type LearnerScores,
  type Round,
  type ScoreFilter,
  type ScoreSort,
  type scoresRoute,
} from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { listCellScores, listChangedInLms, listCourses } from '@copractice/store/gradebook'
import {
  countOpenFlags,
  listAppeals,
  listReleases,
  listWorks,
  type SeatedPerson,
  type StoredAppeal,
} from '@copractice/store/review'
import { changesOf, scoringByCourse, type ReleaseChanges } from './compare-release.ts'
import { roundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { loadScoring, type RoundScoring } from './load-scoring.ts'
import { namedPerson, peopleOfRound, type PeopleOfRound } from './people-of-round.ts'

type Scores = RouteOutput<typeof scoresRoute>
type Query = RouteInput<typeof scoresRoute>['query']

/**
 * The moderation table: the instructor's own learners with the arithmetic of their scores, sorted, filtered and searched
 * here, a screenful at a time. Agreement is measured over the whole round; it names nobody.
 */
export async function showScores(
  db: Db,
  actor: Actor,
  { roundId, sort, filter, search, page }: Query & Readonly<{ roundId: RoundId }>,
  now: Date,
): Promise<Result<Scores, NotFound | InstructorsOnly>> {
  const found = await roundRunBy(db, actor, roundId)
  if (!found.ok) return found
  const round = found.value
  const { networkId } = actor
  const courseIds = instructedCourses(actor, round.cohortId)
  const people = await peopleOfRound(db, actor, round)
  const drafts = new Set((await listWorks(db, networkId, roundId)).map(({ authorId }) => authorId))
  const releases = await listReleases(db, networkId, roundId)
  const scoringOf = await scoringByCourse(db, networkId, round, { releases, courseIds }, 'whenever offered')
  const scoring = scoringOf(courseIds)
  const fresh = releases.length > 0 ? await loadScoring(db, networkId, round, null) : scoring
  const seen = {
    flags: await countOpenFlags(db, networkId, roundId),
    appeals: Map.groupBy(await listAppeals(db, networkId, roundId), ({ personId }) => personId),
    overrides: Map.groupBy(scoring.overrides, ({ personId }) => personId),
    courses: Map.groupBy(people.learners, ({ personId }) => personId),
    sent: await sentStates(db, { networkId, roundId, courseIds }),
    // One pass, not one per learner.
    authorOf: new Map(
      scoring.works.flatMap(({ submissionId, authorIds }) => authorIds.map((by) => [submissionId, by])),
    ),
    late: new Map(scoring.works.flatMap(({ authorIds, lateMinutes }) => authorIds.map((by) => [by, lateMinutes]))),
  }
  const coursesOf = ({ personId }: SeatedPerson) => (seen.courses.get(personId) ?? []).map(({ courseId }) => courseId)
  const all = people.own
    .filter(({ personId, takesPart }) => takesPart || drafts.has(personId) || seen.overrides.has(personId))
    .map((person) => ({
      learner: learnerOf(person, { scoring: scoringOf(coursesOf(person)), people, ...seen }),
      rank: scoring.scored.workOf(person.personId)?.rank ?? Number.POSITIVE_INFINITY,
    }))

  const named = search.trim().toLowerCase()
  const rows = all
    .filter(({ learner }) => isFiltered[filter](learner))
    .filter(({ learner }) => !named || learner.person.name?.toLowerCase().includes(named))
    .sort(orders[sort])
  const pages = Math.max(1, Math.ceil(rows.length / SCORES_AT_ONCE))
  const from = (Math.min(page, pages) - 1) * SCORES_AT_ONCE
  const marks = [...scoring.scored.works.values()].map((work) => work.marks.map(({ percent }) => percent))
  return ok({
    workMaximum: round.workMaximum,
    reviewingMaximum: round.reviewingMaximum,
    rubric: round.rubric,
    final: isSettled(round, now),
    scoring: {
      chosen: round.method,
      inForce: scoring.inForce,
      offered: scoring.offered,
      because: [...scoring.because],
      largestMove: largestMove(
        all.map(({ learner }) => learner),
        round,
      ),
      weights: round.reviewerWeights,
      comment: round.gradeComment,
      fixed: releases.length > 0,
    },
    agreement: {
      ...measureAgreement(marks),
      works: marks.filter((given) => given.length > 0).length,
      marks: marks.flat().length,
    },
    courses: (await listCourses(db, networkId, courseIds)).map(({ courseId, title, institution }) => {
      const release = releases.find((each) => each.courseId === courseId)
      return {
        courseId,
        title,
        institution,
        learners: people.learners.filter((learner) => learner.courseId === courseId).length,
        release: release
          ? {
              releasedAt: release.releasedAt,
              appealsUntil: release.appealsUntil,
              changes: changesSeen(changesOf(release, { told: scoringOf([courseId]), now: fresh }, people), people),
            }
          : null,
      }
    }),
    counts: Object.fromEntries(
      Object.entries(isFiltered).map(([name, isIt]) => [name, all.filter(({ learner }) => isIt(learner)).length]),
    ) as Scores['counts'],
    learners: rows.slice(from, from + SCORES_AT_ONCE).map(({ learner }) => learner),
    found: rows.length,
    pages,
  })
}

/** How many of the grades that would change are shown one by one. */
const CHANGES_SHOWN = 20

function changesSeen(found: ReleaseChanges | null, { own }: PeopleOfRound) {
  if (!found) return null
  const { changes, fingerprint } = found
  const people = new Map(own.map((person) => [person.personId, person]))
  return {
    fingerprint,
    learners: new Set(changes.map(({ personId }) => personId)).size,
    grades: changes.length,
    shown: changes.slice(0, CHANGES_SHOWN).flatMap(({ personId, ...change }) => {
      const person = people.get(personId)
      return person ? [{ ...change, person: namedPerson(person) }] : []
    }),
  }
}

type Row = Readonly<{ learner: LearnerScores; rank: number }>

const isFiltered: Readonly<Record<ScoreFilter, (learner: LearnerScores) => boolean>> = {
  all: () => true,
  look: ({ work }) => work.flag !== null,
  flagged: ({ openFlags }) => openFlags > 0,
  appealed: ({ appeals }) => appeals.some(({ status }) => status === 'open'),
  overridden: ({ overrides }) => overrides.some(({ withdrawnAt }) => withdrawnAt === null),
  changed: ({ work, reviewing }) => work.sent === 'changed' || reviewing.sent === 'changed',
  late: ({ work }) => work.lateMinutes !== null,
  missing: ({ handedIn, work, reviewing }) => !handedIn || work.missing > 0 || reviewing.filed < reviewing.assigned,
}

const byName = (a: Row, b: Row) =>
  (a.learner.person.name ?? '\u{10ffff}').localeCompare(b.learner.person.name ?? '\u{10ffff}') ||
  (a.learner.person.personId < b.learner.person.personId ? -1 : 1)
/** Lowest first, those without a grade last. */
const byGrade = (column: 'work' | 'reviewing') => (a: Row, b: Row) => {
  const [one, other] = [a.learner[column].grade, b.learner[column].grade]
  if (one === null || other === null) return Number(one === null) - Number(other === null) || byName(a, b)
  return one - other || byName(a, b)
}
const asks = ({ openFlags, appeals }: LearnerScores) =>
  Number(openFlags > 0 || appeals.some(({ status }) => status === 'open'))
/** What somebody asks about comes before what only the figures say. */
const byLook = (a: Row, b: Row) =>
  asks(b.learner) - asks(a.learner) || (a.rank === b.rank ? byName(a, b) : a.rank - b.rank)

const orders: Readonly<Record<ScoreSort, (a: Row, b: Row) => number>> = {
  look: byLook,
  name: byName,
  work: byGrade('work'),
  reviewing: byGrade('reviewing'),
}

type Seen = Readonly<{
  scoring: RoundScoring
  people: PeopleOfRound
  flags: ReadonlyMap<string, number>
  appeals: ReadonlyMap<PersonId, readonly StoredAppeal[]>
  overrides: ReadonlyMap<PersonId, RoundScoring['overrides']>
  courses: ReadonlyMap<PersonId, PeopleOfRound['learners']>
  authorOf: ReadonlyMap<string, PersonId>
  late: ReadonlyMap<PersonId, number | null>
  sent: Awaited<ReturnType<typeof sentStates>>
}>

/** Whose work an outside learner's mark is compared on is not told: of other courses' learners no grade is shown. */
function learnerOf(person: SeatedPerson, seen: Seen): LearnerScores {
  const { scoring, people } = seen
  const { personId } = person
  const work = scoring.scored.workOf(personId)
  const reviewing = scoring.scored.reviewing.get(personId)
  const grades = {
    work: scoring.scored.grade(personId, 'work'),
    reviewing: scoring.scored.grade(personId, 'reviewing'),
  }
  return {
    person: namedPerson(person),
    courseIds: (seen.courses.get(personId) ?? []).map(({ courseId }) => courseId),
    handedIn: work !== undefined,
    work: {
      points: work?.points ?? null,
      percent: work?.percent ?? null,
      mean: work?.mean ?? null,
      marks: (work?.marks ?? []).map((mark, index) => ({
        ...mark,
        criteria: [...mark.criteria],
        reviewer: people.label(work!.reviewers[index]!),
      })),
      spread: work?.spread ?? null,
      missing: work?.missing ?? 0,
      interval: work?.interval ?? null,
      check: work?.check ?? null,
      model: (work && scoring.estimates?.get(work.submissionId)?.percent) ?? null,
      flag: work?.flag ?? null,
      late: work?.late ?? 0,
      lateMinutes: seen.late.get(personId) ?? null,
      grade: grades.work,
      sent: seen.sent(personId, 'work', grades.work),
    },
    reviewing: {
      points: reviewing?.points ?? null,
      percent: reviewing?.percent ?? null,
      assigned: reviewing?.parts.length ?? 0,
      filed: reviewing?.filed ?? 0,
      parts: (reviewing?.parts ?? []).map(({ submissionId, ...part }) => {
        const author = seen.authorOf.get(submissionId)
        return { ...part, author: author && people.isOwn(author) ? people.label(author) : null }
      }),
      grade: grades.reviewing,
      sent: seen.sent(personId, 'reviewing', grades.reviewing),
    },
    overrides: [...(seen.overrides.get(personId) ?? [])],
    appeals: (seen.appeals.get(personId) ?? []).map(appealSeen),
    openFlags: (work && seen.flags.get(work.submissionId)) ?? 0,
  }
}

/** An appeal as its learner and their instructor read it: without anybody's id. */
export const appealSeen = ({ appealId, column, reason, raisedAt, status, entries }: StoredAppeal) => ({
  appealId,
  column,
  reason,
  raisedAt,
  status,
  entries: entries.map((entry) => ({ ...entry })),
})

function largestMove(learners: readonly LearnerScores[], { workMaximum }: Round): number | null {
  const moves = learners.flatMap(({ work: { mean, model } }) =>
    mean === null || model === null ? [] : [(Math.abs(model - mean) / 100) * workMaximum],
  )
  return moves.length === 0 ? null : Math.max(...moves)
}

type Scope = Readonly<{ networkId: NetworkId; roundId: RoundId; courseIds: readonly CourseId[] }>

/** Where a grade stands towards the gradebooks of the learner's courses: the one that needs most, where there are several. */
async function sentStates(db: Db, { networkId, roundId, courseIds }: Scope) {
  const held = await listCellScores(db, networkId, roundId, courseIds)
  const theirs = await listChangedInLms(db, networkId, roundId, courseIds)
  const key = (cell: { personId: PersonId; column: string }) => `${cell.personId} ${cell.column}`
  const [heldBy, theirsBy] = [Map.groupBy(held, key), Map.groupBy(theirs, key)]
  return (personId: PersonId, column: 'work' | 'reviewing', grade: number | null): LearnerScores['work']['sent'] => {
    if (theirsBy.has(key({ personId, column }))) return 'theirs'
    const cells = heldBy.get(key({ personId, column })) ?? []
    const waiting = cells.filter(({ status }) => status === 'waiting')
    const waits = new Set(waiting.map(({ courseId }) => courseId))
    const last = [...waiting, ...cells.filter(({ status, courseId }) => status === 'arrived' && !waits.has(courseId))]
    if (last.length === 0) return 'no'
    if (last.some(({ score }) => score !== grade)) return 'changed'
    return waiting.length > 0 ? 'on_its_way' : 'arrived'
  }
}
