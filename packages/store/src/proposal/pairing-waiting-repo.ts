import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'
import { regionInReach, type AdminScope } from '../directory/reach.ts'

/** How many proposals of the reader's regions look for a facilitator and have nobody asked or agreed; the first by title. */
export async function proposalsToPair(db: Db | Trx, scope: AdminScope) {
  const rows = await db
    .selectFrom('proposal as q')
    .select([sql<string>`q.body ->> 'title'`.as('title'), sql<number>`(count(*) over ())::int`.as('count')])
    .where('q.network_id', '=', scope.networkId)
    .where('q.status', 'in', ['submitted', 'changes_asked', 'approved'])
    .where(sql<boolean>`q.body ->> 'facilitation' = 'pair_us'`)
    .where(sql<boolean>`jsonb_array_length(q.body -> 'facilitators') = 0`)
    .where(
      sql<boolean>`not exists (select 1 from pairing o where o.network_id = q.network_id and o.proposal_id = q.id
        and o.status in ('offered', 'agreed'))`,
    )
    .where(regionInReach(scope, 'q.region_id'))
    .orderBy(sql`lower(q.body ->> 'title')`)
    .limit(1)
    .execute()
  return rows[0]
}
