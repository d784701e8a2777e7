import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

export type NewSpaceSession = Readonly<{
  tokenHash: Uint8Array
  networkId: NetworkId
  personId: PersonId
  courseLinkId: string | null
  cohortId: string | null
  createdAt: Date
  expiresAt: Date
}>

export async function insertSpaceSession(trx: Db | Trx, session: NewSpaceSession): Promise<void> {
  await trx
    .insertInto('space_session')
    .values({
      token_hash: session.tokenHash,
      network_id: session.networkId,
      person_id: session.personId,
      course_link_id: session.courseLinkId,
      cohort_id: session.cohortId,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .execute()
}
