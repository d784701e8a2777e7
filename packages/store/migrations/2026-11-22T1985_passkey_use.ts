import { sql, type Kysely } from 'kysely'

/** When a passkey was last signed in with, so that its owner can tell which one is not theirs any more. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table auth.passkey add column "lastUsedAt" timestamptz`.execute(db)
}
