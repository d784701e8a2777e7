import { sql } from 'kysely'
import type { GradeColumn } from '@copractice/core/gradebook'
import type {
  AppealId,
  CourseId,
  NetworkId,
  OverrideId,
  PersonId,
  RoundId,
  SubmissionId,
} from '@copractice/core/kernel'
import type { AppealStatus, GradeComment, ReviewerWeights, ScoreMethod } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'

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

export type StandingRelease = Readonly<{ courseId: CourseId; releasedAt: Date; appealsUntil: Date }>

/** The releases of a round that stand, in any course. */
export async function listReleases(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<StandingRelease[]> {
  const rows = await trx
    .selectFrom('score_release')
    .select(['course_id as courseId', 'released_at as releasedAt', 'appeals_until as appealsUntil'])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .where('withdrawn_at', 'is', null)
    .execute()
  return rows as StandingRelease[]
}

type Course = Readonly<{ networkId: NetworkId; roundId: RoundId; courseId: CourseId }>

export async function insertRelease(
  trx: Trx,
  course: Course,
  { releasedBy, appealsUntil }: Readonly<{ releasedBy: PersonId; appealsUntil: Date }>,
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

export type StoredAppeal = Readonly<{
  appealId: AppealId
  roundId: RoundId
  personId: PersonId
  column: GradeColumn
  reason: string
  raisedAt: Date
  status: AppealStatus
  entries: readonly Readonly<{
    at: Date
    by: 'learner' | 'instructor'
    text: string
    outcome: 'kept' | 'changed' | null
  }>[]
}>

/** The appeals of a round with all that was said, first raised first; of one person alone where asked for. */
export async function listAppeals(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
  personId?: PersonId,
): Promise<StoredAppeal[]> {
  let query = trx
    .selectFrom('appeal')
    .select(['id', 'round_id', 'person_id', 'grade_column', 'reason', 'raised_at', 'status'])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
  if (personId) query = query.where('person_id', '=', personId)
  const appeals = await query.orderBy('raised_at').orderBy('id').execute()
  if (appeals.length === 0) return []
  const entries = await trx
    .selectFrom('appeal_entry')
    .select(['appeal_id', 'at', 'by', 'text', 'outcome'])
    .where('network_id', '=', networkId)
    .where(
      'appeal_id',
      'in',
      appeals.map(({ id }) => id),
    )
    .orderBy('at')
    .orderBy('id')
    .execute()
  const said = Map.groupBy(entries, ({ appeal_id }) => appeal_id)
  return appeals.map((row) => ({
    appealId: row.id as AppealId,
    roundId: row.round_id as RoundId,
    personId: row.person_id as PersonId,
    column: row.grade_column,
    reason: row.reason,
    raisedAt: row.raised_at,
    status: row.status,
    entries: (said.get(row.id) ?? []).map(({ at, by, text, outcome }) => ({ at, by, text, outcome })),
  }))
}

export async function insertAppeal(
  trx: Trx,
  appeal: Readonly<{
    networkId: NetworkId
    roundId: RoundId
    submissionId: SubmissionId | null
    personId: PersonId
    column: GradeColumn
    reason: string
  }>,
  at: Date,
): Promise<AppealId> {
  const { id } = await trx
    .insertInto('appeal')
    .values({
      network_id: appeal.networkId,
      round_id: appeal.roundId,
      submission_id: appeal.submissionId,
      person_id: appeal.personId,
      grade_column: appeal.column,
      reason: appeal.reason,
      raised_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as AppealId
}

export async function setAppealStatus(
  trx: Trx,
  networkId: NetworkId,
  appealId: AppealId,
  status: AppealStatus,
): Promise<void> {
  await trx
    .updateTable('appeal')
    .set({ status })
    .where('network_id', '=', networkId)
    .where('id', '=', appealId)
    .execute()
}

export async function insertAppealEntry(
  trx: Trx,
  networkId: NetworkId,
  appealId: AppealId,
  entry: Readonly<{
    byId: PersonId
    by: 'learner' | 'instructor'
    text: string
    outcome: 'kept' | 'changed' | null
  }>,
  at: Date,
): Promise<void> {
  await trx
    .insertInto('appeal_entry')
    .values({
      network_id: networkId,
      appeal_id: appealId,
      at,
      by_id: entry.byId,
      by: entry.by,
      text: entry.text,
      outcome: entry.outcome,
    })
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

/** Someone to write to; `email` null: no address is known, and they read it here. */
export type Addressed = Readonly<{ personId: PersonId; name: string | null; email: string | null }>

export async function listAddresses(
  trx: Db | Trx,
  networkId: NetworkId,
  personIds: readonly PersonId[],
): Promise<Addressed[]> {
  if (personIds.length === 0) return []
  const rows = await trx
    .selectFrom('person')
    .select(['id as personId', 'name', 'email'])
    .where('network_id', '=', networkId)
    .where('id', 'in', [...personIds])
    .orderBy('id')
    .execute()
  return rows as Addressed[]
}

/** Instructors of those courses in which this person is a learner and which open the round's cohort. */
export async function listInstructorsOf(
  trx: Db | Trx,
  networkId: NetworkId,
  courseIds: readonly CourseId[],
): Promise<PersonId[]> {
  if (courseIds.length === 0) return []
  const rows = await trx
    .selectFrom('course_member')
    .select('person_id')
    .distinct()
    .where('network_id', '=', networkId)
    .where('course_id', 'in', [...courseIds])
    .where('role', '=', 'instructor')
    .where('status', '=', 'active')
    .execute()
  return rows.map(({ person_id }) => person_id as PersonId)
}
