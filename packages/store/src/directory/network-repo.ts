import type { InstitutionId, NetworkId, PersonId, RegionId } from '@copractice/core/kernel'
import type { PolicyLimits } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'

export type NetworkNamed = Readonly<{ id: NetworkId; name: string }>

/** For operators: the networks of this installation, or the one of that name. */
export async function findNetworks(db: Db | Trx, name: string | null): Promise<readonly NetworkNamed[]> {
  let query = db.selectFrom('network').select(['id', 'name']).orderBy('name').limit(50)
  if (name !== null) query = query.where('name', '=', name)
  return (await query.execute()) as NetworkNamed[]
}

/** Undefined when a network of that name or short name exists. */
export async function insertNetwork(
  trx: Trx,
  network: Readonly<{ name: string; slug: string; timeZone: string; limits: PolicyLimits }>,
): Promise<NetworkId | undefined> {
  if ((await findNetworks(trx, network.name)).length) return undefined
  const row = await trx
    .insertInto('network')
    .values({ name: network.name, slug: network.slug, time_zone: network.timeZone })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return undefined
  await trx
    .insertInto('policy_pack')
    .values({ network_id: row.id, version: 1, limits: JSON.stringify(network.limits) })
    .execute()
  return row.id as NetworkId
}

/** The region of that name, made where there is none. */
export async function saveRegion(trx: Trx, networkId: NetworkId, name: string): Promise<RegionId> {
  const row = await trx
    .insertInto('region')
    .values({ network_id: networkId, name })
    .onConflict((conflict) => conflict.columns(['network_id', 'name']).doUpdateSet({ name }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as RegionId
}

export async function findRegionByName(
  db: Db | Trx,
  networkId: NetworkId,
  name: string,
): Promise<RegionId | undefined> {
  const row = await db
    .selectFrom('region')
    .select('id')
    .where('network_id', '=', networkId)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.id as RegionId | undefined
}

export async function findInstitutionByName(
  db: Db | Trx,
  networkId: NetworkId,
  name: string,
): Promise<InstitutionId | undefined> {
  const row = await db
    .selectFrom('institution')
    .select('id')
    .where('network_id', '=', networkId)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.id as InstitutionId | undefined
}

/** The person who signs in with this address in this network, made where there is none. */
export async function savePersonByEmail(trx: Trx, networkId: NetworkId, email: string): Promise<PersonId> {
  const subject = email.toLowerCase()
  const known = await trx
    .selectFrom('identity')
    .select('person_id')
    .where('network_id', '=', networkId)
    .where('kind', '=', 'email')
    .where('subject', '=', subject)
    .executeTakeFirst()
  if (known) return known.person_id as PersonId
  const person = await trx
    .insertInto('person')
    .values({ network_id: networkId, name: null, email, pronouns: null, time_zone: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('identity')
    .values({ network_id: networkId, person_id: person.id, kind: 'email', subject })
    .execute()
  return person.id as PersonId
}

/** False when the person has this grant already. */
export async function insertGrant(
  trx: Trx,
  at: Readonly<{ networkId: NetworkId; personId: PersonId }>,
  grant: Readonly<{ role: 'network_admin' } | { role: 'coordinator'; regionId: RegionId }>,
): Promise<boolean> {
  const regionId = grant.role === 'coordinator' ? grant.regionId : null
  const known = await trx
    .selectFrom('role_grant')
    .select('id')
    .where('network_id', '=', at.networkId)
    .where('person_id', '=', at.personId)
    .where('role', '=', grant.role)
    .where('region_id', 'is not distinct from', regionId)
    .executeTakeFirst()
  if (known) return false
  await trx
    .insertInto('role_grant')
    .values({
      network_id: at.networkId,
      person_id: at.personId,
      role: grant.role,
      region_id: regionId,
      institution_id: null,
    })
    .execute()
  return true
}
