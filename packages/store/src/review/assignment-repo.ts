import { sql } from 'kysely'
import type { AssignmentId, CohortId, NetworkId, PersonId, RoundId, SubmissionId } from '@copractice/core/kernel'
import type { Mark } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'
import { listFilesOf, type StoredFile } from './file-repo.ts'

/** One review with both its sides. For the server alone: what leaves it is decided by the round's anonymity. */
export type Assignment = Readonly<{
  assignmentId: AssignmentId
  roundId: RoundId
  submissionId: SubmissionId
  authorId: PersonId
  reviewerId: PersonId
  marks: readonly Mark[]
  comment: string
  savedAt: Date | null
  filedAt: Date | null
  /** Null for reviews dealt before this was written down. */
  assignedAt: Date | null
  /** Set aside by an instructor's answer to a flag: kept from the author and out of every score. */
  hiddenAt: Date | null
}>

/** Reviews that stand: those taken from somebody are nobody's any more. */
const assignments = (trx: Db | Trx, networkId: NetworkId) =>
  trx
    .selectFrom('review_assignment as a')
    .innerJoin('submission as w', (on) =>
      on.onRef('w.network_id', '=', 'a.network_id').onRef('w.id', '=', 'a.submission_id'),
    )
    .select(['a.id', 'a.round_id', 'a.submission_id', 'a.reviewer_id', 'w.author_id'])
    .select(['a.marks', 'a.comment', 'a.saved_at', 'a.filed_at', 'a.assigned_at', 'a.hidden_at'])
    .where('a.network_id', '=', networkId)
    .where('a.withdrawn_at', 'is', null)

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof assignments>['executeTakeFirst']>>>

/** Marks were parsed when they came in; a review not begun holds `{}`, the column's default. */
const assignmentOf = (row: Row): Assignment => ({
  assignmentId: row.id as AssignmentId,
  roundId: row.round_id as RoundId,
  submissionId: row.submission_id as SubmissionId,
  authorId: row.author_id as PersonId,
  reviewerId: row.reviewer_id as PersonId,
  marks: Array.isArray(row.marks) ? (row.marks as Mark[]) : [],
  comment: row.comment,
  savedAt: row.saved_at,
  filedAt: row.filed_at,
  assignedAt: row.assigned_at,
  hiddenAt: row.hidden_at,
})

export async function findAssignment(
  trx: Db | Trx,
  networkId: NetworkId,
  id: AssignmentId,
): Promise<
  (Assignment & Readonly<{ work: { body: string; files: readonly StoredFile[]; link: string | null } }>) | undefined
