import { sql, type Kysely } from 'kysely'

/** Who offers to facilitate, what facilitators and hosts wish for, and the pairings that are offered and agreed. Nobody is paid. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table facilitator (
    network_id uuid not null references network (id),
    person_id uuid not null,
    status text not null check (status in ('applied', 'in_pool', 'resting', 'declined')),
    about text not null default '',
    experience text not null default '',
    languages text[] not null,
    time_zone text not null,
    areas text[] not null,
    slots text[] not null,
    at_once integer not null check (at_once between 1 and 10),
    applied_at timestamptz not null,
    decided_at timestamptz,
    decided_by uuid,
    decision text not null default '',
    primary key (network_id, person_id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  `create index facilitator_by_status on facilitator (network_id, status)`,
  // wish: -1 rather not, 1 gladly, 2 very gladly.
  `create table facilitator_preference (
    network_id uuid not null references network (id),
    person_id uuid not null,
    proposal_id uuid not null,
    wish smallint not null check (wish in (-1, 1, 2)),
    said_at timestamptz not null,
    primary key (network_id, person_id, proposal_id),
    foreign key (network_id, person_id) references facilitator (network_id, person_id) on delete cascade,
    foreign key (network_id, proposal_id) references proposal (network_id, id) on delete cascade
  )`,
  `create index facilitator_preference_by_proposal on facilitator_preference (network_id, proposal_id)`,
  `create table host_preference (
    network_id uuid not null references network (id),
    proposal_id uuid not null,
    person_id uuid not null,
    wish smallint not null check (wish in (-1, 1, 2)),
    said_by uuid not null,
    said_at timestamptz not null,
    primary key (network_id, proposal_id, person_id),
    foreign key (network_id, proposal_id) references proposal (network_id, id) on delete cascade,
    foreign key (network_id, person_id) references facilitator (network_id, person_id) on delete cascade
  )`,
  `create table pairing (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    proposal_id uuid not null,
    person_id uuid not null,
    status text not null check (status in ('offered', 'agreed', 'declined', 'withdrawn')),
    reasons jsonb not null default '[]',
    offered_by uuid not null,
    offered_at timestamptz not null,
    facilitator_answer text check (facilitator_answer in ('yes', 'no')),
    facilitator_at timestamptz,
    hosts_answer text check (hosts_answer in ('yes', 'no')),
    hosts_by uuid,
    hosts_at timestamptz,
    closed_at timestamptz,
    closed_by uuid,
    close_reason text not null default '',
    primary key (network_id, id),
    foreign key (network_id, proposal_id) references proposal (network_id, id) on delete cascade,
    foreign key (network_id, person_id) references facilitator (network_id, person_id) on delete cascade
  )`,
  // One offer at a time between the two; what ended may be offered anew.
  `create unique index pairing_once on pairing (network_id, proposal_id, person_id) where status in ('offered', 'agreed')`,
  `create index pairing_by_person on pairing (network_id, person_id)`,
]
