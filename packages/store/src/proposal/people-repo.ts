import { sql } from 'kysely'
import { jsonObjectFrom } from 'kysely/helpers/postgres'
import type { Affiliation, CampusMark } from '@copractice/core/directory'
import type { InstitutionId, NetworkId, PersonId, ProposalId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

/** Those of `ids` in the network, with a campus each and the address they sign in with. */
export async function findProposalPeople(db: Db | Trx, networkId: NetworkId, ids: readonly PersonId[]) {
  if (!ids.length) return []
  const rows = await db
    .selectFrom('person as p')
    .select(['p.id', 'p.name', 'p.pronouns', 'p.email'])
    .select((eb) =>
      jsonObjectFrom(
        eb
          .selectFrom('affiliation as a')
          .innerJoin('institution as i', (on) =>
            on.onRef('i.network_id', '=', 'a.network_id').onRef('i.id', '=', 'a.institution_id'),
          )
          .select(['i.id', 'i.name', 'i.letter', 'i.colour'])
          .whereRef('a.network_id', '=', 'p.network_id')
          .whereRef('a.person_id', '=', 'p.id')
          .orderBy('i.name')
          .limit(1),
      ).as('campus'),
    )
    .where('p.network_id', '=', networkId)
    .where('p.id', 'in', [...ids])
    .orderBy(sql`lower(coalesce(p.name, p.email, ''))`)
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as PersonId, campus: row.campus as CampusMark | null }))
}

/** Those who write a proposal, for mail; only who opened it, which proves the address, and can be written to. */
export async function addressesOfAuthors(db: Db | Trx, networkId: NetworkId, proposalId: ProposalId) {
  const rows = await db
    .selectFrom('proposal_author as a')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.person_id'))
    .select(['p.id', 'p.name', 'p.email'])
    .where('a.network_id', '=', networkId)
    .where('a.proposal_id', '=', proposalId)
    .where('a.opened_at', 'is not', null)
    .where('p.email', 'is not', null)
    .execute()
  return rows.map(({ id, name, email }) => ({ id: id as PersonId, name, email: email! }))
}

/** Who decides on the proposals of a region: its coordinators, or the network's administrators where it has none. */
export async function addressesOfCoordinators(db: Db | Trx, networkId: NetworkId, regionId: RegionId) {
  const rows = await db
    .selectFrom('role_grant as g')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'g.network_id').onRef('p.id', '=', 'g.person_id'))
    .select(['p.id', 'p.name', 'p.email', 'g.role'])
    .distinct()
    .where('g.network_id', '=', networkId)
    .where((eb) => eb.or([eb('g.region_id', '=', regionId), eb('g.role', '=', 'network_admin')]))
    .where('p.email', 'is not', null)
    .execute()
  const coordinators = rows.filter(({ role }) => role === 'coordinator')
  return (coordinators.length ? coordinators : rows).map(({ id, name, email }) => ({
    id: id as PersonId,
    name,
    email: email!,
  }))
}

/** How many of `ids` are people of the network who are no LMS's test person. */
export async function countPeople(db: Db | Trx, networkId: NetworkId, ids: readonly PersonId[]): Promise<number> {
  if (!ids.length) return 0
  const { found } = await db
    .selectFrom('person')
    .select(sql<number>`count(*)::int`.as('found'))
    .where('network_id', '=', networkId)
    .where('id', 'in', [...ids])
    .where('is_test', '=', false)
    .executeTakeFirstOrThrow()
  return found
}

/** The region an institution lies in, and its zone; undefined when the network has no such institution. */
export async function findHome(db: Db | Trx, networkId: NetworkId, id: InstitutionId) {
  const row = await db
    .selectFrom('institution')
    .select(['name', 'region_id as regionId', 'time_zone as timeZone'])
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, regionId: row.regionId as RegionId | null }
}

export async function countInstitutions(
  db: Db | Trx,
  networkId: NetworkId,
  ids: readonly InstitutionId[],
): Promise<number> {
  if (!ids.length) return 0
  const { found } = await db
    .selectFrom('institution')
    .select(sql<number>`count(*)::int`.as('found'))
    .where('network_id', '=', networkId)
    .where('id', 'in', [...ids])
    .executeTakeFirstOrThrow()
  return found
}

/** States a tie for somebody who has none at all. */
export async function stateFirstTie(
  trx: Trx,
  tie: Readonly<{ networkId: NetworkId; personId: PersonId; institutionId: InstitutionId; kind: Affiliation }>,
): Promise<void> {
  const { networkId, personId, institutionId, kind } = tie
  await sql`insert into affiliation (network_id, person_id, institution_id, kind)
    select ${networkId}::uuid, ${personId}::uuid, ${institutionId}::uuid, ${kind}
    where not exists (select 1 from affiliation where network_id = ${networkId} and person_id = ${personId})`.execute(
    trx,
  )
}

export async function zoneOfNetwork(db: Db | Trx, networkId: NetworkId): Promise<string> {
  const row = await db.selectFrom('network').select('time_zone').where('id', '=', networkId).executeTakeFirstOrThrow()
  return row.time_zone
}

/** Where a proposal goes when neither its call nor its institution has a region. */
export async function firstRegion(db: Db | Trx, networkId: NetworkId): Promise<RegionId | undefined> {
  const row = await db
    .selectFrom('region')
    .select('id')
    .where('network_id', '=', networkId)
    .orderBy('name')
    .limit(1)
    .executeTakeFirst()
  return row?.id as RegionId | undefined
}

export async function nameOfNetwork(db: Db | Trx, networkId: NetworkId): Promise<string> {
  const row = await db.selectFrom('network').select('name').where('id', '=', networkId).executeTakeFirstOrThrow()
  return row.name
}

/** Whether somebody began and sent a proposal, or is an author of one that was approved. */
export async function isHostKnown(db: Db | Trx, networkId: NetworkId, personId: PersonId): Promise<boolean> {
  const row = await db
    .selectFrom('proposal_author as a')
    .innerJoin('proposal as p', (on) =>
      on.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.proposal_id'),
    )
    .select('p.id')
    .where('a.network_id', '=', networkId)
    .where('a.person_id', '=', personId)
    .where('a.opened_at', 'is not', null)
    .where(sql<boolean>`(p.status = 'approved' or (p.submitted_at is not null and a.added_by is null))`)
    .executeTakeFirst()
  return row !== undefined
}

/** Who invited an author, by name; null when they are no longer here. */
export async function inviterOf(
  db: Db | Trx,
  { networkId, proposalId }: Readonly<{ networkId: NetworkId; proposalId: ProposalId }>,
  personId: PersonId,
): Promise<string | null> {
  const row = await db
    .selectFrom('proposal_author as a')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.added_by'))
    .select('p.name')
    .where('a.network_id', '=', networkId)
    .where('a.proposal_id', '=', proposalId)
    .where('a.person_id', '=', personId)
    .executeTakeFirst()
  return row?.name ?? null
}
