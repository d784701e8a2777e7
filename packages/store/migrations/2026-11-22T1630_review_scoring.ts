import { sql, type Kysely } from 'kysely'

/** Scoring: instructors' checks, overrides with their history, release to learners, appeals, scores taken back. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // An instructor's own marks of a work. The latest that is not withdrawn counts.
  `create table score_check (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    round_id uuid not null,
    submission_id uuid not null,
    checked_by uuid not null,
    marks jsonb not null,
    note text not null default '',
    at timestamptz not null,
    withdrawn_at timestamptz,
    primary key (network_id, id),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, submission_id) references submission (network_id, id) on delete cascade,
    foreign key (network_id, checked_by) references person (network_id, id)
  )`,
  `create index score_check_by_round on score_check (network_id, round_id, submission_id, at desc)`,
  // The latest that is not withdrawn counts; earlier ones are the history.
  `create table score_override (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    round_id uuid not null,
    person_id uuid not null,
    grade_column text not null check (grade_column in ('work', 'reviewing')),
    points double precision not null check (points >= 0),
    reason text not null,
    by_id uuid not null,
    at timestamptz not null,
    withdrawn_at timestamptz,
    primary key (network_id, id),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, by_id) references person (network_id, id)
  )`,
  `create index score_override_by_round on score_override (network_id, round_id, person_id, grade_column, at desc)`,
  // While a row stands that is not withdrawn, the learners of the course see their grades.
  `create table score_release (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    round_id uuid not null,
    course_id uuid not null,
    released_at timestamptz not null,
    released_by uuid not null,
    appeals_until timestamptz not null,
    withdrawn_at timestamptz,
    primary key (network_id, id),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, course_id) references course (network_id, id),
    foreign key (network_id, released_by) references person (network_id, id)
  )`,
  `create unique index score_release_standing on score_release (network_id, round_id, course_id)
    where withdrawn_at is null`,
  `create table appeal (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    round_id uuid not null,
    submission_id uuid,
    person_id uuid not null,
    grade_column text not null check (grade_column in ('work', 'reviewing')),
    reason text not null,
    raised_at timestamptz not null,
    status text not null default 'open' check (status in ('open', 'answered', 'withdrawn')),
    primary key (network_id, id),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, submission_id) references submission (network_id, id) on delete cascade,
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  `create unique index appeal_open on appeal (network_id, round_id, person_id, grade_column) where status = 'open'`,
  `create index appeal_by_round on appeal (network_id, round_id, person_id)`,
  `create table appeal_entry (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    appeal_id uuid not null,
    at timestamptz not null,
    by_id uuid not null,
    "by" text not null check ("by" in ('learner', 'instructor')),
    text text not null,
    outcome text check (outcome in ('kept', 'changed')),
    primary key (network_id, id),
    foreign key (network_id, appeal_id) references appeal (network_id, id) on delete cascade,
    foreign key (network_id, by_id) references person (network_id, id) on delete cascade
  )`,
  `create index appeal_entry_by_appeal on appeal_entry (network_id, appeal_id, at)`,
  // The score takes back what was sent for its cell: no points go out, score_given is what was there.
  `alter table score_delivery add column withdraws boolean not null default false`,
]
