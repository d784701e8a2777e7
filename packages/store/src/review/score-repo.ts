import { sql } from 'kysely'
import type { AssignmentId, CohortId, NetworkId, PersonId, RoundId, SubmissionId } from '@copractice/core/kernel'
import type { Mark } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'

/** A review that stands: not taken from its reviewer, not hidden by an instructor's answer to a flag. */
export type ReviewToScore = Readonly<{
  assignmentId: AssignmentId
  roundId: RoundId
  submissionId: SubmissionId
  reviewerId: PersonId
  marks: readonly Mark[]
  comment: string
  filedAt: Date | null
  /** 1 to 5, by the author. */
  helpfulness: number | null
}>

/**
 * The reviews of these rounds, in the order in which authors and reviewers read them numbered. `asOf`: those sent by then
 * that stood then.
 */
export async function listReviewsToScore(
  trx: Db | Trx,
  networkId: NetworkId,
  roundIds: readonly RoundId[],
  asOf: Date | null = null,
): Promise<ReviewToScore[]> {
  if (roundIds.length === 0) return []
  let query = trx
    .selectFrom('review_assignment as a')
    .leftJoin('review_response as h', (on) =>
      on.onRef('h.network_id', '=', 'a.network_id').onRef('h.assignment_id', '=', 'a.id'),
    )
    .select([
      'a.id',
      'a.round_id',
      'a.submission_id',
      'a.reviewer_id',
      'a.marks',
      'a.comment',
      'a.filed_at',
      'h.helpfulness',
    ])
    .where('a.network_id', '=', networkId)
    .where('a.round_id', 'in', [...roundIds])
    .where((eb) => eb.or([eb('a.withdrawn_at', 'is', null), eb('a.withdrawn_at', '>', asOf)]))
    .where((eb) => eb.or([eb('a.hidden_at', 'is', null), eb('a.hidden_at', '>', asOf)]))
  if (asOf) query = query.where('a.filed_at', '<=', asOf)
  const rows = await query.orderBy('a.id').execute()
  return rows.map((row) => ({
    assignmentId: row.id as AssignmentId,
    roundId: row.round_id as RoundId,
    submissionId: row.submission_id as SubmissionId,
    reviewerId: row.reviewer_id as PersonId,
    marks: Array.isArray(row.marks) ? (row.marks as Mark[]) : [],
    comment: row.comment,
    filedAt: row.filed_at,
    helpfulness: row.helpfulness,
  }))
}

/** A work handed in, with all its authors: whoever began it, and of a team every member. */
export type WorkToScore = Readonly<{
  submissionId: SubmissionId
  authorIds: readonly PersonId[]
  lateMinutes: number | null
}>

