import { sql, type Kysely } from 'kysely'

/**
 * Where the reading of a course's roster stands: one row per course. A worker holds it by `claim` until `claimed_until`
 * and leaves in `next_url` where it was, so that another goes on after a crash.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // rostered_at: the start of the last pass that named them; null: no roster ever did.
  // sections, observes: as the last launch told; observes holds the LMS user ids of whom an observer mentors.
  `alter table course_member
    add column rostered_at timestamptz,
    add column sections text[] not null default '{}',
    add column observes text[] not null default '{}'`,
  `create table roster_sync (
    network_id uuid not null references network (id),
    course_id uuid not null,
    status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed')),
    due_at timestamptz not null,
    asked_at timestamptz,
    claim uuid,
    claimed_until timestamptz,
    attempts integer not null default 0,
    started_at timestamptz,
    finished_at timestamptz,
    is_whole boolean not null default true,
    next_url text,
    seen integer not null default 0,
    added integer not null default 0,
    departed integer not null default 0,
    last_error text,
    whole_at timestamptz,
    differences_url text,
    coming_differences_url text,
    primary key (network_id, course_id),
    foreign key (network_id, course_id) references course (network_id, id)
  )`,
  `create index roster_sync_due on roster_sync (due_at)`,
]
