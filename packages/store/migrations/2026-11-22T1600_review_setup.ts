import { sql, type Kysely } from 'kysely'

/** Setting rounds up: a rubric library, more kinds of work, late work, dates per person, phases by date; portfolios. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // ---- review: rubrics of a network. A version is never changed; the latest number is what a new round starts from.
  `create table rubric (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    title text not null,
    created_by uuid not null,
    created_at timestamptz not null,
    archived_at timestamptz,
    primary key (network_id, id),
    foreign key (network_id, created_by) references person (network_id, id)
  )`,
  `create index rubric_by_title on rubric (network_id, title, id)`,
  `create table rubric_version (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    rubric_id uuid not null,
    number integer not null check (number >= 1),
    body jsonb not null,
    note text not null default '',
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (network_id, id),
    unique (network_id, rubric_id, number),
    foreign key (network_id, rubric_id) references rubric (network_id, id) on delete cascade,
    foreign key (network_id, created_by) references person (network_id, id)
  )`,

  // ---- portfolio: what a person collects for an application. The newest draft is the one being written; a kept one never changes.
  `create table portfolio_item (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    owner_id uuid not null,
    title text not null,
    kind text not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    removed_at timestamptz,
    primary key (network_id, id),
    foreign key (network_id, owner_id) references person (network_id, id) on delete cascade
  )`,
  `create index portfolio_item_by_owner on portfolio_item (network_id, owner_id, changed_at desc, id desc)`,
  `create table portfolio_draft (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    item_id uuid not null,
    number integer not null check (number >= 1),
    body text not null default '',
    link text,
    note text not null default '',
    restored_from integer,
    started_at timestamptz not null,
    saved_at timestamptz not null,
    kept_at timestamptz,
    primary key (network_id, id),
    unique (network_id, item_id, number),
    foreign key (network_id, item_id) references portfolio_item (network_id, id) on delete cascade
  )`,

  // ---- review: rounds
  // open_from: with advance by_date, when a draft opens by itself. stalled_*: why the date passed and the round could not move on.
  // The three last columns are how grades are worked out and told.
  `alter table review_round
    add column rubric_version_id uuid,
    add column work_kinds text[] not null default '{text,file}'
      check (work_kinds <@ '{text,file,link,video,portfolio}' and cardinality(work_kinds) > 0),
    add column late_policy jsonb not null default '{"kind":"closed"}',
    add column submit_first boolean not null default true,
    add column self_assessment boolean not null default false,
    add column advance text not null default 'by_hand' check (advance in ('by_hand', 'by_date')),
    add column open_from timestamptz,
    add column revise_until timestamptz,
    add column copied_from uuid,
    add column stalled_at timestamptz,
    add column stalled_why jsonb,
    add column method text not null default 'mean' check (method in ('mean', 'model')),
    add column reviewer_weights jsonb not null default '{"agreement":60,"completeness":40,"helpfulness":0}',
    add column grade_comment jsonb not null default '{"include":["reviews"]}',
    add check (revise_until > review_until),
    add foreign key (network_id, rubric_version_id) references rubric_version (network_id, id),
    add foreign key (network_id, copied_from) references review_round (network_id, id)`,
  `create index review_round_by_date on review_round (submit_until) where advance = 'by_date' and phase <> 'closed'`,
  `create index review_round_by_rubric on review_round (network_id, rubric_version_id)`,
  // late_minutes: how long after this person's own last moment the work came, set when it is handed in; null: in time.
  `alter table submission
    add column link text,
    add column link_kind text check (link_kind in ('link', 'video')),
    add column portfolio_draft_id uuid,
    add column late_minutes integer check (late_minutes > 0),
    add foreign key (network_id, portfolio_draft_id) references portfolio_draft (network_id, id)`,
  `create table round_extension (
    network_id uuid not null references network (id),
    round_id uuid not null,
    person_id uuid not null,
    kind text not null check (kind in ('work', 'reviews')),
    until timestamptz not null,
    reason text not null,
    granted_by uuid not null,
    granted_at timestamptz not null,
    primary key (network_id, round_id, person_id, kind),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, person_id) references person (network_id, id) on delete cascade,
    foreign key (network_id, granted_by) references person (network_id, id)
  )`,
]
