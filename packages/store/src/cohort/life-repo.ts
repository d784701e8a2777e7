import { sql } from 'kysely'
import type { CohortLinks, CohortMessage } from '@copractice/core/cohort'
import type { CohortId, InstitutionId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { regionInReach, type AdminScope } from '../directory/reach.ts'
import { signsInByMail } from './signs-in-by-mail.ts'

type Cohort = Readonly<{ networkId: NetworkId; cohortId: CohortId }>

/** What closing asks: what lies ahead and which review rounds run. */
export async function findCohortLife(db: Db | Trx, { networkId, cohortId }: Cohort, now: Date) {
  return db
    .selectFrom('cohort as c')
    .select(['c.status', 'c.closed_at as closedAt', 'c.alumni', 'c.succeeds_id as succeedsId'])
    .select([
      sql<number>`(select count(*)::int from meeting m where m.network_id = c.network_id and m.cohort_id = c.id
        and m.ends_at > ${now})`.as('meetingsAhead'),
      sql<Date | null>`(select max(m.starts_at) from meeting m where m.network_id = c.network_id and m.cohort_id = c.id
        and m.ends_at > ${now})`.as('lastMeetingAt'),
      sql<number>`(select count(*)::int from review_round w where w.network_id = c.network_id and w.cohort_id = c.id
        and w.phase in ('submit', 'review'))`.as('roundsRunning'),
    ])
    .where('c.network_id', '=', networkId)
    .where('c.id', '=', cohortId)
    .executeTakeFirst()
}

type Closing = Readonly<{ status: 'open' | 'closed'; alumni: 'open' | 'read_only'; closedAt: Date | null }>

export async function setCohortStatus(trx: Trx, { networkId, cohortId }: Cohort, closing: Closing): Promise<void> {
  await trx
    .updateTable('cohort')
    .set({ status: closing.status, alumni: closing.alumni, closed_at: closing.closedAt })
    .where('network_id', '=', networkId)
    .where('id', '=', cohortId)
    .execute()
}

/** The cohorts before and after, around and inside, as far as the reader may see them. One query. */
export async function findLinks(db: Db | Trx, scope: AdminScope, cohortId: CohortId): Promise<CohortLinks> {
  const rows = await db
    .selectFrom('cohort as o')
    .innerJoin('cohort as c', (on) => on.onRef('c.network_id', '=', 'o.network_id').on('c.id', '=', cohortId))
    .select(['o.id', 'o.name', 'o.status'])
    .select(
      sql<'succeeds' | 'succeededBy' | 'nestedIn' | 'nested'>`case when o.id = c.succeeds_id then 'succeeds'
        when o.succeeds_id = c.id then 'succeededBy' when o.id = c.nested_in_id then 'nestedIn' else 'nested' end`.as(
        'as',
      ),
    )
    .where('o.network_id', '=', scope.networkId)
    .where(regionInReach(scope, 'o.region_id'))
    .where(sql<boolean>`(o.id in (c.succeeds_id, c.nested_in_id) or o.succeeds_id = c.id or o.nested_in_id = c.id)`)
    .orderBy('o.name')
    .limit(100)
    .execute()
  const of = (as: (typeof rows)[number]['as']) =>
    rows.filter((row) => row.as === as).map(({ id, name, status }) => ({ id: id as CohortId, name, status }))
  return {
    succeeds: of('succeeds')[0] ?? null,
    succeededBy: of('succeededBy'),
    nestedIn: of('nestedIn')[0] ?? null,
    nested: of('nested'),
  }
}

/** The cohort and those it lies inside, from itself outwards, at most 20. Keeps them still until the transaction ends. */
export async function cohortsAround(trx: Trx, { networkId, cohortId }: Cohort): Promise<string[]> {
  // Nestings are changed one after the other: two at once could close a ring that neither sees.
  await sql`select pg_advisory_xact_lock(hashtext(${`nest ${networkId}`}))`.execute(trx)
  const { rows } = await sql<{ id: string }>`with recursive around as (
      select id, nested_in_id, 1 as depth from cohort where network_id = ${networkId} and id = ${cohortId}
      union all
      select c.id, c.nested_in_id, a.depth + 1 from around a
        join cohort c on c.network_id = ${networkId} and c.id = a.nested_in_id where a.depth < 20)
    select id from around order by depth`.execute(trx)
  return rows.map(({ id }) => id)
}

export async function setNesting(trx: Trx, { networkId, cohortId }: Cohort, within: CohortId | null): Promise<void> {
  await trx
    .updateTable('cohort')
    .set({ nested_in_id: within })
    .where('network_id', '=', networkId)
    .where('id', '=', cohortId)
    .execute()
}

export async function setPredecessor(trx: Trx, { networkId, cohortId }: Cohort, before: CohortId): Promise<void> {
  await trx
    .updateTable('cohort')
    .set((eb) => ({
      succeeds_id: before,
      // It stays where the one before was: the same community, inside the same one.
      community_id: eb
        .selectFrom('cohort as b')
        .select('b.community_id')
        .where('b.network_id', '=', networkId)
        .where('b.id', '=', before),
      nested_in_id: eb
        .selectFrom('cohort as b')
        .select('b.nested_in_id')
        .where('b.network_id', '=', networkId)
        .where('b.id', '=', before),
    }))
    .where('network_id', '=', networkId)
    .where('id', '=', cohortId)
    .execute()
}

/** Everyone with one of the parts, by name. `waitlisted` are those who wait, whatever they wait for. */
export async function listForMessage(db: Db | Trx, { networkId, cohortId }: Cohort, parts: CohortMessage['parts']) {
  const rows = await db
    .selectFrom('seat as s')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 's.network_id').onRef('p.id', '=', 's.person_id'))
    .select(['p.id as personId', 'p.name', 'p.email', 'p.is_test as isTest', 's.kind', 's.status'])
    .select(['s.institution_id as institutionId', signsInByMail.as('signsInByMail')])
    .where('s.network_id', '=', networkId)
    .where('s.cohort_id', '=', cohortId)
    .where('s.status', '<>', 'left')
    .where(
      sql<boolean>`(case when s.status = 'waitlisted' then 'waitlisted' else s.kind end) = any (${[...parts]}::text[])`,
    )
    .orderBy(sql`lower(coalesce(p.name, p.email, ''))`)
    .orderBy('p.id')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    ...row,
    personId: row.personId as PersonId,
    institutionId: row.institutionId as InstitutionId,
  }))
}
