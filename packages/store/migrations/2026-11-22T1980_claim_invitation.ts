import { sql, type Kysely } from 'kysely'

/** The newest code by which somebody from an LMS shows that an invitation by mail was theirs. It lives minutes. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table claim_code (
    network_id uuid not null references network (id),
    person_id uuid not null,
    address text not null,
    code_hash bytea not null,
    tries smallint not null default 0,
    expires_at timestamptz not null,
    primary key (network_id, person_id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  `create index claim_code_by_address on claim_code (network_id, address)`,
  `create index claim_code_expiry on claim_code (expires_at)`,
]
