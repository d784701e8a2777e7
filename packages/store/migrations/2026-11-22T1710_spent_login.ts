import { sql, type Kysely } from 'kysely'

/** A login on its way is no row any more: its state carries it, signed. What is kept is which logins were used. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Written by every launch that is let in, so nothing hangs on it: no index but its key, and no foreign key, which would
  // have every launch of a network lock the same row.
  `create table lti_spent_login (
    network_id uuid not null,
    login_id bytea not null,
    expires_at timestamptz not null,
    primary key (network_id, login_id)
  )`,
  `drop table lti_login`,
  // The person's own key names the network, and that is of an existing one: the second lock says nothing more.
  `alter table space_session drop constraint space_session_network_id_fkey`,
]
