import { sql, type Kysely } from 'kysely'

/** Allocation that can change while a round runs; teams as authors; exemplars that reviewers mark first. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // closed_at: people who took a seat later were never in the round.
  `alter table review_round add column closed_at timestamptz`,
  `update review_round r set closed_at = coalesce(
      (select max(e.at) from audit_entry e where e.network_id = r.network_id and e.action = 'round.closed'
        and e.subject = 'round:' || r.id), r.review_until)
    where r.phase = 'closed'`,

  // A review taken from somebody stays, with its draft, so that it can be given back. withdrawn_why is for instructors.
  `alter table review_assignment
    add column origin text not null default 'dealt' check (origin in ('dealt', 'repaired', 'moved')),
    add column assigned_at timestamptz,
    add column withdrawn_at timestamptz,
    add column withdrawn_why text check (withdrawn_why in ('moved', 'author_left', 'reviewer_left', 'silent')),
    add check ((withdrawn_at is null) = (withdrawn_why is null)),
    drop constraint review_assignment_network_id_submission_id_reviewer_id_key`,
  `create unique index review_assignment_one_of_each on review_assignment (network_id, submission_id, reviewer_id)
    where withdrawn_at is null`,

  // noted_by null: noted by the system, as the person left the cohort.
  `create table round_absence (
    network_id uuid not null references network (id),
    round_id uuid not null,
    person_id uuid not null,
    kind text not null check (kind in ('dropped_out', 'silent')),
    at timestamptz not null,
    noted_by uuid,
    primary key (network_id, round_id, person_id),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, noted_by) references person (network_id, id)
  )`,

  `create table round_team (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    round_id uuid not null,
    name text not null,
    primary key (network_id, id),
    unique (network_id, round_id, id),
    unique (network_id, round_id, name),
    foreign key (network_id, round_id) references review_round (network_id, id)
  )`,
  `create table round_team_member (
    network_id uuid not null references network (id),
    round_id uuid not null,
    team_id uuid not null,
    person_id uuid not null,
    primary key (network_id, round_id, person_id),
    foreign key (network_id, round_id, team_id) references round_team (network_id, round_id, id) on delete cascade,
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade
  )`,
  `create index round_team_member_by_team on round_team_member (network_id, team_id)`,
  // author_id is who began a team's work; every member is its author.
  `alter table submission
    add column team_id uuid,
    add foreign key (network_id, round_id, team_id) references round_team (network_id, round_id, id)`,
  `create unique index submission_one_of_team on submission (network_id, team_id) where team_id is not null`,

  // reference: what the instructor marks the exemplar with. asked_first: before a reviewer's own reviews open.
  `create table exemplar (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    round_id uuid not null,
    title text not null,
    body text not null default '',
    upload_id uuid,
    reference jsonb not null,
    reference_comment text not null default '',
    asked_first boolean not null default true,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (network_id, id),
    unique (network_id, round_id, id),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, upload_id) references upload (network_id, id),
    foreign key (network_id, created_by) references person (network_id, id)
  )`,
  `create table exemplar_marking (
    network_id uuid not null references network (id),
    exemplar_id uuid not null,
    round_id uuid not null,
    reviewer_id uuid not null,
    marks jsonb not null default '[]',
    comment text not null default '',
    saved_at timestamptz not null,
    filed_at timestamptz,
    primary key (network_id, exemplar_id, reviewer_id),
    foreign key (network_id, round_id, exemplar_id) references exemplar (network_id, round_id, id) on delete cascade,
    foreign key (network_id, reviewer_id) references person (network_id, id) on delete cascade
  )`,
]
