import { sql } from 'kysely'
import type { CohortId, InstitutionId, NetworkId, PersonId, SeatId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { signsInByMail } from './signs-in-by-mail.ts'

type Cohort = Readonly<{ networkId: NetworkId; cohortId: CohortId }>

/** Keeps every other change of the cohort's seats waiting until this transaction ends: seats are counted one by one. */
export async function lockSeats(trx: Trx, { networkId, cohortId }: Cohort): Promise<void> {
  await cohortsToLock(trx, networkId).where('id', '=', cohortId).executeTakeFirstOrThrow()
}

/** The same of several cohorts, in the order that everybody keeps (docs/decisions/0012). */
export async function lockSeatsOfCohorts(trx: Trx, networkId: NetworkId, ids: readonly CohortId[]): Promise<void> {
  if (ids.length)
    await cohortsToLock(trx, networkId)
      .where('id', 'in', [...ids])
      .execute()
}

/** The same of every cohort that one of these people has a seat in, also one they left. */
export async function lockSeatsOfPeople(trx: Trx, networkId: NetworkId, ids: readonly PersonId[]): Promise<void> {
  const theirs = trx
    .selectFrom('seat')
    .select('cohort_id')
    .where('network_id', '=', networkId)
    .where('person_id', 'in', [...ids])
  await cohortsToLock(trx, networkId).where('id', 'in', theirs).execute()
}

const cohortsToLock = (trx: Trx, networkId: NetworkId) =>
  trx.selectFrom('cohort').select('id').where('network_id', '=', networkId).orderBy('id').forNoKeyUpdate()

/** One seat with what restoring it asks: `waitingEarlier` counts those of the waitlist who came before. */
export async function findSeat(trx: Trx, { networkId, cohortId }: Cohort, id: SeatId) {
  return trx
    .selectFrom('seat as s')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 's.network_id').onRef('p.id', '=', 's.person_id'))
    .select(['s.id', 's.kind', 's.status', 's.person_id as personId', 'p.name', 'p.email'])
    .select(
      sql<number>`(select count(*)::int from seat w where w.network_id = s.network_id and w.cohort_id = s.cohort_id
        and w.status = 'waitlisted' and (w.since, w.id) < (s.since, s.id))`.as('waitingEarlier'),
    )
    .where('s.network_id', '=', networkId)
    .where('s.cohort_id', '=', cohortId)
    .where('s.id', '=', id)
    .executeTakeFirst()
}

export async function findSeatOfPerson(db: Db | Trx, { networkId, cohortId }: Cohort, personId: PersonId) {
  return db
    .selectFrom('seat')
    .select(['kind', 'status'])
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

/** The seats that some of these people have in the cohort, also those they left. */
export async function findSeatsOfPeople(db: Db | Trx, { networkId, cohortId }: Cohort, ids: readonly PersonId[]) {
  const rows = await db
    .selectFrom('seat')
    .select(['person_id as personId', 'kind', 'status'])
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where(sql<boolean>`person_id = any (${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.personId, row]))
}

export type SeatGiven = Cohort &
  Readonly<{
    personId: PersonId
    institutionId: InstitutionId
    kind: 'participant' | 'chair' | 'facilitator'
    status: 'seated' | 'waitlisted'
  }>

/** Seats someone, or again someone who had left. */
export async function giveSeat(trx: Trx, seat: SeatGiven, now: Date): Promise<SeatId> {
  const held = { institution_id: seat.institutionId, kind: seat.kind, status: seat.status, since: now }
  const row = await trx
    .insertInto('seat')
    .values({ network_id: seat.networkId, cohort_id: seat.cohortId, person_id: seat.personId, ...held })
    .onConflict((conflict) => conflict.columns(['network_id', 'cohort_id', 'person_id']).doUpdateSet(held))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as SeatId
}

/** Seats participants, or again those who had left. */
export async function giveSeats(
  trx: Trx,
  { networkId, cohortId }: Cohort,
  people: readonly Readonly<{ personId: PersonId; institutionId: InstitutionId }>[],
  now: Date,
): Promise<void> {
  if (!people.length) return
  await trx
    .insertInto('seat')
    .values(
      people.map(({ personId, institutionId }) => ({
        network_id: networkId,
        cohort_id: cohortId,
        person_id: personId,
        institution_id: institutionId,
        kind: 'participant' as const,
        status: 'seated' as const,
        since: now,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['network_id', 'cohort_id', 'person_id']).doUpdateSet((eb) => ({
        institution_id: eb.ref('excluded.institution_id'),
        kind: eb.ref('excluded.kind'),
        status: eb.ref('excluded.status'),
        since: eb.ref('excluded.since'),
      })),
    )
    .execute()
}

export async function setSeatStatus(
  trx: Trx,
  { networkId, cohortId }: Cohort,
  ids: readonly string[],
  status: 'seated' | 'waitlisted' | 'left',
): Promise<void> {
  if (!ids.length) return
  await trx
    .updateTable('seat')
    .set({ status })
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('id', 'in', [...ids])
    .execute()
}

/** The first `limit` of the waitlist, in order. */
export async function firstWaitingForSeat(trx: Trx, { networkId, cohortId }: Cohort, limit: number) {
  return trx
    .selectFrom('seat as s')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 's.network_id').onRef('p.id', '=', 's.person_id'))
    .select(['s.id', 's.kind', 'p.name', 'p.email', signsInByMail.as('signsInByMail')])
    .where('s.network_id', '=', networkId)
    .where('s.cohort_id', '=', cohortId)
    .where('s.status', '=', 'waitlisted')
    .orderBy('s.since')
    .orderBy('s.id')
    .limit(limit)
    .execute()
}
