import { sql, type Kysely } from 'kysely'

/**
 * Who somebody is and may do: support as a role, memberships that end, units that sponsor, two persons who are one, and
 * sign-in through an institution or with a passkey.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // ---- roles: a grant once, and who gave it
  `delete from role_grant a using role_grant b where a.network_id = b.network_id and a.person_id = b.person_id
    and a.role = b.role and a.region_id is not distinct from b.region_id
    and a.institution_id is not distinct from b.institution_id and a.id > b.id`,
  `alter table role_grant drop constraint role_grant_role_check`,
  `alter table role_grant
    add check (role in ('network_admin', 'coordinator', 'institution_admin', 'support')),
    add column granted_by uuid,
    add foreign key (network_id, granted_by) references person (network_id, id)`,
  `create unique index role_grant_once on role_grant (network_id, person_id, role, region_id, institution_id)
    nulls not distinct`,

  // ---- institutions
  `alter table institution drop constraint institution_kind_check`,
  `alter table institution
    add check (kind in ('campus', 'partner', 'local_government')),
    add column member_until date,
    add check (member_until is null or member_until >= member_since)`,
  // Memberships that ended before the one that stands with the institution began.
  `create table institution_membership (
    network_id uuid not null references network (id),
    institution_id uuid not null,
    since date not null,
    until date not null check (until >= since),
    primary key (network_id, institution_id, since),
    foreign key (network_id, institution_id) references institution (network_id, id) on delete cascade
  )`,
  `create table sponsoring_unit (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    institution_id uuid not null,
    name text not null,
    added_at timestamptz not null,
    primary key (network_id, id),
    unique (network_id, institution_id, name),
    foreign key (network_id, institution_id) references institution (network_id, id) on delete cascade
  )`,

  // ---- people: one of two persons goes into the other; a removed one keeps an empty row that others' work points to
  `alter table person
    add column merged_into uuid check (merged_into <> id),
    add column removed_at timestamptz,
    add foreign key (network_id, merged_into) references person (network_id, id)`,
  // steps: what was moved, put away or changed, row by row, so that it can be taken back.
  `create table person_merge (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    kept_id uuid not null,
    gone_id uuid not null,
    merged_by uuid,
    merged_at timestamptz not null,
    undone_by uuid,
    undone_at timestamptz,
    steps jsonb not null,
    primary key (network_id, id),
    foreign key (network_id, kept_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, gone_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, merged_by) references person (network_id, id),
    foreign key (network_id, undone_by) references person (network_id, id)
  )`,
  `create index person_merge_by_person on person_merge (network_id, kept_id, merged_at desc)`,

  // ---- sign-in through an institution: identities are issuer + client + sub, as with an LMS
  `alter table identity drop constraint identity_kind_check`,
  `alter table identity add check (kind in ('lti', 'email', 'oidc'))`,
  `create table institution_sign_in (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    institution_id uuid not null,
    issuer text not null,
    client_id text not null,
    client_secret_sealed text,
    status text not null default 'active' check (status in ('active', 'disabled')),
    created_at timestamptz not null,
    last_used_at timestamptz,
    primary key (network_id, id),
    unique (network_id, issuer, client_id),
    foreign key (network_id, institution_id) references institution (network_id, id) on delete cascade
  )`,
  `create index institution_sign_in_by_institution on institution_sign_in (network_id, institution_id)`,
  // One row from leaving for the institution to coming back; deleted by the return that uses it.
  `create table oidc_login (
    state_hash bytea primary key,
    network_id uuid not null references network (id),
    sign_in_id uuid not null,
    browser_hash bytea not null,
    nonce text not null,
    verifier text not null,
    link_person_id uuid,
    expires_at timestamptz not null,
    foreign key (network_id, sign_in_id) references institution_sign_in (network_id, id) on delete cascade,
    foreign key (network_id, link_person_id) references person (network_id, id) on delete cascade
  )`,
  `create index oidc_login_expiry on oidc_login (expires_at)`,
  // A browser that came in through an institution is signed in as one identity, and ends with it.
  `create table identity_session (
    token_hash bytea primary key,
    network_id uuid not null references network (id),
    identity_id uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    foreign key (network_id, identity_id) references identity (network_id, id) on delete cascade
  )`,
  `create index identity_session_expiry on identity_session (expires_at)`,
  // better-auth's passkey plugin names these.
  `create table auth.passkey (
    "id" text primary key,
    "name" text,
    "publicKey" text not null,
    "userId" text not null references auth."user" ("id") on delete cascade,
    "credentialID" text not null unique,
    "counter" integer not null,
    "deviceType" text not null,
    "backedUp" boolean not null,
    "transports" text,
    "createdAt" timestamptz,
    "aaguid" text
  )`,
  `create index passkey_by_user on auth.passkey ("userId")`,
]
