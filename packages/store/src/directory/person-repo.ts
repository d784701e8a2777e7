import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Affiliation, CampusMark } from '@copractice/core/directory'
import type { CohortId, ConveningId, InstitutionId, NetworkId, PersonId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { personInReach } from './people-search-repo.ts'
import { institutionInReach, regionInReach, type AdminScope } from './reach.ts'

/** One person the reader may find, in one query. Cohorts and convenings of the reader's regions; never work or grades. */
export async function findPerson(db: Db | Trx, scope: AdminScope, personId: PersonId) {
  const row = await db
    .selectFrom('person as p')
    .select(['p.id', 'p.name', 'p.pronouns', 'p.email', 'p.created_at as since'])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('affiliation as a')
          .innerJoin('institution as i', (on) =>
            on.onRef('i.network_id', '=', 'a.network_id').onRef('i.id', '=', 'a.institution_id'),
          )
          .select(['i.id', 'i.name', 'i.letter', 'i.colour', 'i.region_id as regionId', 'a.kind'])
          .whereRef('a.network_id', '=', 'p.network_id')
          .whereRef('a.person_id', '=', 'p.id')
          .orderBy('i.name'),
      ).as('affiliations'),
      jsonArrayFrom(
        eb
          .selectFrom('identity as d')
          .select(['d.kind', 'd.created_at as since'])
          .select(sql<string>`case d.kind when 'email' then d.subject else d.issuer end`.as('at'))
          .whereRef('d.network_id', '=', 'p.network_id')
          .whereRef('d.person_id', '=', 'p.id')
          .orderBy('d.created_at'),
      ).as('identities'),
      jsonArrayFrom(
        eb
          .selectFrom('seat as s')
          .innerJoin('cohort as c', (on) =>
            on.onRef('c.network_id', '=', 's.network_id').onRef('c.id', '=', 's.cohort_id'),
          )
          .select(['c.id', 'c.name', 's.kind', 's.status'])
          .whereRef('s.network_id', '=', 'p.network_id')
          .whereRef('s.person_id', '=', 'p.id')
          .where(regionInReach(scope, 'c.region_id'))
          .orderBy('s.since', 'desc'),
      ).as('cohorts'),
      jsonArrayFrom(
        eb
          .selectFrom('registration as g')
          .innerJoin('convening as v', (on) =>
            on.onRef('v.network_id', '=', 'g.network_id').onRef('v.id', '=', 'g.convening_id'),
          )
          .select(['v.id', 'v.name', 'g.status'])
          .whereRef('g.network_id', '=', 'p.network_id')
          .whereRef('g.person_id', '=', 'p.id')
          .where(regionInReach(scope, 'v.region_id'))
          .orderBy('g.created_at', 'desc'),
      ).as('convenings'),
    ])
    .where('p.network_id', '=', scope.networkId)
    .where('p.id', '=', personId)
    .where('p.is_test', '=', false)
    .where(personInReach(scope, 'p'))
    .executeTakeFirst()
  return (
    row && {
      ...row,
      id: row.id as PersonId,
      affiliations: row.affiliations.map(({ kind, regionId, ...institution }) => ({
        institution: institution as CampusMark,
        regionId: regionId as RegionId | null,
        kind,
      })),
      identities: row.identities.map(({ since, ...one }) => ({ ...one, since: new Date(since) })),
      cohorts: row.cohorts.map((one) => ({ ...one, id: one.id as CohortId })),
      convenings: row.convenings.map((one) => ({ ...one, id: one.id as ConveningId })),
    }
  )
}

/** Institutions in the reader's reach by name, at most 1,000: what somebody can be tied to. */
export async function institutionsToTieTo(db: Db | Trx, scope: AdminScope) {
  const rows = await db
    .selectFrom('institution as i')
    .select(['i.id', 'i.name', 'i.region_id as regionId'])
    .where('i.network_id', '=', scope.networkId)
    .where(institutionInReach(scope, 'i'))
    .orderBy(sql`lower(i.name)`)
    .limit(1000)
    .execute()
  return rows.map(({ id, name, regionId }) => ({
    id: id as InstitutionId,
    name,
    regionId: regionId as RegionId | null,
  }))
}

type Tie = Readonly<{ networkId: NetworkId; personId: PersonId; institutionId: InstitutionId }>

/** Ties somebody to an institution; where they are tied already, the kind becomes this one. */
export async function saveAffiliation(
  trx: Trx,
  { networkId, personId, institutionId }: Tie,
  kind: Affiliation,
): Promise<void> {
  await trx
    .insertInto('affiliation')
    .values({ network_id: networkId, person_id: personId, institution_id: institutionId, kind })
    .onConflict((conflict) => conflict.columns(['network_id', 'person_id', 'institution_id']).doUpdateSet({ kind }))
    .execute()
}

/** False when there was no such tie. */
export async function deleteAffiliation(trx: Trx, { networkId, personId, institutionId }: Tie): Promise<boolean> {
  const row = await trx
    .deleteFrom('affiliation')
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .where('institution_id', '=', institutionId)
    .returning('kind')
    .executeTakeFirst()
  return row !== undefined
}
