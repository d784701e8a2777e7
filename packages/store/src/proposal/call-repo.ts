import { sql } from 'kysely'
import { callState, type CallDetails, type CallListed } from '@copractice/core/proposal'
import type { CallId, NetworkId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readInstantCursor, type Page } from '../directory/name-cursor.ts'
import { regionInReach, type AdminScope } from '../directory/reach.ts'

const countOf = (...statuses: readonly string[]) => sql<number>`(select count(*)::int from proposal p
  where p.network_id = c.network_id and p.call_id = c.id and p.status = any (${[...statuses]}::text[]))`

function callRows(db: Db | Trx, networkId: NetworkId) {
  return db
    .selectFrom('call as c')
    .leftJoin('region as r', (on) => on.onRef('r.network_id', '=', 'c.network_id').onRef('r.id', '=', 'c.region_id'))
    .leftJoin('micro_credential as m', (on) =>
      on.onRef('m.network_id', '=', 'c.network_id').onRef('m.id', '=', 'c.credential_id'),
    )
    .select(['c.id', 'c.title', 'c.about', 'c.status', 'c.opens_at as opensAt', 'c.closes_at as closesAt'])
    .select(['r.id as regionId', 'r.name as regionName', 'm.slug as credentialSlug', 'm.name as credentialName'])
    .select(sql<string | null>`c.enrolment_deadline::text`.as('enrolmentDeadline'))
    .where('c.network_id', '=', networkId)
}
type Row = Awaited<ReturnType<ReturnType<typeof callRows>['execute']>>[number]

const callOf = (row: Row) => ({
  id: row.id as CallId,
  title: row.title,
  about: row.about,
  status: row.status,
  opensAt: row.opensAt,
  closesAt: row.closesAt,
  enrolmentDeadline: row.enrolmentDeadline,
  credential: row.credentialSlug ? { slug: row.credentialSlug, name: row.credentialName! } : null,
  region: row.regionId ? { id: row.regionId as RegionId, name: row.regionName! } : null,
})
export type CallFound = ReturnType<typeof callOf>

type Asked = Readonly<{ after?: string | undefined; limit: number }>

/** The calls of the reader's regions and of the whole network, the one that closes last first. */
export async function listCalls(
  db: Db | Trx,
  scope: AdminScope,
  { after, limit }: Asked,
  now: Date,
): Promise<Page<CallListed>> {
  const cursor = readInstantCursor(after)
  let query = callRows(db, scope.networkId)
    .select(sql<string>`c.closes_at::text`.as('sortKey'))
    .select([countOf('draft').as('drafts'), countOf('submitted', 'changes_asked').as('submitted')])
    .select(countOf('approved').as('approved'))
    .where(sql<boolean>`(c.region_id is null or ${regionInReach(scope, 'c.region_id')})`)
  if (cursor) query = query.where(sql<boolean>`(c.closes_at, c.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('c.closes_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { regions } = scope.reach
  return pageOf(rows, limit, (row) => ({
    ...callOf(row),
    state: callState(row, now),
    counts: { drafts: row.drafts, submitted: row.submitted, approved: row.approved },
    mayKeep: regions === 'all' || (row.regionId !== null && regions.includes(row.regionId as RegionId)),
  }))
}

/** Any call of the network; who may do what with it is decided by rules. */
export async function findCall(db: Db | Trx, networkId: NetworkId, id: CallId): Promise<CallFound | undefined> {
  const row = await callRows(db, networkId).where('c.id', '=', id).executeTakeFirst()
  return row && callOf(row)
}

/** Calls that take proposals now, the one that closes first on top; at most 50. */
export async function listOpenCalls(db: Db | Trx, networkId: NetworkId, now: Date): Promise<CallFound[]> {
  const rows = await callRows(db, networkId)
    .where('c.status', '=', 'open')
    .where('c.opens_at', '<=', now)
    .where('c.closes_at', '>=', now)
    .orderBy('c.closes_at')
    .limit(50)
    .execute()
  return rows.map(callOf)
}

/** The id of a micro-credential by its slug; undefined when the network has none such. */
export async function findCredential(db: Db | Trx, networkId: NetworkId, slug: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('micro_credential')
    .select('id')
    .where('network_id', '=', networkId)
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row?.id
}

/** Names of the network's micro-credentials: the competency areas its proposals choose from. */
export async function listAreas(db: Db | Trx, networkId: NetworkId): Promise<string[]> {
  const rows = await db
    .selectFrom('micro_credential')
    .select('name')
    .where('network_id', '=', networkId)
    .orderBy('name')
    .limit(200)
    .execute()
  return rows.map(({ name }) => name)
}

type Kept = CallDetails & Readonly<{ credentialId: string | null }>
const columnsOf = (call: Kept) => ({
  title: call.title,
  about: call.about,
  opens_at: call.opensAt,
  closes_at: call.closesAt,
  credential_id: call.credentialId,
  enrolment_deadline: call.enrolmentDeadline,
  region_id: call.regionId,
})

export async function insertCall(
  trx: Trx,
  networkId: NetworkId,
  call: Kept & Readonly<{ createdBy: string }>,
  now: Date,
): Promise<CallId> {
  const row = await trx
    .insertInto('call')
    .values({ network_id: networkId, created_by: call.createdBy, created_at: now, ...columnsOf(call) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as CallId
}

export async function updateCall(
  trx: Trx,
  networkId: NetworkId,
  id: CallId,
  change: Kept | Readonly<{ status: 'open' | 'closed' }>,
): Promise<void> {
  await trx
    .updateTable('call')
    .set('status' in change ? change : columnsOf(change))
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .execute()
}
