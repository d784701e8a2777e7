import { sql, type Kysely } from 'kysely'

/**
 * What a release was worked out from: the reviews, checks and exemplars that counted, with the method. Null for releases from before,
 * which go by what the rows say of then.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table score_release add column entered jsonb`.execute(db)
}
