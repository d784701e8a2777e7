import type { NetworkId } from '@copractice/core/kernel'
import { PolicyLimits, USUAL_LIMITS } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'

/** The newest pack of the network, or the usual limits as version 0 where it has none. */
export async function newestPolicy(
  db: Db | Trx,
  networkId: NetworkId,
): Promise<Readonly<{ version: number; limits: PolicyLimits }>> {
  const row = await db
    .selectFrom('policy_pack')
    .select(['version', 'limits'])
    .where('network_id', '=', networkId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { version: row.version, limits: PolicyLimits.parse(row.limits) } : { version: 0, limits: USUAL_LIMITS }
}

/** Writes the first pack of a network that has said nothing yet, so that a cohort can keep the version it began with. */
export async function firstPolicy(trx: Trx, networkId: NetworkId, limits: PolicyLimits): Promise<number> {
  await trx
    .insertInto('policy_pack')
    .values({ network_id: networkId, version: 1, limits: JSON.stringify(limits) })
    .onConflict((conflict) => conflict.columns(['network_id', 'version']).doNothing())
    .execute()
  return 1
}