export async function listWorksToScore(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<WorkToScore[]> {
  const rows = await trx
    .selectFrom('submission as w')
    .select(['w.id', 'w.author_id', 'w.late_minutes'])
    .select(
      sql<string[]>`array(select m.person_id from round_team_member m where m.network_id = w.network_id
        and m.round_id = w.round_id and m.team_id = w.team_id order by m.person_id)`.as('members'),
    )
    .where('w.network_id', '=', networkId)
    .where('w.round_id', '=', roundId)
    .where('w.status', '=', 'submitted')
    .orderBy('w.id')
    .execute()
  return rows.map((row) => ({
    submissionId: row.id as SubmissionId,
    authorIds: (row.members.length > 0 ? row.members : [row.author_id]) as PersonId[],
    lateMinutes: row.late_minutes,
  }))
}

export type CheckOfWork = Readonly<{
  roundId: RoundId
  submissionId: SubmissionId
  marks: readonly Mark[]
  note: string
  at: Date
}>

/** The check of each work that counts: the latest not withdrawn, or that was so then. */
export async function listChecks(
  trx: Db | Trx,
  networkId: NetworkId,
  roundIds: readonly RoundId[],
  asOf: Date | null = null,
): Promise<CheckOfWork[]> {
  if (roundIds.length === 0) return []
  let query = trx
    .selectFrom('score_check')
    .distinctOn('submission_id')
    .select(['round_id', 'submission_id', 'marks', 'note', 'at'])
    .where('network_id', '=', networkId)
    .where('round_id', 'in', [...roundIds])
    .where((eb) => eb.or([eb('withdrawn_at', 'is', null), eb('withdrawn_at', '>', asOf)]))
  if (asOf) query = query.where('at', '<=', asOf)
  const rows = await query.orderBy('submission_id').orderBy('at', 'desc').orderBy('id', 'desc').execute()
  return rows.map((row) => ({
    roundId: row.round_id as RoundId,
    submissionId: row.submission_id as SubmissionId,
    marks: row.marks as Mark[],
    note: row.note,
    at: row.at,
  }))
}

type Work = Readonly<{ networkId: NetworkId; roundId: RoundId; submissionId: SubmissionId }>

/** Earlier checks of the work are withdrawn with it: taking the new one back leaves none. */
export async function insertCheck(
  trx: Trx,
  work: Work,
  check: Readonly<{ checkedBy: PersonId; marks: readonly Mark[]; note: string }>,
  at: Date,
): Promise<void> {
  await withdrawChecks(trx, work, at)
  await trx
    .insertInto('score_check')
    .values({
      network_id: work.networkId,
      round_id: work.roundId,
      submission_id: work.submissionId,
      checked_by: check.checkedBy,
      marks: JSON.stringify(check.marks),
      note: check.note,
      at,
    })
    .execute()
}

/** False when there was none. */
export async function withdrawChecks(trx: Trx, work: Work, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('score_check')
    .set({ withdrawn_at: at })
    .where('network_id', '=', work.networkId)
    .where('round_id', '=', work.roundId)
    .where('submission_id', '=', work.submissionId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export type ExemplarMarked = Readonly<{
  roundId: RoundId
  exemplarId: string
  reference: readonly Mark[]
  markings: readonly Readonly<{ reviewerId: PersonId; marks: readonly Mark[] }>[]
}>

/** The exemplars of these rounds that have a reference marking, with the markings sent. */
export async function listExemplarsMarked(
  trx: Db | Trx,
  networkId: NetworkId,
  roundIds: readonly RoundId[],
  asOf: Date | null = null,
): Promise<ExemplarMarked[]> {
  if (roundIds.length === 0) return []
  let query = trx
    .selectFrom('exemplar as x')
    .innerJoin('exemplar_marking as m', (on) =>
      on.onRef('m.network_id', '=', 'x.network_id').onRef('m.exemplar_id', '=', 'x.id'),
    )
    .select(['x.id', 'x.round_id', 'x.reference', 'm.reviewer_id', 'm.marks'])
    .where('x.network_id', '=', networkId)
    .where('x.round_id', 'in', [...roundIds])
    .where('m.filed_at', 'is not', null)
  if (asOf) query = query.where('m.filed_at', '<=', asOf)
  const rows = await query.orderBy('x.id').orderBy('m.reviewer_id').execute()
  const marked = rows.filter(({ reference, marks }) => Array.isArray(reference) && Array.isArray(marks))
  return [...Map.groupBy(marked, ({ id }) => id)].map(([exemplarId, ofOne]) => ({
    roundId: ofOne[0]!.round_id as RoundId,
    exemplarId,
    reference: ofOne[0]!.reference as Mark[],
    markings: ofOne.map((row) => ({ reviewerId: row.reviewer_id as PersonId, marks: row.marks as Mark[] })),
  }))
}

/**
 * The rounds whose marks are pooled with those of a round: of its cohort, closed, and settled before or when it was. A later round
 * is never among them, so grades are not moved by what people write next term.
 */
export async function listRoundsToPool(
  trx: Db | Trx,
  networkId: NetworkId,
  { cohortId, roundId, reviewUntil }: Readonly<{ cohortId: CohortId; roundId: RoundId; reviewUntil: Date }>,
): Promise<RoundId[]> {
  const rows = await trx
    .selectFrom('review_round')
    .select('id')
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('phase', '=', 'closed')
    .where('id', '<>', roundId)
    .where('review_until', '<=', reviewUntil)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id as RoundId)
}
