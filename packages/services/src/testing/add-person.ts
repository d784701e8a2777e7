import type { Affiliation } from '@copractice/core/directory'
import type { InstitutionId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'

export type NewPerson = Readonly<{
  networkId: NetworkId
  name: string
  institutionId?: InstitutionId
  affiliation?: Affiliation
  pronouns?: string
  /** Given: they can sign in with it. */
  email?: string
}>

export async function addPerson(db: Db, details: NewPerson): Promise<PersonId> {
  const { networkId: network_id, name, institutionId, affiliation = 'staff', pronouns = null, email = null } = details
  const { id } = await db
    .insertInto('person')
    .values({ network_id, name, pronouns, email, time_zone: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (institutionId) {
    await db
      .insertInto('affiliation')
      .values({ network_id, person_id: id, institution_id: institutionId, kind: affiliation })
      .execute()
  }
  if (email) {
    await db.insertInto('identity').values({ network_id, person_id: id, kind: 'email', subject: email }).execute()
  }
  return id as PersonId
}
