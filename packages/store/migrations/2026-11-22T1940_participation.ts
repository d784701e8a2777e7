import { sql, type Kysely } from 'kysely'

/** What happened at a meeting: what was planned for it, who was there, and what people said they would do. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const FUNCTIONS = `array['educate', 'support', 'cultivate', 'encourage', 'integrate']::text[]`

const statements = [
  `alter table meeting add column functions text[] not null default '{}' check (functions <@ ${FUNCTIONS})`,
  `create table agenda_item (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    meeting_id uuid not null,
    position smallint not null check (position >= 0),
    title text not null,
    kind text not null check (kind in ('competency_discussion', 'principle_theory_or_model', 'story_to_principles',
      'case_study_or_scenario', 'resource_discussion', 'requirements_and_buddy_plan', 'workshop_or_peer_review',
      'personal_inquiry', 'check_in', 'open_space')),
    minutes smallint not null check (minutes between 1 and 480),
    led_by text not null check (led_by in ('one_person', 'everyone')),
    functions text[] not null default '{}' check (functions <@ ${FUNCTIONS}),
    primary key (network_id, id),
    unique (network_id, meeting_id, position),
    foreign key (network_id, meeting_id) references meeting (network_id, id) on delete cascade
  )`,
  `create table attendance (
    network_id uuid not null references network (id),
    meeting_id uuid not null,
    person_id uuid not null,
    noted_by uuid not null,
    at timestamptz not null,
    primary key (network_id, meeting_id, person_id),
    foreign key (network_id, meeting_id) references meeting (network_id, id) on delete cascade,
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, noted_by) references person (network_id, id) on delete cascade
  )`,
  `create index attendance_by_person on attendance (network_id, person_id)`,
  `create table commitment (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    cohort_id uuid not null,
    person_id uuid not null,
    text text not null,
    outcome text not null default '',
    made_at timestamptz not null,
    check_30 text check (check_30 in ('kept', 'partly', 'not')),
    check_90 text check (check_90 in ('kept', 'partly', 'not')),
    checked_at_30 timestamptz,
    checked_at_90 timestamptz,
    primary key (network_id, id),
    check ((check_30 is null) = (checked_at_30 is null)),
    check ((check_90 is null) = (checked_at_90 is null)),
    foreign key (network_id, cohort_id) references cohort (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  `create index commitment_by_cohort on commitment (network_id, cohort_id, made_at)`,
  `create index commitment_by_person on commitment (network_id, person_id)`,
]
