import { sql, type Kysely } from 'kysely'

/** Scores are sent LMS by LMS: the LMS stands on the score, so that one with many waiting slows no other. */
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table score_delivery add column platform_id uuid`,
  `update score_delivery d set platform_id = c.platform_id from course c
    where c.network_id = d.network_id and c.id = d.course_id`,
  `alter table score_delivery
    alter column platform_id set not null,
    add foreign key (network_id, platform_id) references lti_platform (network_id, id)`,
  `drop index score_delivery_due`,
  `create index score_delivery_due on score_delivery (network_id, platform_id, next_attempt_at) where status = 'waiting'`,
  `create index score_delivery_waiting on score_delivery (network_id, platform_id, sequence) where status = 'waiting'`,
]
