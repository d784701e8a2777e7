import { sql, type Kysely } from 'kysely'

/** Placement boards: who sits where before a convening's cohorts are made, each change of it, and who made it. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // One board a convening. version counts every change: whoever changes it names the one they saw.
  `create table placement_board (
    network_id uuid not null references network (id),
    id uuid not null default gen_random_uuid(),
    convening_id uuid not null,
    version integer not null default 1,
    seed bigint not null,
    policy jsonb not null,
    state text not null check (state in ('solving', 'open', 'committed', 'failed')),
    layout jsonb not null,
    objective integer,
    bound integer,
    -- The problem that was solved, in short: a bound holds for that one only.
    solved_for text,
    -- How many people were kept where they were when it was solved; the bound supposes them.
    solved_with integer not null default 0,
    solved_at timestamptz,
    solve_asked_at timestamptz,
    solve_asked_by uuid,
    solve_taken_at timestamptz,
    keeps_pins boolean not null default false,
    progress jsonb,
    failure text,
    committed_at timestamptz,
    committed_by uuid,
    primary key (network_id, id),
    unique (network_id, convening_id),
    foreign key (network_id, convening_id) references convening (network_id, id) on delete cascade
  )`,
  `create index placement_board_to_solve on placement_board (network_id, solve_asked_at) where state = 'solving'`,
  `create table placement_change (
    network_id uuid not null references network (id),
    board_id uuid not null,
    version integer not null,
    at timestamptz not null,
    by_id uuid not null,
    kind text not null,
    of_version integer,
    change jsonb not null,
    primary key (network_id, board_id, version),
    foreign key (network_id, board_id) references placement_board (network_id, id) on delete cascade
  )`,
]
