import { sql, type Kysely } from 'kysely'

/** Calls, proposals with who writes and hosts them, their history, questions about them, and the communities they become. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // region_id null: the whole network is called.
  `create table call (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    title text not null,
    about text not null default '',
    opens_at timestamptz not null,
    closes_at timestamptz not null,
    credential_id uuid,
    enrolment_deadline date,
    region_id uuid,
    status text not null default 'draft' check (status in ('draft', 'open', 'closed')),
    created_by uuid,
    created_at timestamptz not null,
    primary key (network_id, id),
    check (closes_at > opens_at),
    foreign key (network_id, credential_id) references micro_credential (network_id, id),
    foreign key (network_id, region_id) references region (network_id, id)
  )`,
  `create index call_by_close on call (network_id, closes_at desc, id)`,
  // version counts each save: whoever saves names the one they saw.
  `create table proposal (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    call_id uuid,
    region_id uuid not null,
    version integer not null default 1,
    status text not null default 'draft'
      check (status in ('draft', 'submitted', 'changes_asked', 'approved', 'declined', 'withdrawn')),
    body jsonb not null,
    created_by uuid,
    created_at timestamptz not null,
    saved_by uuid,
    saved_at timestamptz not null,
    submitted_at timestamptz,
    decided_at timestamptz,
    decided_by uuid,
    primary key (network_id, id),
    foreign key (network_id, call_id) references call (network_id, id),
    foreign key (network_id, region_id) references region (network_id, id)
  )`,
  `create index proposal_by_save on proposal (network_id, saved_at desc, id)`,
  `create index proposal_by_call on proposal (network_id, call_id)`,
  `create table proposal_institution (
    network_id uuid not null references network (id),
    proposal_id uuid not null,
    institution_id uuid not null,
    position integer not null,
    primary key (network_id, proposal_id, institution_id),
    foreign key (network_id, proposal_id) references proposal (network_id, id) on delete cascade,
    foreign key (network_id, institution_id) references institution (network_id, id)
  )`,
  `create table proposal_author (
    network_id uuid not null references network (id),
    proposal_id uuid not null,
    person_id uuid not null,
    added_by uuid,
    added_at timestamptz not null,
    primary key (network_id, proposal_id, person_id),
    foreign key (network_id, proposal_id) references proposal (network_id, id) on delete cascade,
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  `create index proposal_author_by_person on proposal_author (network_id, person_id)`,
  `create table proposal_event (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    proposal_id uuid not null,
    at timestamptz not null,
    by_id uuid,
    kind text not null check (kind in ('submitted', 'changes_asked', 'resubmitted', 'approved', 'declined', 'withdrawn',
      'author_added', 'pairing_agreed', 'starter_kit')),
    text text not null default '',
    findings jsonb not null default '[]',
    primary key (network_id, id),
    foreign key (network_id, proposal_id) references proposal (network_id, id) on delete cascade
  )`,
  `create index proposal_event_by_proposal on proposal_event (network_id, proposal_id, at)`,
  `create table help_request (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    proposal_id uuid not null,
    asked_by uuid,
    text text not null,
    asked_at timestamptz not null,
    answer text,
    answered_by uuid,
    answered_at timestamptz,
    primary key (network_id, id),
    check ((answer is null) = (answered_at is null)),
    foreign key (network_id, proposal_id) references proposal (network_id, id) on delete cascade
  )`,
  `create index help_request_by_proposal on help_request (network_id, proposal_id, asked_at)`,
  // What a start-your-own form said, until its address is proved.
  `create table proposal_start (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    email text not null,
    said jsonb not null,
    at timestamptz not null,
    expires_at timestamptz not null,
    primary key (network_id, id)
  )`,
  `create index proposal_start_by_email on proposal_start (email)`,
  `create table community (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    slug text not null unique,
    name text not null,
    charter jsonb not null,
    proposal_id uuid,
    series_id uuid,
    public boolean not null default true,
    created_at timestamptz not null,
    primary key (network_id, id),
    unique (network_id, proposal_id),
    foreign key (network_id, proposal_id) references proposal (network_id, id),
    foreign key (network_id, series_id) references series (network_id, id)
  )`,
  `create index community_by_name on community (network_id, lower(name), id)`,
  `alter table cohort
    add column community_id uuid,
    add column proposal_id uuid,
    add foreign key (network_id, community_id) references community (network_id, id),
    add foreign key (network_id, proposal_id) references proposal (network_id, id)`,
  `create index cohort_by_community on cohort (network_id, community_id)`,
]
