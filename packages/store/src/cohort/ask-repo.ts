import type { CohortId, InstitutionId, NetworkId, PersonId } from '@copractice/core/kernel'
import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'

type Cohort = Readonly<{ networkId: NetworkId; cohortId: CohortId }>
export type Asking = Readonly<{
  personId: PersonId
  institutionId: InstitutionId
  kind: 'participant' | 'chair' | 'facilitator'
}>

/** Asks these people whether they take part. Returns each ask's id by person. */
export async function insertAsks(
  trx: Trx,
  { networkId, cohortId }: Cohort,
  asks: readonly Asking[],
  now: Date,
): Promise<Map<PersonId, string>> {
  if (!asks.length) return new Map()
  const rows = await trx
    .insertInto('cohort_ask')
    .values(
      asks.map(({ personId, institutionId, kind }) => ({
        network_id: networkId,
        cohort_id: cohortId,
        person_id: personId,
        institution_id: institutionId,
        kind,
        asked_at: now,
      })),
    )
    .returning(['id', 'person_id'])
    .execute()
  return new Map(rows.map(({ id, person_id }) => [person_id as PersonId, id]))
}

/** Who was asked, by name. */
export async function listAsks(db: Db | Trx, { networkId, cohortId }: Cohort) {
  const rows = await db
    .selectFrom('cohort_ask as a')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.person_id'))
    .select(['a.person_id as personId', 'p.name', 'a.kind', 'a.answer'])
    .select(sql<boolean>`p.email is not null`.as('hasAddress'))
    .where('a.network_id', '=', networkId)
    .where('a.cohort_id', '=', cohortId)
    .orderBy(sql`lower(coalesce(p.name, p.email, ''))`)
    .orderBy('p.id')
    .limit(500)
    .execute()
  return rows.map((row) => ({ ...row, personId: row.personId as PersonId }))
}

/** One ask with what its page shows; undefined when the network has none such. */
export async function findAsk(db: Db | Trx, networkId: NetworkId, id: string) {
  const row = await db
    .selectFrom('cohort_ask as a')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.person_id'))
    .innerJoin('cohort as c', (on) => on.onRef('c.network_id', '=', 'a.network_id').onRef('c.id', '=', 'a.cohort_id'))
    .leftJoin('cohort as b', (on) => on.onRef('b.network_id', '=', 'c.network_id').onRef('b.id', '=', 'c.succeeds_id'))
    .leftJoin('seat as s', (on) =>
      on
        .onRef('s.network_id', '=', 'a.network_id')
        .onRef('s.cohort_id', '=', 'a.cohort_id')
        .onRef('s.person_id', '=', 'a.person_id'),
    )
    .select(['a.cohort_id as cohortId', 'a.person_id as personId', 'a.institution_id as institutionId', 'a.kind'])
    .select(['a.answer', 'p.name', 'p.email', 'c.name as cohort', 'c.theme', 'c.time_zone as timeZone'])
    .select(['b.name as before', 's.id as seatId', 's.status as seat'])
    .where('a.network_id', '=', networkId)
    .where('a.id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      ...row,
      cohortId: row.cohortId as CohortId,
      personId: row.personId as PersonId,
      institutionId: row.institutionId as InstitutionId,
    }
  )
}

export async function saveAskAnswer(
  trx: Trx,
  networkId: NetworkId,
  { id, answer }: Readonly<{ id: string; answer: 'yes' | 'no' }>,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('cohort_ask')
    .set({ answer, answered_at: now })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .execute()
}
