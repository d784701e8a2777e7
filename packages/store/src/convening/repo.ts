import { sql } from 'kysely'
import type { ConveningDetails, ConveningListed, OpenConvening } from '@copractice/core/convening'
import type { ConveningId, NetworkId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'
import { likeText, regionInReach, type AdminScope } from '../directory/reach.ts'

const countOf = (status: 'registered' | 'waitlisted') => sql<number>`(select count(*)::int from registration g
  where g.network_id = v.network_id and g.convening_id = v.id and g.status = ${status})`

function conveningRows(db: Db | Trx) {
  return db
    .selectFrom('convening as v')
    .innerJoin('region as r', (on) => on.onRef('r.network_id', '=', 'v.network_id').onRef('r.id', '=', 'v.region_id'))
    .innerJoin('network as n', 'n.id', 'v.network_id')
    .select(['v.id', 'v.network_id as networkId', 'v.name', 'v.slug', 'v.description', 'v.status', 'v.capacity'])
    .select(['v.starts_at as startsAt', 'v.ends_at as endsAt', 'v.time_zone as timeZone'])
    .select(['v.place', 'v.join_url as joinUrl', 'v.registration_closes_at as registrationClosesAt'])
    .select(['r.id as regionId', 'r.name as regionName', 'n.name as network'])
    .select([countOf('registered').as('registered'), countOf('waitlisted').as('waitlisted')])
    .select(sql<string>`v.starts_at::text`.as('sortKey'))
}

type Row = Awaited<ReturnType<ReturnType<typeof conveningRows>['execute']>>[number]
function conveningOf(row: Row) {
  const { regionId, regionName, registered, waitlisted, sortKey: _, networkId, ...rest } = row
  return {
    ...rest,
    networkId: networkId as NetworkId,
    id: row.id as ConveningId,
    region: { id: regionId as RegionId, name: regionName },
    counts: { registered, waitlisted },
  }
}
export type ConveningFound = ReturnType<typeof conveningOf>

/** What the rules of registration ask of a convening. */
export const asOpenConvening = ({ counts, ...convening }: ConveningFound): OpenConvening => ({
  ...convening,
  ...counts,
})

type Asked = Readonly<{ search?: string | undefined; after?: string | undefined; limit: number }>

/** Latest first. */
export async function listConvenings(
  db: Db | Trx,
  scope: AdminScope,
  { search, after, limit }: Asked,
): Promise<Page<ConveningListed>> {
  const cursor = readCursor(after)
  let query = conveningRows(db).where('v.network_id', '=', scope.networkId).where(regionInReach(scope, 'v.region_id'))
  if (search) query = query.where('v.name', 'ilike', likeText(search))
  if (cursor) query = query.where(sql<boolean>`(v.starts_at, v.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('v.starts_at', 'desc')
    .orderBy('v.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, conveningOf)
}

/** Undefined when it is not in the reader's reach, or nowhere. */
export async function findConvening(db: Db | Trx, scope: AdminScope, id: ConveningId) {
  const row = await conveningRows(db)
    .where('v.network_id', '=', scope.networkId)
    .where(regionInReach(scope, 'v.region_id'))
    .where('v.id', '=', id)
    .executeTakeFirst()
  return row && conveningOf(row)
}

/** The public address is one for the whole installation and tells the network. A draft has no public page. */
export async function findPublicConvening(db: Db | Trx, slug: string) {
  const row = await conveningRows(db).where('v.slug', '=', slug).where('v.status', '<>', 'draft').executeTakeFirst()
  return row && conveningOf(row)
}

/** Keeps every other registration of the convening waiting until this transaction ends: places are counted one by one. */
export async function lockConvening(trx: Trx, networkId: NetworkId, id: ConveningId): Promise<void> {
  await trx
    .selectFrom('convening')
    .select('id')
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

const columnsOf = (details: ConveningDetails) => ({
  region_id: details.regionId,
  name: details.name,
  description: details.description,
  starts_at: details.startsAt,
  ends_at: details.endsAt,
  time_zone: details.timeZone,
  place: details.place,
  join_url: details.joinUrl,
  capacity: details.capacity,
  registration_closes_at: details.registrationClosesAt,
})

export async function insertConvening(
  trx: Trx,
  networkId: NetworkId,
  details: ConveningDetails & Readonly<{ slug: string }>,
): Promise<ConveningId> {
  const row = await trx
    .insertInto('convening')
    .values({ network_id: networkId, slug: details.slug, ...columnsOf(details) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as ConveningId
}

export async function updateConvening(
  trx: Trx,
  networkId: NetworkId,
  id: ConveningId,
  change: ConveningDetails | Readonly<{ status: 'open' | 'closed' }>,
): Promise<void> {
  await trx
    .updateTable('convening')
    .set('status' in change ? change : columnsOf(change))
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirstOrThrow()
}
