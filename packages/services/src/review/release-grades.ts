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
import {
  findPool,
  insertRelease,
  listReleases,
  updateScoring,
  withdrawRelease as takeBack,
} from '@copractice/store/review'
import { lockRoundRunBy, notFound, type InstructorsOnly, type NotFound } from './find-round.ts'
import { loadScoring } from './load-scoring.ts'
import { noteScoring } from './moderate-score.ts'

type Running = NotFound | InstructorsOnly
type OfCourse = Readonly<{ roundId: RoundId; courseId: CourseId }>

/** Lets the learners of one of the actor's own courses see their grades. */
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
    const standing = (await listReleases(trx, networkId, roundId)).find((each) => each.courseId === courseId)
    const decided = decideRelease(found.value, standing ?? null, appealsUntil, now)
    if (!decided.ok) return decided
    const { roundIds, asOf } = await findPool(trx, networkId, found.value)
    const pooled = { roundIds, asOf: asOf ?? now }
    await insertRelease(trx, { networkId, roundId, courseId }, { releasedBy, appealsUntil, pooled }, now)
    await noteScoring(trx, actor, roundId, 'grades.released', now)
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
      change.method === 'model' ? await loadScoring(trx, networkId, found.value, 'in force') : { offered: true }
    const decided = decideChange(found.value, change, { offered, released })
    if (!decided.ok) return decided
    await updateScoring(trx, networkId, roundId, { ...change, gradeComment })
    await noteScoring(trx, actor, roundId, 'scoring.changed', now)
    return ok({})
  })
}
