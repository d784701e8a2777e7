import { sql, type Kysely } from 'kysely'

/** Whoever administers a cohort and takes somebody's seat away closes with it the question by which they could take it again. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table cohort_ask add column closed_at timestamptz`.execute(db)
}
