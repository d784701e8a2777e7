import { sql, type Kysely } from 'kysely'

/**
 * Whether those who write a proposal may read the facilitators' pool is a coordinator's act. Where a pair was offered or the
 * proposal approved before, a coordinator had read it and looked at the pool for it: that counts as one.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table proposal add column pool_opened_at timestamptz, add column pool_opened_by uuid`.execute(db)
  await sql`update proposal p set (pool_opened_at, pool_opened_by) = (
      select o.offered_at, o.offered_by from pairing o
      where o.network_id = p.network_id and o.proposal_id = p.id order by o.offered_at limit 1)
    where exists (select from pairing o where o.network_id = p.network_id and o.proposal_id = p.id)`.execute(db)
  await sql`update proposal set pool_opened_at = decided_at, pool_opened_by = decided_by
    where pool_opened_at is null and status = 'approved' and body ->> 'facilitation' = 'pair_us'`.execute(db)
}
