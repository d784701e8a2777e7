import { sql, type Kysely } from 'kysely'

/**
 * What an institution decides about its LMS where the specifications leave it open, each with the careful answer as its
 * default; which of its addresses outside the issuer's host somebody stands for; and which deployment a session came from,
 * so that it ends with it.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table lti_platform
    add unknown_deployments text not null default 'refuse' check (unknown_deployments in ('refuse', 'park')),
    add anonymous_launches text not null default 'refuse' check (anonymous_launches in ('refuse', 'visit')),
    add confirmed_addresses text[] not null default '{}'`,
  // Somebody an LMS let in without saying who: one visit's, told by nothing, and by no later visit.
  `alter table person add is_anonymous boolean not null default false`,
  `alter table person add constraint person_anonymous
    check (not is_anonymous or (is_test and name is null and email is null and pronouns is null))`,
  `create index person_anonymous on person (created_at) where is_anonymous`,
  // Null: signed in by e-mail. No foreign key: every launch writes one, and would lock the same row for it.
  `alter table space_session add platform_id uuid, add deployment_id text`,
  `update space_session s set platform_id = c.platform_id, deployment_id = c.deployment_id
    from course_link l join course c on c.network_id = l.network_id and c.id = l.course_id
    where l.network_id = s.network_id and l.id = s.course_link_id`,
]
