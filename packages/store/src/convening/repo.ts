import { sql, type RawBuilder } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { ConveningDetails, ConveningListed, OpenConvening } from '@copractice/core/convening'
import type { ConveningId, InstitutionId, NetworkId, PersonId, RegionId } from '@copractice/core/kernel'
import { PolicyLimits, SeriesPlan } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'
import { pageOf, readInstantCursor, type Page } from '../directory/name-cursor.ts'
import { likeText, regionInReach, type AdminScope } from '../directory/reach.ts'

/** True where the convening is of the reader's regions, or one of their institutions hosts it. */
const conveningInReach = (scope: AdminScope) => sql<boolean>`(${regionInReach(scope, 'v.region_id')}
  or exists (select from convening_host h where h.network_id = v.network_id and h.convening_id = v.id
    and h.institution_id = any (${[...scope.reach.institutions]}::uuid[])))`

const countOf = (status: 'registered' | 'waitlisted') => sql<number>`(select count(*)::int from registration g
  where g.network_id = v.network_id and g.convening_id = v.id and g.status = ${status})`

/** A convening without dates is still to come, after all others. */
const startOrLast = sql`coalesce(v.starts_at, 'infinity'::timestamptz)`

function conveningRows(db: Db | Trx) {
  return db
    .selectFrom('convening as v')
    .innerJoin('region as r', (on) => on.onRef('r.network_id', '=', 'v.network_id').onRef('r.id', '=', 'v.region_id'))
    .innerJoin('network as n', 'n.id', 'v.network_id')
    .leftJoin('series as s', (on) => on.onRef('s.network_id', '=', 'v.network_id').onRef('s.id', '=', 'v.series_id'))
    .leftJoin('person as l', (on) =>
      on.onRef('l.network_id', '=', 'v.network_id').onRef('l.id', '=', 'v.lead_facilitator_id'),
    )
    .select(['v.id', 'v.network_id as networkId', 'v.name', 'v.slug', 'v.description', 'v.status', 'v.capacity'])
    .select(['v.starts_at as startsAt', 'v.ends_at as endsAt', 'v.time_zone as timeZone'])
    .select(['v.place', 'v.join_url as joinUrl', 'v.registration_closes_at as registrationClosesAt'])
    .select(['r.id as regionId', 'r.name as regionName', 'n.name as network', 'v.kind', 'v.term'])
    .select(['v.lead_facilitator_id as leadFacilitatorId', 'l.name as lead', 'v.contact_email as contactEmail'])
    .select(['s.slug as series', 's.plan as seriesPlan'])
    .select(
      sql<{ id: string; name: string }[]>`(select coalesce(json_agg(json_build_object('id', i.id, 'name', i.name)
        order by i.name), '[]') from convening_host h join institution i on i.network_id = h.network_id
        and i.id = h.institution_id where h.network_id = v.network_id and h.convening_id = v.id)`.as('hosts'),
    )
    .select([countOf('registered').as('registered'), countOf('waitlisted').as('waitlisted')])
    .select(sql<string>`${startOrLast}::text`.as('sortKey'))
}

type Row = Awaited<ReturnType<ReturnType<typeof conveningRows>['execute']>>[number]
function conveningOf(row: Row) {
  const { regionId, regionName, registered, waitlisted, sortKey: _, networkId, seriesPlan, hosts, ...rest } = row
  return {
    ...rest,
    hosts: hosts as { id: InstitutionId; name: string }[],
    leadFacilitatorId: row.leadFacilitatorId as PersonId | null,
    /** The days of the year its series keeps to (convening.window). */
    window: seriesPlan ? SeriesPlan.shape.window.parse((seriesPlan as { window?: unknown }).window) : null,
    networkId: networkId as NetworkId,
    id: row.id as ConveningId,
    region: { id: regionId as RegionId, name: regionName },
    counts: { registered, waitlisted },
  }
}
export type ConveningFound = ReturnType<typeof conveningOf>

/** What the rules of registration ask of a convening. */
export const asOpenConvening = ({ counts, capacity, status, registrationClosesAt, endsAt }: ConveningFound) =>
  ({ capacity, status, registrationClosesAt, endsAt, ...counts }) satisfies OpenConvening

