import { sql, type Kysely } from 'kysely'

/** What a network runs, as data: series, micro-credentials by version, templates, and which blueprints they came from. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table policy_pack
    add column changed_by uuid,
    add column reason text not null default '',
    add foreign key (network_id, changed_by) references person (network_id, id)`,
  `create table blueprint_application (
    network_id uuid not null references network (id),
    name text not null,
    applied_by uuid,
    applied_at timestamptz not null,
    primary key (network_id, name)
  )`,
  `create table series (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    slug text not null,
    name text not null,
    status text not null check (status in ('announced', 'scheduled')),
    plan jsonb not null,
    created_at timestamptz not null,
    primary key (network_id, id),
    unique (network_id, slug)
  )`,
  `create table micro_credential (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    slug text not null,
    name text not null,
    created_at timestamptz not null,
    primary key (network_id, id),
    unique (network_id, slug)
  )`,
  `create table micro_credential_version (
    network_id uuid not null references network (id),
    credential_id uuid not null,
    number integer not null check (number > 0),
    body jsonb not null,
    created_at timestamptz not null,
    primary key (network_id, credential_id, number),
    foreign key (network_id, credential_id) references micro_credential (network_id, id)
  )`,
  `create table programme_template (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    slug text not null,
    name text not null,
    kind text not null check (kind in ('agenda', 'charter', 'prompts')),
    parts jsonb not null,
    created_at timestamptz not null,
    primary key (network_id, id),
    unique (network_id, slug)
  )`,
]
