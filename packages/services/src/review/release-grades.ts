import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CourseId, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import {
  changeScoring as decideChange,
  instructedCourses,
  releaseGrades as decideRelease,
  type GradeComment,
  type ReleaseRefusal,
  type ScoringChange,
  type ScoringRefusal,
} from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { insertRelease, listReleases, updateScoring, withdrawRelease as takeBack } from '@copractice/store/review'
import { lockRoundRunBy, notFound, type InstructorsOnly, type NotFound } from './find-round.ts'
import { changesOf } from './compare-release.ts'
import { loadEntered, pinFor } from './load-entered.ts'
import { loadScoring } from './load-scoring.ts'
import { noteScoring } from './moderate-score.ts'
import { peopleOfRound } from './people-of-round.ts'

type Running = NotFound | InstructorsOnly
type OfCourse = Readonly<{ roundId: RoundId; courseId: CourseId }>

/** Lets the learners of one of the actor's own courses see their grades, which stay as they are until another release. */
export function releaseGrades(
  db: Db,
  actor: Actor,
  { roundId, courseId, appealsUntil }: OfCourse & Readonly<{ appealsUntil: Date }>,
  now: Date,
): Promise<Result<Record<string, never>, Running | ReleaseRefusal>> {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId: releasedBy } = actor
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    if (!instructedCourses(actor, found.value.cohortId).includes(courseId)) return notFound()
    const releases = await listReleases(trx, networkId, roundId)
    const standing = releases.find((each) => each.courseId === courseId)
    const decided = decideRelease(found.value, standing ?? null, appealsUntil, now)
    if (!decided.ok) return decided
    const pinned = await pinFor(trx, networkId, found.value, releases[0] ?? null, now)
    await insertRelease(trx, { networkId, roundId, courseId }, { releasedBy, appealsUntil, pinned }, now)
    await noteScoring(trx, actor, roundId, 'grades.released', now)
    return ok({})
  })
}

type Anew = OfCourse & Readonly<{ appealsUntil: Date; fingerprint: string }>
type AnewRefusal = ReleaseRefusal | Refusal<'score.not_released' | 'score.changed_meanwhile', Record<string, never>>

/** Tells a course's learners their grades as they would be worked out now: all the changes that were looked at, none besides. */
export function releaseAnew(
  db: Db,
  actor: Actor,
  { roundId, courseId, appealsUntil, fingerprint }: Anew,
  now: Date,
): Promise<Result<Record<string, never>, Running | AnewRefusal>> {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId: releasedBy } = actor
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const round = found.value
    if (!instructedCourses(actor, round.cohortId).includes(courseId)) return notFound()
    const standing = (await listReleases(trx, networkId, roundId)).find((each) => each.courseId === courseId)
    if (!standing) return refuse('score.not_released', {})
    const decided = decideRelease(round, null, appealsUntil, now)
    if (!decided.ok) return decided
    const scorings = {
      told: await loadScoring(trx, networkId, round, standing),
      now: await loadScoring(trx, networkId, round, null),
    }
    const changes = changesOf(standing, scorings, await peopleOfRound(trx, actor, round))
    if (changes?.fingerprint !== fingerprint) return refuse('score.changed_meanwhile', {})
    // Never the moment at which another release of the round holds something else.
    const at = new Date(Math.max(+now, +standing.pinnedAt + 1))
    const pinned = { at, ...(await loadEntered(trx, networkId, round, null)) }
    const course = { networkId, roundId, courseId }
    await takeBack(trx, course, now)
    await insertRelease(trx, course, { releasedBy, appealsUntil, pinned }, now)
    await noteScoring(trx, actor, roundId, 'grades.released_anew', now)
    return ok({})
  })
}

export function withdrawRelease(
  db: Db,
  actor: Actor,
  { roundId, courseId }: OfCourse,
  now: Date,
): Promise<Result<Record<string, never>, Running | Refusal<'score.not_released', Record<string, never>>>> {
  return db.transaction().execute(async (trx) => {
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    if (!instructedCourses(actor, found.value.cohortId).includes(courseId)) return notFound()
    const gone = await takeBack(trx, { networkId: actor.networkId, roundId, courseId }, now)
    if (!gone) return refuse('score.not_released', {})
    await noteScoring(trx, actor, roundId, 'grades.release_withdrawn', now)
    return ok({})
  })
}

/** Changes how scores are worked out, and what the gradebook's comment says. */
export function changeScoring(
  db: Db,
  actor: Actor,
  {
    roundId,
    gradeComment,
    ...change
  }: ScoringChange & Readonly<{ roundId: RoundId; gradeComment?: GradeComment | undefined }>,
  now: Date,
): Promise<Result<Record<string, never>, Running | ScoringRefusal>> {
  return db.transaction().execute(async (trx) => {
    const { networkId } = actor
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const released = (await listReleases(trx, networkId, roundId)).length > 0
    const { offered } =
      change.method === 'model' ? await loadScoring(trx, networkId, found.value, null) : { offered: true }
    const decided = decideChange(found.value, change, { offered, released })
    if (!decided.ok) return decided
    await updateScoring(trx, networkId, roundId, { ...change, gradeComment })
    await noteScoring(trx, actor, roundId, 'scoring.changed', now)
    return ok({})
  })
}
