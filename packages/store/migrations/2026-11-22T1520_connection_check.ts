import { sql, type Kysely } from 'kysely'

/** What the admin app knows of an LMS connection: the last self-test, and the sites its courses are shown on. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // One row for each connection: the latest self-test. finished_at null: it is under way, or was cut off.
  `create table connection_check (
    network_id uuid not null references network (id),
    platform_id uuid not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    steps jsonb not null default '[]',
    primary key (network_id, platform_id),
    foreign key (network_id, platform_id) references lti_platform (network_id, id) on delete cascade
  )`,
  // Origins that validated messages of this LMS named: a school on a shared issuer answers under a name of its own.
  `create table lti_platform_origin (
    network_id uuid not null references network (id),
    platform_id uuid not null,
    origin text not null,
    first_seen_at timestamptz not null default now(),
    primary key (network_id, platform_id, origin),
    foreign key (network_id, platform_id) references lti_platform (network_id, id) on delete cascade
  )`,
  `insert into lti_platform_origin (network_id, platform_id, origin)
    select distinct c.network_id, c.platform_id, lower(substring(a.address from '^https://[^/?#@]+'))
    from course c, unnest(array[c.lineitems_url, c.memberships_url]) as a (address)
    where substring(a.address from '^https://[^/?#@]+') is not null
    on conflict do nothing`,
]
