import { sql, type Kysely } from 'kysely'

/** What somebody says about being placed into a cohort. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table registration add column wishes jsonb not null default '{}'`.execute(db)
}
