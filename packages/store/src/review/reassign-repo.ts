import { sql } from 'kysely'
import type { NetworkId, RoundId } from '@copractice/core/kernel'
import type { Trx } from '../database.ts'
import { insertAssignments } from './assignment-repo.ts'

type Pair = readonly [submissionId: string, reviewerId: string]
export type WithdrawnWhy = 'moved' | 'author_left' | 'reviewer_left' | 'silent'

/** Takes reviews from their reviewers, all for one reason. What they wrote stays with the row. Filed reviews are not touched. */
export async function withdrawReviews(
  trx: Trx,
  networkId: NetworkId,
  roundId: RoundId,
  pairs: readonly Pair[],
  { why, at }: Readonly<{ why: WithdrawnWhy; at: Date }>,
): Promise<void> {
  if (pairs.length === 0) return
  const { numUpdatedRows } = await trx
    .updateTable('review_assignment as a')
    .from(pairsAs(pairs))
    .set({ withdrawn_at: at, withdrawn_why: why })
    .where('a.network_id', '=', networkId)
    .where('a.round_id', '=', roundId)
    .whereRef('a.submission_id', '=', sql.ref('p.submission_id'))
    .whereRef('a.reviewer_id', '=', sql.ref('p.reviewer_id'))
    .where('a.withdrawn_at', 'is', null)
    .where('a.filed_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(numUpdatedRows) !== pairs.length) throw new Error('A review to be taken away is not there any more')
}

/** Gives reviews; who had one before and lost it gets it back, with what they wrote. */
export async function giveReviews(
  trx: Trx,
  networkId: NetworkId,
  roundId: RoundId,
  pairs: readonly Pair[],
  given: Readonly<{ origin: 'repaired' | 'moved'; at: Date }>,
): Promise<void> {
  if (pairs.length === 0) return
  const back = await trx
    .updateTable('review_assignment as a')
    .from(pairsAs(pairs))
    .set({ withdrawn_at: null, withdrawn_why: null, origin: given.origin, assigned_at: given.at })
    .where('a.network_id', '=', networkId)
    .where('a.round_id', '=', roundId)
    .whereRef('a.submission_id', '=', sql.ref('p.submission_id'))
    .whereRef('a.reviewer_id', '=', sql.ref('p.reviewer_id'))
    .where('a.withdrawn_at', 'is not', null)
    .returning(['a.submission_id', 'a.reviewer_id'])
    .execute()
  const returned = new Set(back.map((row) => `${row.submission_id} ${row.reviewer_id}`))
  const fresh = pairs.filter((pair) => !returned.has(pair.join(' ')))
  await insertAssignments(trx, networkId, roundId, fresh, given)
}

const pairsAs = (pairs: readonly Pair[]) =>
  sql<{
    submission_id: string
    reviewer_id: string
  }>`unnest(${pairs.map(([submission]) => submission)}::uuid[], ${pairs.map(([, reviewer]) => reviewer)}::uuid[])`.as<'p'>(
    sql`p(submission_id, reviewer_id)`,
  )
