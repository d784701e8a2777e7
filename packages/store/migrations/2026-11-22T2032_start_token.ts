import { sql, type Kysely } from 'kysely'

/** A start belongs to the link of its own mail. Those kept before have no hash, and no link carries them out. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table proposal_start add column token_hash bytea`.execute(db)
}
