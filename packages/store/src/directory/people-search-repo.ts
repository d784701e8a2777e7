import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { PersonListed } from '@copractice/core/directory'
import type { InstitutionId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from './name-cursor.ts'
import { institutionInReach, likeText, regionInReach, type AdminScope } from './reach.ts'

type Asked = Readonly<{
  search?: string | undefined
  institutionId?: InstitutionId | undefined
  after?: string | undefined
  limit: number
}>

/**
 * People a coordinator may find: affiliated with an institution of their reach, registered for a convening of their
 * region, or seated in a cohort of it. Test people of an LMS never show, nor who was
 * merged into somebody or removed.
 */
export function personInReach(scope: AdminScope, alias: string) {
  const person = sql.ref(`${alias}.id`)
  const { networkId, reach } = scope
  const isStill = sql<boolean>`${sql.ref(`${alias}.merged_into`)} is null and ${sql.ref(`${alias}.removed_at`)} is null`
  if (reach.regions === 'all') return sql<boolean>`(${isStill})`
  return sql<boolean>`(${isStill}) and (exists (select 1 from affiliation a join institution i on i.network_id = a.network_id and i.id = a.institution_id
      where a.network_id = ${networkId} and a.person_id = ${person} and ${institutionInReach(scope, 'i')})
    or exists (select 1 from registration g join convening v on v.network_id = g.network_id and v.id = g.convening_id
      where g.network_id = ${networkId} and g.person_id = ${person} and ${regionInReach(scope, 'v.region_id')})
    or exists (select 1 from seat s join cohort c on c.network_id = s.network_id and c.id = s.cohort_id
      where s.network_id = ${networkId} and s.person_id = ${person} and ${regionInReach(scope, 'c.region_id')}))`
}

/** By name; those without one by their address. */
export async function searchPeople(db: Db | Trx, scope: AdminScope, asked: Asked): Promise<Page<PersonListed>> {
  const { search, institutionId, after, limit } = asked
  const cursor = readCursor(after)
  const sortKey = sql<string>`lower(coalesce(p.name, p.email, ''))`
  let query = db
    .selectFrom('person as p')
    .select(['p.id', 'p.name', 'p.email', sortKey.as('sortKey')])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('affiliation as a')
          .innerJoin('institution as i', (on) =>
            on.onRef('i.network_id', '=', 'a.network_id').onRef('i.id', '=', 'a.institution_id'),
          )
          .select(['i.id', 'i.name', 'i.letter', 'i.colour', 'a.kind'])
          .whereRef('a.network_id', '=', 'p.network_id')
          .whereRef('a.person_id', '=', 'p.id')
          .orderBy('i.name'),
      ).as('affiliations'),
      jsonArrayFrom(
        eb
          .selectFrom('seat as s')
          .innerJoin('cohort as c', (on) =>
            on.onRef('c.network_id', '=', 's.network_id').onRef('c.id', '=', 's.cohort_id'),
          )
          .select(['c.id', 'c.name'])
          .whereRef('s.network_id', '=', 'p.network_id')
          .whereRef('s.person_id', '=', 'p.id')
          .where('s.status', '<>', 'left')
          .where(regionInReach(scope, 'c.region_id'))
          .orderBy('c.name'),
      ).as('cohorts'),
    ])
    .where('p.network_id', '=', scope.networkId)
    .where('p.is_test', '=', false)
    .where(personInReach(scope, 'p'))
  if (search) {
    const like = likeText(search)
    query = query.where((eb) => eb.or([eb('p.name', 'ilike', like), eb('p.email', 'ilike', like)]))
  }
  if (institutionId) {
    query = query.where(sql<boolean>`exists (select 1 from affiliation x where x.network_id = p.network_id
      and x.person_id = p.id and x.institution_id = ${institutionId})`)
  }
  if (cursor) query = query.where(sql<boolean>`(${sortKey}, p.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  // A page of the list is read off its index. What is searched for is rare, and walking the index for it would read most of
  // the people one by one; spelt like this the few that are found are sorted.
  const rows = await query
    .orderBy(search ? sql`${sortKey} || ''` : sortKey)
    .orderBy('p.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ id, name, email, affiliations, cohorts }) => ({
    id: id as PersonId,
    name,
    email,
    affiliations: affiliations.map(({ kind, ...institution }) => ({
      institution,
      kind,
    })) as PersonListed['affiliations'],
    cohorts: cohorts as PersonListed['cohorts'],
  }))
}
