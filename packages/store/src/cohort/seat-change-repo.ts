import { sql } from 'kysely'
import type { CohortId, InstitutionId, NetworkId, PersonId, SeatId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { signsInByMail } from './signs-in-by-mail.ts'

type Cohort = Readonly<{ networkId: NetworkId; cohortId: CohortId }>

/** Keeps every other change of the cohort's seats waiting until this transaction ends: seats are counted one by one. */
export async function lockSeats(trx: Trx, { networkId, cohortId }: Cohort): Promise<void> {
  await trx
    .selectFrom('cohort')
    .select('id')
    .where('network_id', '=', networkId)
    .where('id', '=', cohortId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

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
