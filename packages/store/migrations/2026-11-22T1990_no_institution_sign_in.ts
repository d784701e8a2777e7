import { sql, type Kysely } from 'kysely'

/**
 * Sign-in through an institution was never built, so nothing was ever written into its tables. They go: what is empty
 * looks as if it did something. Whoever builds it begins with tables of its own.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `drop table identity_session`,
  `drop table oidc_login`,
  `drop table institution_sign_in`,
  `alter table identity drop constraint identity_kind_check`,
  `alter table identity add check (kind in ('lti', 'email'))`,
]
