import { sql, type Kysely } from 'kysely'

/**
 * As of when a release pools earlier rounds: the moment of the first release of its round that stood, so that taking that
 * one back moves nothing that another course was told.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table score_release add column pooled_as_of timestamptz`.execute(db)
  await sql`update score_release s set pooled_as_of = coalesce((select min(f.released_at) from score_release f
      where f.network_id = s.network_id and f.round_id = s.round_id and f.withdrawn_at is null), s.released_at)`.execute(
    db,
  )
  await sql`alter table score_release alter column pooled_as_of set not null`.execute(db)
}
