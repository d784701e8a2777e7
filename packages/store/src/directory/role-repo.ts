import { sql } from 'kysely'
import { mayGrant, type Actor, type Grant, type RoleGiven, type RoleHeld } from '@copractice/core/directory'
import type { GrantId, InstitutionId, NetworkId, PersonId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from './name-cursor.ts'
import { likeText, type AdminScope } from './reach.ts'

type Asked = Readonly<{
  search?: string | undefined
  personId?: PersonId
  grantId?: GrantId
  after?: string | undefined
  limit: number
}>

const sortKey = sql<string>`lower(coalesce(p.name, p.email, ''))`

/** Grants with their place, of whom the reader may know: those of their regions and institutions, or all. */
function roleRows(db: Db | Trx, { networkId, reach }: AdminScope) {
  let query = db
    .selectFrom('role_grant as g')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'g.network_id').onRef('p.id', '=', 'g.person_id'))
    .leftJoin('region as r', (on) => on.onRef('r.network_id', '=', 'g.network_id').onRef('r.id', '=', 'g.region_id'))
    .leftJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'g.network_id').onRef('i.id', '=', 'g.institution_id'),
    )
    .leftJoin('person as b', (on) => on.onRef('b.network_id', '=', 'g.network_id').onRef('b.id', '=', 'g.granted_by'))
    .select(['g.id', 'g.role', 'g.created_at as grantedAt', 'b.name as grantedByName'])
    .select(['p.id as personId', 'p.name', 'p.email', sortKey.as('sortKey')])
    .select(['r.id as regionId', 'r.name as region', 'i.id as institutionId', 'i.name as institution'])
    .select('i.region_id as institutionRegionId')
    .where('g.network_id', '=', networkId)
  if (reach.regions !== 'all') {
    const regions = sql`${[...reach.regions]}::uuid[]`
    query = query.where(sql<boolean>`(g.region_id = any (${regions}) or i.region_id = any (${regions})
      or g.institution_id = any (${[...reach.institutions]}::uuid[]))`)
  }
  return query
}
type Row = Awaited<ReturnType<ReturnType<typeof roleRows>['execute']>>[number]

/** The table's checks hold each role to the one place it names. */
function givenOf({ role, regionId, institutionId, institutionRegionId }: Row): RoleGiven {
  if (role === 'coordinator') return { role, regionId: regionId as RegionId }
  if (role !== 'institution_admin') return { role }
  return { role, institutionId: institutionId as InstitutionId, regionId: institutionRegionId as RegionId | null }
}

const roleOf = (actor: Pick<Actor, 'grants'>) => (row: Row) => ({
  id: row.id as GrantId,
  person: { id: row.personId as PersonId, name: row.name, email: row.email },
  role: row.role,
  region: row.region === null ? null : { id: row.regionId as RegionId, name: row.region },
  institution: row.institution === null ? null : { id: row.institutionId as InstitutionId, name: row.institution },
  grantedAt: row.grantedAt,
  grantedByName: row.grantedByName,
  mayRevoke: mayGrant(actor, givenOf(row)),
})

/** By name of who holds them. `actor` decides which of them may be taken away. */
export async function listRoles(
  db: Db | Trx,
  scope: AdminScope,
  actor: Pick<Actor, 'grants'>,
  { search, personId, after, limit }: Asked,
): Promise<Page<RoleHeld>> {
  const cursor = readCursor(after)
  let query = roleRows(db, scope)
  if (personId) query = query.where('g.person_id', '=', personId)
  if (search) {
    const like = likeText(search)
    query = query.where((eb) => eb.or([eb('p.name', 'ilike', like), eb('p.email', 'ilike', like)]))
  }
  if (cursor) query = query.where(sql<boolean>`(${sortKey}, g.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(sortKey)
    .orderBy('g.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, roleOf(actor))
}

/** One grant, with what the rule of granting asks of it. Undefined beyond the reader's reach, and for none. */
export async function findRole(db: Db | Trx, scope: AdminScope, grantId: GrantId) {
  const row = await roleRows(db, scope).where('g.id', '=', grantId).executeTakeFirst()
  return row && { ...roleOf({ grants: [] })(row), given: givenOf(row) }
}

/** Undefined when the person holds the role already. */
export async function insertRole(
  trx: Trx,
  { networkId, personId, grantedBy }: Readonly<{ networkId: NetworkId; personId: PersonId; grantedBy: PersonId }>,
  grant: Grant,
  now: Date,
): Promise<GrantId | undefined> {
  const row = await trx
    .insertInto('role_grant')
    .values({
      network_id: networkId,
      person_id: personId,
      role: grant.role,
      region_id: grant.role === 'coordinator' ? grant.regionId : null,
      institution_id: grant.role === 'institution_admin' ? grant.institutionId : null,
      granted_by: grantedBy,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id as GrantId | undefined
}

export async function deleteRole(trx: Trx, networkId: NetworkId, grantId: GrantId): Promise<void> {
  await trx.deleteFrom('role_grant').where('network_id', '=', networkId).where('id', '=', grantId).execute()
}

/**
 * The network admins who can sign in to the admin app, each once. Holds the network until the transaction ends, so that
 * two who take each other's role away at once do not leave it to nobody.
 */
export async function lockNetworkAdmins(trx: Trx, networkId: NetworkId): Promise<PersonId[]> {
  await sql`select pg_advisory_xact_lock(hashtext('copractice.network_admins'), hashtext(${networkId}))`.execute(trx)
  const rows = await trx
    .selectFrom('role_grant as g')
    .select('g.person_id')
    .distinct()
    .where('g.network_id', '=', networkId)
    .where('g.role', '=', 'network_admin')
    .where(
      sql<boolean>`exists (select 1 from identity d where d.network_id = g.network_id and d.person_id = g.person_id
        and d.kind = 'email')`,
    )
    .execute()
  return rows.map(({ person_id }) => person_id as PersonId)
}
