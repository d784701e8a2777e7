import { sql } from 'kysely'
import type { GradeColumn } from '@copractice/core/gradebook'
import type { CourseId, NetworkId, OverrideId, PersonId, RoundId, SubmissionId } from '@copractice/core/kernel'
import type { GradeComment, ReviewerWeights, ScoreMethod } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'
import type { Pinned } from './entered-repo.ts'

export type StoredOverride = Readonly<{
  overrideId: OverrideId
  personId: PersonId
  column: GradeColumn
  points: number
  reason: string
  by: string | null
  at: Date
  withdrawnAt: Date | null
}>

/** Every override of a round, withdrawn ones too, latest first. */
export async function listOverrides(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<StoredOverride[]> {
  const rows = await trx
    .selectFrom('score_override as o')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'o.network_id').onRef('p.id', '=', 'o.by_id'))
    .select(['o.id', 'o.person_id', 'o.grade_column', 'o.points', 'o.reason', 'p.name', 'o.at', 'o.withdrawn_at'])
    .where('o.network_id', '=', networkId)
    .where('o.round_id', '=', roundId)
    .orderBy('o.at', 'desc')
    .orderBy('o.id', 'desc')
    .execute()
  return rows.map((row) => ({
    overrideId: row.id as OverrideId,
    personId: row.person_id as PersonId,
    column: row.grade_column,
    points: row.points,
    reason: row.reason,
    by: row.name,
    at: row.at,
    withdrawnAt: row.withdrawn_at,
  }))
}

export async function insertOverride(
  trx: Trx,
  override: Readonly<{
    networkId: NetworkId
    roundId: RoundId
    personId: PersonId
    column: GradeColumn
    points: number
    reason: string
    byId: PersonId
  }>,
  at: Date,
): Promise<OverrideId> {
  const { id } = await trx
    .insertInto('score_override')
    .values({
      network_id: override.networkId,
      round_id: override.roundId,
      person_id: override.personId,
      grade_column: override.column,
      points: override.points,
      reason: override.reason,
      by_id: override.byId,
      at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as OverrideId
}

export async function withdrawOverride(trx: Trx, networkId: NetworkId, id: OverrideId, at: Date): Promise<void> {
  await trx
    .updateTable('score_override')
    .set({ withdrawn_at: at })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute()
}

/** `pinnedAt`: when what counts was held fast. Releases with the same one of a round have the same figures. */
export type StandingRelease = Readonly<{
  releaseId: string
  courseId: CourseId
  releasedAt: Date
  appealsUntil: Date
  pinnedAt: Date
}>

/** The releases of a round that stand, in any course, the first one first. */
export async function listReleases(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<StandingRelease[]> {
  const rows = await trx
    .selectFrom('score_release')
    .select(['id as releaseId', 'course_id as courseId', 'released_at as releasedAt'])
    .select(['appeals_until as appealsUntil', 'pooled_as_of as pinnedAt'])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .where('withdrawn_at', 'is', null)
    .orderBy('released_at')
    .orderBy('id')
    .execute()
  return rows as StandingRelease[]
}

type Course = Readonly<{ networkId: NetworkId; roundId: RoundId; courseId: CourseId }>

export async function insertRelease(
  trx: Trx,
  course: Course,
  { releasedBy, appealsUntil, pinned }: Readonly<{ releasedBy: PersonId; appealsUntil: Date; pinned: Pinned }>,
  at: Date,
): Promise<void> {
  await trx
    .insertInto('score_release')
    .values({
      network_id: course.networkId,
      round_id: course.roundId,
      course_id: course.courseId,
      released_at: at,
      released_by: releasedBy,
      appeals_until: appealsUntil,
      pooled_round_ids: [...pinned.roundIds],
      pooled_as_of: pinned.at,
      entered: pinned.entered && JSON.stringify(pinned.entered),
    })
    .execute()
}

/** False when none stood. */
export async function withdrawRelease(trx: Trx, course: Course, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('score_release')
    .set({ withdrawn_at: at })
    .where('network_id', '=', course.networkId)
    .where('round_id', '=', course.roundId)
    .where('course_id', '=', course.courseId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function updateScoring(
  trx: Trx,
  networkId: NetworkId,
  roundId: RoundId,
  change: Readonly<{
    method?: ScoreMethod | undefined
    reviewerWeights?: ReviewerWeights | undefined
    gradeComment?: GradeComment | undefined
  }>,
): Promise<void> {
  const { method, reviewerWeights, gradeComment } = change
  if (!method && !reviewerWeights && !gradeComment) return
  await trx
    .updateTable('review_round')
    .set({
      ...(method && { method }),
      ...(reviewerWeights && { reviewer_weights: JSON.stringify(reviewerWeights) }),
      ...(gradeComment && { grade_comment: JSON.stringify(gradeComment) }),
    })
    .where('network_id', '=', networkId)
    .where('id', '=', roundId)
    .execute()
}

/** How many raised problems of each work nobody has answered yet. */
export async function countOpenFlags(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
): Promise<Map<SubmissionId, number>> {
  const rows = await trx
    .selectFrom('review_flag')
    .select(['submission_id', sql<number>`count(*)::int`.as('count')])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .where('answered_at', 'is', null)
    .groupBy('submission_id')
    .execute()
  return new Map(rows.map((row) => [row.submission_id as SubmissionId, row.count]))
}
