import { sql, type Kysely } from 'kysely'

/** With which invite an LMS tried to register itself: whoever may see the invite finds why it was refused. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table launch_refusal add column invite_id uuid,
    add foreign key (network_id, invite_id) references registration_invite (network_id, id) on delete cascade`.execute(
    db,
  )
  await sql`create index launch_refusal_by_invite on launch_refusal (network_id, invite_id, at desc)
    where invite_id is not null`.execute(db)
}