> {
  const row = await assignments(trx, networkId).select(['w.body', 'w.link']).where('a.id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const files = (await listFilesOf(trx, networkId, 'submission', [row.submission_id])).get(row.submission_id) ?? []
  return { ...assignmentOf(row), work: { body: row.body, files, link: row.link } }
}

/** Locks the review until commit. */
export async function lockAssignment(
  trx: Trx,
  networkId: NetworkId,
  id: AssignmentId,
): Promise<Assignment | undefined> {
  const row = await assignments(trx, networkId).where('a.id', '=', id).forNoKeyUpdate('a').executeTakeFirst()
  return row && assignmentOf(row)
}

export async function saveReviewDraft(
  trx: Trx,
  networkId: NetworkId,
  id: AssignmentId,
  draft: Readonly<{ marks: readonly Mark[]; comment: string; savedAt: Date; filedAt: Date | null }>,
): Promise<void> {
  await trx
    .updateTable('review_assignment')
    .set({
      marks: JSON.stringify(draft.marks),
      comment: draft.comment,
      saved_at: draft.savedAt,
      filed_at: draft.filedAt,
    })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** However many there are, as one statement of as many parameters: Postgres takes 65,535. */
export async function insertAssignments(
  trx: Trx,
  networkId: NetworkId,
  roundId: RoundId,
  pairs: readonly (readonly [submissionId: string, reviewerId: string])[],
  { origin, at }: Readonly<{ origin: 'dealt' | 'repaired' | 'moved'; at: Date }>,
): Promise<void> {
  if (pairs.length === 0) return
  const works = pairs.map(([submissionId]) => submissionId)
  const reviewers = pairs.map(([, reviewerId]) => reviewerId)
  await sql`
    insert into review_assignment (network_id, round_id, submission_id, reviewer_id, origin, assigned_at)
    select ${networkId}, ${roundId}, p.submission_id, p.reviewer_id, ${origin}, ${at}
    from unnest(${works}::uuid[], ${reviewers}::uuid[]) as p(submission_id, reviewer_id)`.execute(trx)
}

/** Every review of a round, in an order that says nothing. */
export async function listAssignments(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<Assignment[]> {
  const rows = await assignments(trx, networkId).where('a.round_id', '=', roundId).orderBy('a.id').execute()
  return rows.map(assignmentOf)
}

/** Who reviews what and how far they are, without what they wrote: in a large round that is nearly all there is to read. */
export type PairInRound = Omit<Assignment, 'marks' | 'comment'>

export async function listPairsOfRound(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<PairInRound[]> {
  const rows = await trx
    .selectFrom('review_assignment as a')
    .innerJoin('submission as w', (on) =>
      on.onRef('w.network_id', '=', 'a.network_id').onRef('w.id', '=', 'a.submission_id'),
    )
    .select(['a.id as assignmentId', 'a.round_id as roundId', 'a.submission_id as submissionId'])
    .select(['a.reviewer_id as reviewerId', 'w.author_id as authorId', 'a.saved_at as savedAt'])
    .select(['a.filed_at as filedAt', 'a.assigned_at as assignedAt', 'a.hidden_at as hiddenAt'])
    .where('a.network_id', '=', networkId)
    .where('a.round_id', '=', roundId)
    .where('a.withdrawn_at', 'is', null)
    .orderBy('a.id')
    .execute()
  return rows as PairInRound[]
}

/** Every review of these works, in an order that says nothing. */
export async function listAssignmentsOfWorks(
  trx: Db | Trx,
  networkId: NetworkId,
  submissionIds: readonly SubmissionId[],
): Promise<Assignment[]> {
  if (submissionIds.length === 0) return []
  const rows = await assignments(trx, networkId)
    .where('a.submission_id', 'in', [...submissionIds])
    .orderBy('a.id')
    .execute()
  return rows.map(assignmentOf)
}

export type ReviewListed = Readonly<{
  assignmentId: AssignmentId
  roundId: RoundId
  number: number
  of: number
  marks: readonly Mark[]
  savedAt: Date | null
  filedAt: Date | null
  hiddenAt: Date | null
}>

/** A person's reviews with their place within each round (by id, which says nothing). */
const numbered = (trx: Db | Trx, networkId: NetworkId, reviewerId: PersonId) =>
  trx
    .selectFrom('review_assignment as a')
    .select(['a.id', 'a.network_id', 'a.round_id', 'a.marks', 'a.saved_at', 'a.filed_at', 'a.hidden_at'])
    .select([
      sql<number>`(row_number() over (partition by a.round_id order by a.id))::int`.as('number'),
      sql<number>`(count(*) over (partition by a.round_id))::int`.as('of'),
    ])
    .where('a.network_id', '=', networkId)
    .where('a.reviewer_id', '=', reviewerId)
    .where('a.withdrawn_at', 'is', null)

type NumberedRow = {
  id: string
  round_id: string
  marks: unknown
  saved_at: Date | null
  filed_at: Date | null
  hidden_at: Date | null
  number: number
  of: number
}
const listedOf = (row: NumberedRow): ReviewListed => ({
  assignmentId: row.id as AssignmentId,
  roundId: row.round_id as RoundId,
  number: row.number,
  of: row.of,
  marks: Array.isArray(row.marks) ? (row.marks as Mark[]) : [],
  savedAt: row.saved_at,
  filedAt: row.filed_at,
  hiddenAt: row.hidden_at,
})

export async function listReviewsOfRound(
  trx: Db | Trx,
  networkId: NetworkId,
  reviewerId: PersonId,
  roundId: RoundId,
): Promise<ReviewListed[]> {
  const rows = await numbered(trx, networkId, reviewerId).where('a.round_id', '=', roundId).orderBy('a.id').execute()
  return rows.map(listedOf)
}

/** A person's reviews in a cohort: those not sent first, then by last day. */
export async function listReviewsOfCohort(
  trx: Db | Trx,
  scope: Readonly<{ networkId: NetworkId; cohortId: CohortId; reviewerId: PersonId }>,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
): Promise<Page<ReviewListed>> {
  const cursor = readCursor(after)
  const key = sql<string>`case when n.filed_at is null and r.phase = 'review' then '0' else '1' end || to_char(r.review_until at time zone 'UTC', 'YYYYMMDDHH24MISSMS')`
  let query = trx
    .selectFrom(numbered(trx, scope.networkId, scope.reviewerId).as('n'))
    .innerJoin('review_round as r', (on) =>
      on.onRef('r.network_id', '=', 'n.network_id').onRef('r.id', '=', 'n.round_id'),
    )
    .selectAll('n')
    .select(key.as('sortKey'))
    .where('r.network_id', '=', scope.networkId)
    .where('r.cohort_id', '=', scope.cohortId)
  if (cursor) query = query.where(sql<boolean>`(${key}, n.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(key)
    .orderBy('n.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, listedOf)
}
