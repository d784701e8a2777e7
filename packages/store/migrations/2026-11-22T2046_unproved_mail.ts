import { sql, type Kysely } from 'kysely'

/** One row for each mail to an address that nobody proved, by a keyed hash of who caused it; rows older than a day are swept. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create table unproved_mail (
    network_id uuid not null references network (id) on delete cascade,
    subject_hash bytea not null,
    at timestamptz not null
  )`.execute(db)
  await sql`create index unproved_mail_by_subject on unproved_mail (network_id, subject_hash, at)`.execute(db)
}
