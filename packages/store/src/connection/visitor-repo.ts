import { sql } from 'kysely'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

/**
 * Somebody of whom nothing is known: a new one for each visit, with no identity by which anybody could come back as them,
 * and counted nowhere.
 */
export async function insertVisitor(trx: Trx, networkId: NetworkId): Promise<PersonId> {
  const row = await trx
    .insertInto('person')
    .values({
      network_id: networkId,
      name: null,
      email: null,
      time_zone: null,
      pronouns: null,
      is_test: true,
      is_anonymous: true,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as PersonId
}

/** Forgets visitors whose sessions are over. Across networks: it is housekeeping of the whole installation. */
export async function deleteVisitors(db: Db | Trx): Promise<void> {
  await sql`delete from person p where p.is_anonymous
    and not exists (select from space_session s where s.network_id = p.network_id and s.person_id = p.id)`.execute(db)
}
