import { sql, type Kysely } from 'kysely'

/**
 * Every act at a desk, so that two devices that were offline come to the same whichever is heard first: a check-in that was
 * undone leaves what undid it. Who is checked in stays in check_in, worked out anew from these.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create table check_in_act (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    convening_id uuid not null,
    session_id uuid,
    registration_id uuid not null,
    at timestamptz not null,
    is_here boolean not null,
    by_id uuid,
    how text not null check (how in ('qr', 'list')),
    primary key (network_id, id),
    unique nulls not distinct (network_id, registration_id, session_id, at, is_here),
    foreign key (network_id, convening_id) references convening (network_id, id) on delete cascade,
    foreign key (network_id, session_id) references convening_session (network_id, id) on delete cascade,
    foreign key (network_id, registration_id) references registration (network_id, id) on delete cascade,
    foreign key (network_id, by_id) references person (network_id, id)
  )`.execute(db)
  await sql`insert into check_in_act (network_id, convening_id, session_id, registration_id, at, is_here, by_id, how)
    select network_id, convening_id, session_id, registration_id, at, true, by_id, how from check_in`.execute(db)
}
