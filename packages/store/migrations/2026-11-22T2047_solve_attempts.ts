import { sql, type Kysely } from 'kysely'

/**
 * How often a solve was taken up since it was asked for, and the token of who took it last: a process that ended leaves a
 * board that is taken again, at most so often, and a process that is only slow no longer owns what another took after it.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table placement_board add column solve_attempts integer not null default 0,
    add column solve_token uuid`.execute(db)
}
