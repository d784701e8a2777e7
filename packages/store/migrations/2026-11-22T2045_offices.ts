import { sql, type Kysely } from 'kysely'

/** A state or regional office is an institution of a kind of its own: it proposes and hosts as a member does. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table institution drop constraint institution_kind_check`.execute(db)
  await sql`alter table institution add constraint institution_kind_check
    check (kind in ('campus', 'office', 'partner', 'local_government'))`.execute(db)
}
