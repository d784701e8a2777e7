import { sql, type Kysely } from 'kysely'

/**
 * Sign-in through an institution's own identity provider, by OpenID Connect or SAML. A confirmed domain is one
 * institution's in the whole installation. A session says through whom it came; all others came by mail or passkey.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const ofInstitution = `foreign key (network_id, institution_id) references institution (network_id, id) on delete cascade`

const statements = [
  `create table institution_sign_in (
    network_id uuid not null references network (id),
    institution_id uuid not null,
    kind text not null check (kind in ('oidc', 'saml')),
    issuer text not null,
    client_id text not null default '',
    client_secret_sealed text,
    sso_url text,
    certificates text[] not null default '{}',
    is_on boolean not null default false,
    is_only boolean not null default false,
    saved_at timestamptz not null,
    last_sign_in_at timestamptz,
    last_error_code text,
    last_error_at timestamptz,
    last_error_reference text,
    last_error_detail text,
    primary key (network_id, institution_id),
    check (is_on or not is_only),
    check (kind = 'saml' or client_secret_sealed is not null),
    check (kind = 'oidc' or (sso_url is not null and cardinality(certificates) > 0)),
    ${ofInstitution}
  )`,
  `create table institution_domain (
    network_id uuid not null references network (id),
    institution_id uuid not null,
    domain text not null check (domain = lower(domain)),
    added_at timestamptz not null,
    confirmed_at timestamptz,
    primary key (network_id, institution_id, domain),
    ${ofInstitution}
  )`,
  `create unique index institution_domain_confirmed on institution_domain (domain) where confirmed_at is not null`,
  // On its way to the provider and back: ten minutes, one use, one browser.
  `create table institution_login (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    institution_id uuid not null,
    kind text not null check (kind in ('oidc', 'saml')),
    state_hash bytea not null unique,
    browser_hash bytea not null,
    held_sealed text not null,
    answered_sealed text,
    handoff_hash bytea unique,
    expires_at timestamptz not null,
    primary key (network_id, id),
    ${ofInstitution}
  )`,
  `create index institution_login_expiry on institution_login (expires_at)`,
  `alter table identity drop constraint identity_kind_check`,
  `alter table identity add constraint identity_kind_check check (kind in ('lti', 'email', 'oidc', 'saml'))`,
  `alter table auth.session add column "provedIn" text, add column "provedBy" text`,
]
