import { sql } from 'kysely'
import type { ConveningId, NetworkId, RegistrationId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'

type Convening = Readonly<{ networkId: NetworkId; conveningId: ConveningId }>
type Of = Readonly<{ networkId: NetworkId; registrationId: RegistrationId }>
type Needs = Readonly<{ accessibility: string; dietary: string }>

/** Keeps what somebody needs until `deleteAfter`; nothing where they need nothing. */
export async function saveNeeds(
  trx: Trx,
  { networkId, registrationId }: Of,
  { accessibility, dietary }: Needs,
  deleteAfter: Date,
): Promise<void> {
  if (!accessibility && !dietary) {
    await trx
      .deleteFrom('registration_need')
      .where('network_id', '=', networkId)
      .where('registration_id', '=', registrationId)
      .execute()
    return
  }
  const said = { accessibility, dietary, delete_after: deleteAfter }
  await trx
    .insertInto('registration_need')
    .values({ network_id: networkId, registration_id: registrationId, ...said })
    .onConflict((conflict) => conflict.columns(['network_id', 'registration_id']).doUpdateSet(said))
    .execute()
}

export async function findNeeds(db: Db | Trx, { networkId, registrationId }: Of): Promise<Needs | undefined> {
  return db
    .selectFrom('registration_need')
    .select(['accessibility', 'dietary'])
    .where('network_id', '=', networkId)
    .where('registration_id', '=', registrationId)
    .executeTakeFirst()
}

/** The needs of those who are coming, by name. The caller has asked `mayReadNeeds` and writes the reading down. */
export async function needsOf(
  trx: Trx,
  { networkId, conveningId }: Convening,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
): Promise<Page<NeedListed>> {
  const cursor = readCursor(after)
  const name = sql<string>`lower(coalesce(p.name, ''))`
  let query = trx
    .selectFrom('registration_need as n')
    .innerJoin('registration as g', (on) =>
      on.onRef('g.network_id', '=', 'n.network_id').onRef('g.id', '=', 'n.registration_id'),
    )
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'g.network_id').onRef('p.id', '=', 'g.person_id'))
    .select(['g.id', 'p.name', 'n.accessibility', 'n.dietary', 'n.delete_after as deleteAfter', name.as('sortKey')])
    .where('n.network_id', '=', networkId)
    .where('g.convening_id', '=', conveningId)
    .where('g.status', '<>', 'cancelled')
  if (cursor) query = query.where(sql<boolean>`(${name}, g.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(name)
    .orderBy('g.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ id, name: called, accessibility, dietary, deleteAfter }) => ({
    registrationId: id as RegistrationId,
    name: called,
    accessibility,
    dietary,
    deleteAfter,
  }))
}
type NeedListed = Needs & Readonly<{ registrationId: RegistrationId; name: string | null; deleteAfter: Date }>

/** After the convening's dates changed: its needs are kept as long as those say. */
export async function keepNeedsUntil(
  trx: Trx,
  { networkId, conveningId }: Convening,
  deleteAfter: Date,
): Promise<void> {
  await sql`update registration_need n set delete_after = ${deleteAfter} from registration g
    where n.network_id = ${networkId} and g.network_id = n.network_id and g.id = n.registration_id
      and g.convening_id = ${conveningId}`.execute(trx)
}

/**
 * For the sweep: needs of convenings that are over, and of people who are not coming, with those that a merge of two
 * persons put away, which are such. Every network's.
 */
export async function deleteSpentNeeds(db: Db, now: Date): Promise<void> {
  await sql`delete from registration_need n using registration g
    where g.network_id = n.network_id and g.id = n.registration_id
      and (n.delete_after <= ${now} or g.status = 'cancelled')`.execute(db)
  await sql`update person_merge set steps = (select coalesce(jsonb_agg(s.step order by s.nth), '[]')
      from jsonb_array_elements(steps) with ordinality s (step, nth) where s.step ->> 'table' <> 'registration_need')
    where steps @> '[{"table": "registration_need"}]'`.execute(db)
}
