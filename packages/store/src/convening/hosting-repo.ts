import { sql } from 'kysely'
import type { CampusPlaces, Hosting } from '@copractice/core/convening'
import type { ConveningId, InstitutionId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Convening = Readonly<{ networkId: NetworkId; conveningId: ConveningId }>

/** Campuses with a number of places of their own, by name. `before`: only registrations earlier than that one count. */
export async function campusPlaces(
  db: Db | Trx,
  { networkId, conveningId }: Convening,
  before?: Readonly<{ id: string; createdAt: Date }>,
): Promise<(CampusPlaces & { name: string })[]> {
  const earlier = before
    ? sql`and (g.status <> 'waitlisted' or (g.created_at, g.id) < (${before.createdAt}::timestamptz, ${before.id}::uuid))`
    : sql``
  const countOf = (status: string) => sql<number>`(select count(*)::int from registration g
    where g.network_id = c.network_id and g.convening_id = c.convening_id and g.institution_id = c.institution_id
      and g.status = ${status} ${earlier})`
  const rows = await db
    .selectFrom('convening_places as c')
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'c.network_id').onRef('i.id', '=', 'c.institution_id'),
    )
    .select(['c.institution_id as institutionId', 'i.name', 'c.places'])
    .select([countOf('registered').as('registered'), countOf('waitlisted').as('waitlisted')])
    .where('c.network_id', '=', networkId)
    .where('c.convening_id', '=', conveningId)
    .orderBy('i.name')
    .limit(500)
    .execute()
  return rows.map((row) => ({ ...row, institutionId: row.institutionId as InstitutionId }))
}

/** Replaces the hosts, the campuses' places, the lead facilitator and the address for questions. */
export async function saveHosting(
  trx: Trx,
  { networkId, conveningId }: Convening,
  { hosts, places, leadFacilitatorId, contactEmail }: Hosting,
): Promise<void> {
  const keys = { network_id: networkId, convening_id: conveningId }
  for (const table of ['convening_host', 'convening_places'] as const) {
    await trx.deleteFrom(table).where('network_id', '=', networkId).where('convening_id', '=', conveningId).execute()
  }
  if (hosts.length) {
    const rows = [...new Set(hosts)].map((id) => ({ ...keys, institution_id: id }))
    await trx.insertInto('convening_host').values(rows).execute()
  }
  if (places.length) {
    const byCampus = new Map(places.map((one) => [one.institutionId, one.places]))
    const rows = [...byCampus].map(([id, count]) => ({ ...keys, institution_id: id, places: count }))
    await trx.insertInto('convening_places').values(rows).execute()
  }
  await trx
    .updateTable('convening')
    .set({ lead_facilitator_id: leadFacilitatorId, contact_email: contactEmail })
    .where('network_id', '=', networkId)
    .where('id', '=', conveningId)
    .execute()
}

/** Whether the network has this person. */
export async function isOfNetwork(trx: Trx, networkId: NetworkId, personId: PersonId): Promise<boolean> {
  const row = await trx
    .selectFrom('person')
    .select('id')
    .where('network_id', '=', networkId)
    .where('id', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}
