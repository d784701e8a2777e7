import { sql, type Kysely } from 'kysely'

/**
 * The person first: before Postgres has counted a table it takes any index that begins with the network for as good as
 * any other, and would keep on reading a whole network's members at each launch.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`drop index course_member_by_person`.execute(db)
  await sql`create index course_member_by_person on course_member (person_id, network_id)`.execute(db)
}
