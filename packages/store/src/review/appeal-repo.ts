import type { GradeColumn } from '@copractice/core/gradebook'
import type { AppealId, CohortId, CourseId, NetworkId, PersonId, RoundId, SubmissionId } from '@copractice/core/kernel'
import type { AppealStatus } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'

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

/** Open appeals of a cohort's rounds by learners of these courses, by round: how many, and since when the oldest. */
export async function countOpenAppeals(
  trx: Db | Trx,
  {
    networkId,
    cohortId,
    courseIds,
  }: Readonly<{ networkId: NetworkId; cohortId: CohortId; courseIds: readonly CourseId[] }>,
): Promise<{ roundId: RoundId; roundTitle: string; open: number; since: Date }[]> {
  if (courseIds.length === 0) return []
  const rows = await trx
    .selectFrom('appeal as a')
    .innerJoin('review_round as r', (on) =>
      on.onRef('r.network_id', '=', 'a.network_id').onRef('r.id', '=', 'a.round_id'),
    )
    .select(['r.id', 'r.title'])
    .select(({ fn }) => [fn.countAll<string>().as('open'), fn.min('a.raised_at').as('since')])
    .where('a.network_id', '=', networkId)
    .where('a.status', '=', 'open')
    .where('r.cohort_id', '=', cohortId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('course_member as m')
          .select('m.person_id')
          .where('m.network_id', '=', networkId)
          .whereRef('m.person_id', '=', 'a.person_id')
          .where('m.course_id', 'in', [...courseIds])
          .where('m.role', '=', 'learner'),
      ),
    )
    .groupBy(['r.id', 'r.title'])
    .orderBy(({ fn }) => fn.min('a.raised_at'))
    .limit(20)
    .execute()
  return rows.map(({ id, title, open, since }) => ({
    roundId: id as RoundId,
    roundTitle: title,
    open: Number(open),
    since,
  }))
}
