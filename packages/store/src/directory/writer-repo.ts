import type { Grant } from '@copractice/core/directory'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Person = Readonly<{ networkId: NetworkId; personId: PersonId }>

/** Who writes to people, as they are told: a name, an address to answer to, the network they write for. */
export async function findWriter(db: Db | Trx, { networkId, personId }: Person) {
  return db
    .selectFrom('person as p')
    .innerJoin('network as n', 'n.id', 'p.network_id')
    .select(['p.name', 'p.email', 'n.name as network', 'n.time_zone as timeZone'])
    .where('p.network_id', '=', networkId)
    .where('p.id', '=', personId)
    .executeTakeFirstOrThrow()
}

/** What somebody administers today. */
export async function findGrants(db: Db | Trx, { networkId, personId }: Person): Promise<Grant[]> {
  const rows = await db
    .selectFrom('role_grant')
    .select(['role', 'region_id as regionId', 'institution_id as institutionId'])
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .execute()
  // The table's checks hold each role to the one place it names.
  return rows as unknown as Grant[]
}
