import { sql, type Kysely } from 'kysely'

/** What is written in a round beside the marks: passages, flags, replies, revisions, looks at one's own work; files without their author's traces. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Either start_at to end_at (UTF-16 offsets, with the words there as quote) in the text, or a place in the file.
  // The id is the reviewer's own, so that what was written offline is sent twice without harm.
  `create table passage_comment (
    network_id uuid not null references network (id),
    id uuid not null,
    assignment_id uuid not null,
    round_id uuid not null,
    version_number integer not null default 1 check (version_number >= 1),
    start_at integer check (start_at >= 0),
    end_at integer,
    quote text not null default '',
    place text,
    text text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (network_id, assignment_id, id),
    check (end_at > start_at),
    check ((start_at is null) = (end_at is null)),
    check ((start_at is null) = (place is not null)),
    foreign key (network_id, assignment_id) references review_assignment (network_id, id) on delete cascade,
    foreign key (network_id, round_id) references review_round (network_id, id)
  )`,
  `create index passage_comment_by_round on passage_comment (network_id, round_id)`,
  // outcome hidden: the review is kept from its author and out of every score; set with the answer.
  `create table review_flag (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    round_id uuid not null,
    submission_id uuid not null,
    assignment_id uuid,
    raised_by uuid not null,
    raised_as text not null check (raised_as in ('reviewer', 'author')),
    kind text not null check (kind in ('not_theirs', 'unsafe', 'unkind', 'identifies', 'unreadable', 'other')),
    text text not null,
    raised_at timestamptz not null,
    outcome text check (outcome in ('kept', 'hidden')),
    answer text,
    answered_by uuid,
    answered_at timestamptz,
    primary key (network_id, id),
    check ((outcome is null) = (answered_at is null)),
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, submission_id) references submission (network_id, id) on delete cascade,
    foreign key (network_id, assignment_id) references review_assignment (network_id, id) on delete cascade,
    foreign key (network_id, raised_by) references person (network_id, id) on delete cascade,
    foreign key (network_id, answered_by) references person (network_id, id)
  )`,
  `create index review_flag_by_round on review_flag (network_id, round_id, raised_at)`,
  `alter table review_assignment add column hidden_at timestamptz`,
  `create table review_response (
    network_id uuid not null references network (id),
    assignment_id uuid not null,
    round_id uuid not null,
    author_id uuid not null,
    helpfulness smallint check (helpfulness between 1 and 5),
    reply text not null default '',
    saved_at timestamptz not null,
    primary key (network_id, assignment_id),
    foreign key (network_id, assignment_id) references review_assignment (network_id, id) on delete cascade,
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, author_id) references person (network_id, id) on delete cascade
  )`,
  `create index review_response_by_round on review_response (network_id, round_id)`,
  // Number 1 is what was reviewed. handed_in_at null: a revision still being written, one at a time.
  `create table submission_version (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    submission_id uuid not null,
    round_id uuid not null,
    number integer not null check (number >= 1),
    body text not null default '',
    upload_id uuid,
    link text,
    change_note text not null default '',
    saved_at timestamptz not null,
    handed_in_at timestamptz,
    primary key (network_id, id),
    unique (network_id, submission_id, number),
    foreign key (network_id, submission_id) references submission (network_id, id) on delete cascade,
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, upload_id) references upload (network_id, id)
  )`,
  `create unique index submission_version_written on submission_version (network_id, submission_id) where handed_in_at is null`,
  `insert into submission_version (network_id, submission_id, round_id, number, body, upload_id, saved_at, handed_in_at)
    select network_id, id, round_id, 1, body, upload_id, saved_at, submitted_at
    from submission where status = 'submitted' and submitted_at is not null`,
  `create table self_assessment (
    network_id uuid not null references network (id),
    submission_id uuid not null,
    round_id uuid not null,
    author_id uuid not null,
    marks jsonb not null default '[]',
    comment text not null default '',
    saved_at timestamptz not null,
    filed_at timestamptz,
    primary key (network_id, submission_id, author_id),
    foreign key (network_id, submission_id) references submission (network_id, id) on delete cascade,
    foreign key (network_id, round_id) references review_round (network_id, id),
    foreign key (network_id, author_id) references person (network_id, id) on delete cascade
  )`,
  `create index self_assessment_by_round on self_assessment (network_id, round_id)`,
  // The copy that reviewers get in a round where they may not know the author. Null: the file as it came is what everyone gets.
  `alter table upload
    add column cleaned_key text,
    add column cleaned_bytes integer,
    add check ((cleaned_key is null) = (cleaned_bytes is null))`,
]
