import { sql, type Kysely } from 'kysely'

/** What a release was worked out from: the earlier rounds pooled with it, as they were closed then. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table score_release add column pooled_round_ids uuid[] not null default '{}'`.execute(db)
  await sql`update score_release s set pooled_round_ids = array(
      select o.id from review_round r join review_round o
        on o.network_id = r.network_id and o.cohort_id = r.cohort_id and o.id <> r.id
      where r.network_id = s.network_id and r.id = s.round_id and o.phase = 'closed'
        and o.review_until <= r.review_until and coalesce(o.closed_at, o.review_until) <= s.released_at
      order by o.id)`.execute(db)
}
