import type { NetworkId, PersonId, ProposalId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type At = Readonly<{ networkId: NetworkId; proposalId: ProposalId }>

/** Whether a coordinator has opened the pool to those who write the proposal. */
export async function isPoolOpen(db: Db | Trx, { networkId, proposalId }: At): Promise<boolean> {
  const row = await db
    .selectFrom('proposal')
    .select('pool_opened_at')
    .where('network_id', '=', networkId)
    .where('id', '=', proposalId)
    .executeTakeFirst()
  return Boolean(row?.pool_opened_at)
}

/** False when it was so before. `by` null closes it. */
export async function savePoolOpen(
  trx: Trx,
  { networkId, proposalId }: At,
  by: PersonId | null,
  now: Date,
): Promise<boolean> {
  const row = await trx
    .updateTable('proposal')
    .set({ pool_opened_at: by && now, pool_opened_by: by })
    .where('network_id', '=', networkId)
    .where('id', '=', proposalId)
    .where('pool_opened_at', by ? 'is' : 'is not', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
