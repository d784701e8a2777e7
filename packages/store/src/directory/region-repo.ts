import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { NetworkId, PersonId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { regionInReach, type AdminScope } from './reach.ts'

/** The regions the reader coordinates, by name, with their institutions counted and who coordinates them. */
export async function listRegionsKept(db: Db | Trx, scope: AdminScope) {
  const rows = await db
    .selectFrom('region as r')
    .select(['r.id', 'r.name'])
    .select(
      sql<number>`(select count(*)::int from institution i where i.network_id = r.network_id and i.region_id = r.id)`.as(
        'institutions',
      ),
    )
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('role_grant as g')
          .innerJoin('person as p', (on) =>
            on.onRef('p.network_id', '=', 'g.network_id').onRef('p.id', '=', 'g.person_id'),
          )
          .select(['p.id', 'p.name', 'p.email'])
          .whereRef('g.network_id', '=', 'r.network_id')
          .whereRef('g.region_id', '=', 'r.id')
          .orderBy('p.name'),
      ).as('coordinators'),
    )
    .where('r.network_id', '=', scope.networkId)
    .where(regionInReach(scope, 'r.id'))
    .orderBy(sql`lower(r.name)`)
    .execute()
  return rows.map((row) => ({
    ...row,
    id: row.id as RegionId,
    coordinators: row.coordinators.map((person) => ({ ...person, id: person.id as PersonId })),
  }))
}

/** Undefined when the network has a region of that name. */
export async function insertRegion(trx: Trx, networkId: NetworkId, name: string): Promise<RegionId | undefined> {
  const row = await trx
    .insertInto('region')
    .values({ network_id: networkId, name })
    .onConflict((conflict) => conflict.columns(['network_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id as RegionId | undefined
}

/** The name it had; null when another region has the new one; undefined when there is no such region. */
export async function renameRegion(
  trx: Trx,
  networkId: NetworkId,
  regionId: RegionId,
  name: string,
): Promise<string | null | undefined> {
  const rows = await trx
    .selectFrom('region')
    .select(['id', 'name'])
    .where('network_id', '=', networkId)
    .where((eb) => eb.or([eb('id', '=', regionId), eb('name', '=', name)]))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const before = rows.find(({ id }) => id === regionId)
  if (!before) return undefined
  if (rows.some(({ id }) => id !== regionId)) return null
  await trx.updateTable('region').set({ name }).where('network_id', '=', networkId).where('id', '=', regionId).execute()
  return before.name
}
