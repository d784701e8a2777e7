import { sql, type Kysely } from 'kysely'

/** Sending scores: whether an LMS is given a rest, and what a teacher put in a score's place. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // opened_at null: closed, scores go out. Open until open_until, then one worker tries with one score.
  `create table lti_circuit (
    network_id uuid not null references network (id),
    platform_id uuid not null,
    failures integer not null default 0,
    opened_at timestamptz,
    open_until timestamptz,
    primary key (network_id, platform_id),
    foreign key (network_id, platform_id) references lti_platform (network_id, id) on delete cascade
  )`,
  // lms_score: what the gradebook held, in points of score_maximum, when the score gave way to a teacher's.
  // overwrites: an instructor asked for this one to be sent all the same.
  `alter table score_delivery
    add column lms_score double precision,
    add column overwrites boolean not null default false`,
]
