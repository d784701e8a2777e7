import { sql } from 'kysely'
import type { AssignmentId, NetworkId, PersonId, ReviewFlagId, RoundId, SubmissionId } from '@copractice/core/kernel'
import type { FlagListed } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'

type Kind = FlagListed['kind']
export type Flag = Readonly<{
  flagId: ReviewFlagId
  roundId: RoundId
  submissionId: SubmissionId
  assignmentId: AssignmentId | null
  raisedBy: PersonId
  raisedAs: 'reviewer' | 'author'
  kind: Kind
  text: string
  raisedAt: Date
  answer: Readonly<{ outcome: 'kept' | 'hidden'; text: string; at: Date }> | null
}>

const flags = (trx: Db | Trx, networkId: NetworkId) =>
  trx.selectFrom('review_flag as f').selectAll('f').where('f.network_id', '=', networkId)

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof flags>['executeTakeFirst']>>>

const flagOf = (row: Row): Flag => ({
  flagId: row.id as ReviewFlagId,
  roundId: row.round_id as RoundId,
  submissionId: row.submission_id as SubmissionId,
  assignmentId: row.assignment_id as AssignmentId | null,
  raisedBy: row.raised_by as PersonId,
  raisedAs: row.raised_as,
  kind: row.kind,
  text: row.text,
  raisedAt: row.raised_at,
  answer: row.outcome && row.answered_at ? { outcome: row.outcome, text: row.answer ?? '', at: row.answered_at } : null,
})

export async function insertFlag(
  trx: Trx,
  networkId: NetworkId,
  flag: Omit<Flag, 'flagId' | 'answer'>,
): Promise<ReviewFlagId> {
  const { id } = await trx
    .insertInto('review_flag')
    .values({
      network_id: networkId,
      round_id: flag.roundId,
      submission_id: flag.submissionId,
      assignment_id: flag.assignmentId,
      raised_by: flag.raisedBy,
      raised_as: flag.raisedAs,
      kind: flag.kind,
      text: flag.text,
      raised_at: flag.raisedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as ReviewFlagId
}

export async function findFlag(trx: Db | Trx, networkId: NetworkId, flagId: ReviewFlagId): Promise<Flag | undefined> {
  const row = await flags(trx, networkId).where('f.id', '=', flagId).executeTakeFirst()
  return row && flagOf(row)
}

/** What one person raised in a round, newest first. */
export async function listFlagsRaisedBy(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
  personId: PersonId,
): Promise<Flag[]> {
  const rows = await flags(trx, networkId)
    .where('f.round_id', '=', roundId)
    .where('f.raised_by', '=', personId)
    .orderBy('f.raised_at', 'desc')
    .orderBy('f.id', 'desc')
    .execute()
  return rows.map(flagOf)
}

/** `own`: people the reader teaches; `taught`: everyone somebody teaches. `flagId`: only this one. */
type FlagScope = Readonly<{
  networkId: NetworkId
  roundId: RoundId
  own: readonly PersonId[]
  taught: readonly PersonId[]
  flagId?: ReviewFlagId
}>

/**
 * Flags of a round, those that wait first, oldest first: raised by one of `own`, or about their work or a review they wrote;
 * and those that concern nobody of `taught`.
 */
export async function listFlags(
  trx: Db | Trx,
  { networkId, roundId, own, taught, flagId }: FlagScope,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
): Promise<Page<Flag>> {
  const cursor = readCursor(after)
  const key = sql<string>`case when f.answered_at is null then '0' else '1' end || to_char(f.raised_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`
  let query = flags(trx, networkId)
    .select(key.as('sortKey'))
    .where('f.round_id', '=', roundId)
    .where((eb) => eb.or([concerns(own), eb.not(concerns(taught))]))
  if (flagId) query = query.where('f.id', '=', flagId)
  if (cursor) query = query.where(sql<boolean>`(${key}, f.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(key)
    .orderBy('f.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, flagOf)
}

/** The flag's raiser, an author of its work or the writer of its review is one of these. */
function concerns(people: readonly PersonId[]) {
  if (people.length === 0) return sql<boolean>`false`
  const these = sql.join(people.map((id) => sql`${id}::uuid`))
  return sql<boolean>`exists (
    select 1 from submission w left join review_assignment a on a.network_id = f.network_id and a.id = f.assignment_id
    where w.network_id = f.network_id and w.id = f.submission_id
      and (f.raised_by in (${these}) or w.author_id in (${these}) or a.reviewer_id in (${these})
        or exists (select 1 from round_team_member m where m.network_id = w.network_id and m.team_id = w.team_id
          and m.person_id in (${these}))))`
}

/** Writes the answer, and hides or shows the review by all answers there are on it. */
export async function saveFlagAnswer(
  trx: Trx,
  networkId: NetworkId,
  { flagId, assignmentId }: Pick<Flag, 'flagId' | 'assignmentId'>,
  answer: Readonly<{ outcome: 'kept' | 'hidden'; text: string; answeredBy: PersonId; at: Date }>,
): Promise<void> {
  await trx
    .updateTable('review_flag')
    .set({ outcome: answer.outcome, answer: answer.text, answered_by: answer.answeredBy, answered_at: answer.at })
    .where('network_id', '=', networkId)
    .where('id', '=', flagId)
    .returning('id')
    .executeTakeFirstOrThrow()
  if (!assignmentId) return
  const isHidden = sql<boolean>`exists (select 1 from review_flag f where f.network_id = review_assignment.network_id
    and f.assignment_id = review_assignment.id and f.outcome = 'hidden')`
  await trx
    .updateTable('review_assignment')
    .set({ hidden_at: sql<Date | null>`case when ${isHidden} then coalesce(hidden_at, ${answer.at}) end` })
    .where('network_id', '=', networkId)
    .where('id', '=', assignmentId)
    .execute()
}
