import { sql, type Kysely } from 'kysely'

/**
 * Whether a request with a score may have gone out, where its timestamp does not tell: no, though it has one, when it
 * gave way before anything was sent; yes, though it has none, when it starts anew. And where the LMS has kept a
 * teacher's grade in a score's place without telling which.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table score_delivery add was_sent boolean, add lms_score_unsaid boolean not null default false`.execute(
    db,
  )
  // No score is of that year: it once stood for one that starts anew.
  await sql`update score_delivery set was_sent = true, score_timestamp = null where score_timestamp = 'epoch'`.execute(
    db,
  )
}
