import { sql, type Kysely } from 'kysely'

/** Cohorts that end, go on and lie inside one another; meetings moved by a coordinator; the address of a calendar feed. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table cohort
    add column closed_at timestamptz,
    add column alumni text not null default 'open' check (alumni in ('open', 'read_only')),
    add column succeeds_id uuid check (succeeds_id <> id),
    add column nested_in_id uuid check (nested_in_id <> id),
    add foreign key (network_id, succeeds_id) references cohort (network_id, id),
    add foreign key (network_id, nested_in_id) references cohort (network_id, id)`,
  `create index cohort_by_name on cohort (network_id, lower(name), id)`,
  `create index cohort_by_predecessor on cohort (network_id, succeeds_id) where succeeds_id is not null`,
  `create index cohort_by_surrounding on cohort (network_id, nested_in_id) where nested_in_id is not null`,
  `create index meeting_by_start on meeting (network_id, starts_at, id)`,
  // Somebody of the cohort before is asked whether they take part again; nobody is seated without a yes.
  `create table cohort_ask (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    cohort_id uuid not null,
    person_id uuid not null,
    institution_id uuid not null,
    kind text not null check (kind in ('participant', 'chair', 'facilitator')),
    asked_at timestamptz not null,
    answer text check (answer in ('yes', 'no')),
    answered_at timestamptz,
    primary key (network_id, id),
    unique (network_id, cohort_id, person_id),
    check ((answer is null) = (answered_at is null)),
    foreign key (network_id, cohort_id) references cohort (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, institution_id) references institution (network_id, id)
  )`,
  `create index cohort_ask_by_person on cohort_ask (network_id, person_id)`,
  `create table meeting_move (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    meeting_id uuid not null,
    at timestamptz not null,
    by_id uuid not null,
    from_starts_at timestamptz not null,
    from_ends_at timestamptz not null,
    to_starts_at timestamptz not null,
    to_ends_at timestamptz not null,
    undone_at timestamptz,
    primary key (network_id, id),
    foreign key (network_id, meeting_id) references meeting (network_id, id) on delete cascade,
    foreign key (network_id, by_id) references person (network_id, id) on delete cascade
  )`,
  `create index meeting_move_by_meeting on meeting_move (network_id, meeting_id)`,
  // One address a person; only its hash is kept.
  `create table calendar_feed (
    network_id uuid not null references network (id),
    person_id uuid not null,
    token_hash bytea not null unique,
    made_at timestamptz not null,
    last_read_at timestamptz,
    primary key (network_id, person_id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
]