type Asked = Readonly<{ search?: string | undefined; after?: string | undefined; limit: number }>

/** Latest first. */
export async function listConvenings(
  db: Db | Trx,
  scope: AdminScope,
  { search, after, limit }: Asked,
): Promise<Page<ConveningListed>> {
  const cursor = readInstantCursor(after)
  let query = conveningRows(db).where('v.network_id', '=', scope.networkId).where(conveningInReach(scope))
  if (search) query = query.where('v.name', 'ilike', likeText(search))
  if (cursor)
    query = query.where(sql<boolean>`(${startOrLast}, v.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(startOrLast, 'desc')
    .orderBy('v.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, conveningOf)
}

async function findOne(db: Db | Trx, scope: AdminScope, id: ConveningId, isInReach: RawBuilder<boolean>) {
  const row = await conveningRows(db)
    .where('v.network_id', '=', scope.networkId)
    .where(isInReach)
    .where('v.id', '=', id)
    .executeTakeFirst()
  return row && conveningOf(row)
}

/**
 * To look at: undefined when it is neither of the reader's regions nor hosted by one of their institutions, or nowhere.
 * A host sees it, what people need, and the desk; for all else see `findConveningToKeep`.
 */
export const findConvening = (db: Db | Trx, scope: AdminScope, id: ConveningId) =>
  findOne(db, scope, id, conveningInReach(scope))

/** To change, or to read who signed up: undefined when it is not of the reader's regions. Hosting alone is not enough. */
export const findConveningToKeep = (db: Db | Trx, scope: AdminScope, id: ConveningId) =>
  findOne(db, scope, id, regionInReach(scope, 'v.region_id'))

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
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
}

/** What is kept of the details; `seriesId` is what the series' slug stands for. */
export type ConveningKept = Omit<ConveningDetails, 'series'> & Readonly<{ seriesId: string | null }>

const columnsOf = (details: ConveningKept) => ({
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
  kind: details.kind ?? ('gathering' as const),
  term: details.term ?? null,
  series_id: details.seriesId,
})

export async function insertConvening(
  trx: Trx,
  networkId: NetworkId,
  details: ConveningKept & Readonly<{ slug: string }>,
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
  change: ConveningKept | Readonly<{ status: 'announced' | 'open' | 'closed' }>,
): Promise<void> {
  await trx
    .updateTable('convening')
    .set('status' in change ? change : columnsOf(change))
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** A series of the network by its slug: its id, and the days of the year it keeps to. */
export async function findSeries(db: Db | Trx, networkId: NetworkId, slug: string) {
  const row = await db
    .selectFrom('series')
    .select(['id', 'plan'])
    .where('network_id', '=', networkId)
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row && { id: row.id, window: SeriesPlan.shape.window.parse((row.plan as { window?: unknown }).window) }
}

/**
 * What tells which terms lack a convening, in one query: the network's newest limits and zone, and every convening in
 * reach that is said to be for a term or began after `since`; the latest 500.
 */
export async function findTermFacts(db: Db | Trx, scope: AdminScope, since: Date) {
  const held = db
    .selectFrom('convening as v')
    .select(['v.term', 'v.starts_at as startsAt', 'v.time_zone as timeZone'])
    .where('v.network_id', '=', scope.networkId)
    .where(conveningInReach(scope))
    .where((eb) => eb.or([eb('v.term', 'is not', null), eb('v.starts_at', '>', since)]))
    .orderBy('v.created_at', 'desc')
    .limit(500)
  const row = await db
    .selectFrom('network as n')
    .select(['n.time_zone as timeZone', jsonArrayFrom(held).as('convenings')])
    .select((eb) =>
      eb
        .selectFrom('policy_pack as k')
        .select('k.limits')
        .whereRef('k.network_id', '=', 'n.id')
        .orderBy('k.version', 'desc')
        .limit(1)
        .as('limits'),
    )
    .where('n.id', '=', scope.networkId)
    .executeTakeFirstOrThrow()
  return {
    timeZone: row.timeZone,
    limits: PolicyLimits.parse(row.limits ?? {}),
    // JSON tells times as text.
    convenings: row.convenings.map((one) => ({ ...one, startsAt: one.startsAt ? new Date(one.startsAt) : null })),
  }
}
