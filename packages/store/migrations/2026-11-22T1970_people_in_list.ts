import { sql, type Kysely } from 'kysely'

/** The list of people is read by this key; without an index all people of a network were sorted for each page of it. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create index person_in_list on person (network_id, lower(coalesce(name, email, '')), id)`.execute(db)
}
