import { sql } from 'kysely'
import type { CampusMark } from '@copractice/core/directory'
import type { FacilitatorDetails, FacilitatorListed, FacilitatorStatus } from '@copractice/core/proposal'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'
import { personInReach } from '../directory/people-search-repo.ts'
import { likeText, type AdminScope } from '../directory/reach.ts'

type Person = Readonly<{ networkId: NetworkId; personId: PersonId }>

/** How many open cohorts somebody facilitates now. */
const facilitates = sql<number>`(select count(*)::int from seat s join cohort c on c.network_id = s.network_id
  and c.id = s.cohort_id where s.network_id = f.network_id and s.person_id = f.person_id and s.kind = 'facilitator'
  and s.status = 'seated' and c.status = 'open')`
/** Offers that wait for an answer, and agreed ones whose proposal has no open cohort yet: places that are given away. */
const offers = sql<number>`(select count(*)::int from pairing o where o.network_id = f.network_id
  and o.person_id = f.person_id and (o.status = 'offered' or (o.status = 'agreed' and not exists (
    select 1 from cohort c where c.network_id = o.network_id and c.proposal_id = o.proposal_id))))`
const campus = sql<CampusMark | null>`(select json_build_object('id', i.id, 'name', i.name, 'letter', i.letter, 'colour', i.colour)
  from affiliation a join institution i on i.network_id = a.network_id and i.id = a.institution_id
  where a.network_id = f.network_id and a.person_id = f.person_id order by i.name limit 1)`

function facilitatorRows(db: Db | Trx, networkId: NetworkId) {
  return db
    .selectFrom('facilitator as f')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'f.network_id').onRef('p.id', '=', 'f.person_id'))
    .select(['f.person_id as id', 'p.name', 'p.email', 'f.status', 'f.about', 'f.experience', 'f.languages', 'f.areas'])
    .select(['f.time_zone as timeZone', 'f.slots', 'f.at_once as atOnce', 'f.applied_at as appliedAt', 'f.decision'])
    .select([campus.as('campus'), facilitates.as('facilitates'), offers.as('offers')])
    .where('f.network_id', '=', networkId)
}
type Row = Awaited<ReturnType<ReturnType<typeof facilitatorRows>['execute']>>[number]
const listed = ({ id, ...row }: Row): FacilitatorListed => ({ ...row, personId: id as PersonId })

export async function findFacilitator(db: Db | Trx, { networkId, personId }: Person) {
  const row = await facilitatorRows(db, networkId).where('f.person_id', '=', personId).executeTakeFirst()
  return row && listed(row)
}

/** Everybody in the pool, by name; at most 300. */
export async function listPool(db: Db | Trx, networkId: NetworkId): Promise<FacilitatorListed[]> {
  const rows = await facilitatorRows(db, networkId)
    .where('f.status', '=', 'in_pool')
    .orderBy(sql`lower(coalesce(p.name, p.email, ''))`)
    .orderBy('f.person_id')
    .limit(300)
    .execute()
  return rows.map(listed)
}

type Asked = Readonly<{
  search?: string | undefined
  status?: FacilitatorStatus | undefined
  language?: string | undefined
  area?: string | undefined
  free?: 'yes' | undefined
  after?: string | undefined
  limit: number
}>

/** People of the reader's reach, those who wait for an answer first, then by name. */
export async function listFacilitators(
  db: Db | Trx,
  scope: AdminScope,
  { search, status, language, area, free, after, limit }: Asked,
): Promise<Page<FacilitatorListed>> {
  const cursor = readCursor(after)
  const key = sql<string>`(case when f.status = 'applied' then '0' else '1' end || lower(coalesce(p.name, p.email, '')))`
  let query = facilitatorRows(db, scope.networkId).select(key.as('sortKey')).where(personInReach(scope, 'p'))
  if (status) query = query.where('f.status', '=', status)
  if (search) {
    const like = likeText(search)
    query = query.where((eb) =>
      eb.or([eb('p.name', 'ilike', like), eb('f.about', 'ilike', like), eb('f.experience', 'ilike', like)]),
    )
  }
  if (language) query = query.where(sql<boolean>`lower(${language}) = any (select lower(l) from unnest(f.languages) l)`)
  if (area) query = query.where(sql<boolean>`lower(${area}) = any (select lower(l) from unnest(f.areas) l)`)
  if (free) query = query.where(sql<boolean>`(f.status = 'in_pool' and f.at_once > ${facilitates} + ${offers})`)
  if (cursor) query = query.where(sql<boolean>`(${key}, f.person_id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(key)
    .orderBy('f.person_id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ sortKey: _sortKey, ...row }) => listed(row))
}

/** True where the person is one the reader may find. */
export async function isFacilitatorInReach(db: Db | Trx, scope: AdminScope, personId: PersonId): Promise<boolean> {
  const row = await facilitatorRows(db, scope.networkId)
    .where('f.person_id', '=', personId)
    .where(personInReach(scope, 'p'))
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps others from deciding at the same moment; undefined when they never applied. */
export async function lockFacilitator(trx: Trx, { networkId, personId }: Person) {
  return trx
    .selectFrom('facilitator')
    .select('status')
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export async function saveFacilitator(
  trx: Trx,
  { networkId, personId }: Person,
  { details, status }: Readonly<{ details: FacilitatorDetails; status: FacilitatorStatus }>,
  now: Date,
): Promise<void> {
  const said = {
    status,
    about: details.about,
    experience: details.experience,
    languages: details.languages,
    time_zone: details.timeZone,
    areas: details.areas,
    slots: details.slots,
    at_once: details.atOnce,
  }
  await trx
    .insertInto('facilitator')
    .values({ network_id: networkId, person_id: personId, ...said, applied_at: now })
    .onConflict((conflict) => conflict.columns(['network_id', 'person_id']).doUpdateSet(said))
    .execute()
}

type Decision = Readonly<{ status: FacilitatorStatus; reason: string; by: PersonId | null }>

export async function setFacilitatorStatus(
  trx: Trx,
  { networkId, personId }: Person,
  { status, reason, by }: Decision,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('facilitator')
    .set({ status, ...(by && { decided_at: now, decided_by: by, decision: reason }) })
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .execute()
}

/** How many applications of the reader's reach wait, and since when. */
export async function applicationsWaiting(db: Db | Trx, scope: AdminScope) {
  return db
    .selectFrom('facilitator as f')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'f.network_id').onRef('p.id', '=', 'f.person_id'))
    .select([sql<number>`count(*)::int`.as('count'), sql<Date | null>`min(f.applied_at)`.as('since')])
    .where('f.network_id', '=', scope.networkId)
    .where('f.status', '=', 'applied')
    .where(personInReach(scope, 'p'))
    .executeTakeFirstOrThrow()
}

/** The network of a public page, by its slug or id; undefined where no network is called so. */
export async function networkBySlug(db: Db | Trx, slug: string) {
  const row = await db
    .selectFrom('network')
    .select(['id', 'name', 'slug', 'time_zone as timeZone'])
    .where(sql<boolean>`(slug = ${slug} or id::text = ${slug})`)
    .executeTakeFirst()
  return row && { ...row, id: row.id as NetworkId }
}
