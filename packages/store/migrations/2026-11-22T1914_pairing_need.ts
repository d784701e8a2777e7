import { sql, type Kysely } from 'kysely'

/** What a proposal that asks to be paired needs: how many facilitators, in which languages. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create table pairing_need (
    network_id uuid not null references network (id),
    proposal_id uuid not null,
    wants integer not null check (wants between 1 and 2),
    languages text[] not null,
    primary key (network_id, proposal_id),
    foreign key (network_id, proposal_id) references proposal (network_id, id) on delete cascade
  )`.execute(db)
}
