import { sql, type Kysely } from 'kysely'

/** Where a mail program ends mails of this kind with one click (RFC 8058); null for mails one cannot end. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table mail add column unsubscribe_url text`.execute(db)
}
