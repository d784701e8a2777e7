import { sql, type Kysely } from 'kysely'

/** Why two people never review one another, in an instructor's own words beside the kind of reason. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table review_conflict add column note text not null default ''`.execute(db)
}
