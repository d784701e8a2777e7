import { sql } from 'kysely'
import type { RenewalAsk } from '@copractice/core/cohort'
import type { CohortId, InstitutionId, NetworkId, PersonId } from '@copractice/core/kernel'
import { PolicyLimits } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'
import { seatsWith } from './space-repo.ts'

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

/** Whether whoever administers the cohort took the seat of the ask `a` away. */
const isTakenAway = sql<boolean>`(a.closed_at is not null)`.as('isTakenAway')

/** Whether the person of the ask `a` did something in its cohort: from then on the seat is theirs in use. */
const seatIsUsed = sql<boolean>`(exists (select 1 from meeting m where m.network_id = a.network_id
    and m.cohort_id = a.cohort_id and (
      exists (select 1 from meeting_answer w where w.network_id = m.network_id and w.meeting_id = m.id
        and w.person_id = a.person_id)
      or exists (select 1 from attendance w where w.network_id = m.network_id and w.meeting_id = m.id
        and w.person_id = a.person_id)))
  or exists (select 1 from commitment w where w.network_id = a.network_id and w.cohort_id = a.cohort_id
    and w.person_id = a.person_id)
  or exists (select 1 from prompt q where q.network_id = a.network_id and q.cohort_id = a.cohort_id
    and (q.author_id = a.person_id or exists (select 1 from post w where w.network_id = q.network_id
      and w.prompt_id = q.id and w.author_id = a.person_id)))
  or exists (select 1 from review_round r join submission w on w.network_id = r.network_id and w.round_id = r.id
    where r.network_id = a.network_id and r.cohort_id = a.cohort_id and w.author_id = a.person_id))`

/**
 * What the person is asked in the space of `cohortId`: about the cohorts that succeed it. At most 20, by name. A `door`
 * into the next space is a link to it in one of their courses, or the mail they sign in with.
 */
export async function listOwnAsks(db: Db | Trx, { networkId, cohortId }: Cohort, personId: PersonId) {
  const rows = await db
    .selectFrom('cohort_ask as a')
    .innerJoin('cohort as c', (on) => on.onRef('c.network_id', '=', 'a.network_id').onRef('c.id', '=', 'a.cohort_id'))
    .innerJoin('policy_pack as k', (on) =>
      on.onRef('k.network_id', '=', 'c.network_id').onRef('k.version', '=', 'c.policy_version'),
    )
    .leftJoin('seat as s', (on) =>
      on
        .onRef('s.network_id', '=', 'a.network_id')
        .onRef('s.cohort_id', '=', 'a.cohort_id')
        .onRef('s.person_id', '=', 'a.person_id'),
    )
    .select(['a.id', 'a.kind', 'a.answer', 's.status as seat', 'c.id as cohortId', 'c.name', 'c.theme'])
    .select(['c.time_zone as timeZone', 'c.status', 'k.limits', seatIsUsed.as('isUsed'), isTakenAway])
    .select([seatsWith('seated').as('taken'), seatsWith('waitlisted').as('waitlisted')])
    .select([
      sql<number>`(select count(*)::int from meeting m where m.network_id = c.network_id and m.cohort_id = c.id)`.as(
        'meetings',
      ),
      sql<Date | null>`(select min(m.starts_at) from meeting m where m.network_id = c.network_id
        and m.cohort_id = c.id)`.as('firstMeetingAt'),
      sql<Date | null>`(select min(m.ends_at) from meeting m where m.network_id = c.network_id
        and m.cohort_id = c.id)`.as('firstMeetingEnds'),
      sql<RenewalAsk['door']>`(case when exists (select 1 from course_link l join course_member e
          on e.network_id = l.network_id and e.course_id = l.course_id and e.status = 'active'
          where l.network_id = c.network_id and l.cohort_id = c.id and e.person_id = a.person_id) then 'course'
        when exists (select 1 from identity d where d.network_id = a.network_id and d.person_id = a.person_id
          and d.kind = 'email') then 'mail' end)`.as('door'),
    ])
    .where('a.network_id', '=', networkId)
    .where('a.person_id', '=', personId)
    .where('c.succeeds_id', '=', cohortId)
    .orderBy(sql`lower(c.name)`)
    .orderBy('a.id')
    .limit(20)
    .execute()
  return rows.map(({ limits, taken, waitlisted, seat, cohortId: id, name, theme, timeZone, ...row }) => ({
    ...row,
    held: seat === 'left' ? null : seat,
    cohort: { id: id as CohortId, name, theme, timeZone },
    seats: { taken, waitlisted, capacity: PolicyLimits.parse(limits).cohortSeats },
  }))
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
    .select([
      'b.name as before',
      'b.id as beforeId',
      's.id as seatId',
      's.status as seat',
      seatIsUsed.as('isUsed'),
      isTakenAway,
    ])
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
  { id, answer }: Readonly<{ id: string; answer: 'yes' | 'no' | null }>,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('cohort_ask')
    .set({ answer, answered_at: answer && now })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .execute()
}

/** Closes what the person is asked about the cohort, as their seat is taken away, or opens it again (null) as one is given. */
export async function closeAsk(
  trx: Trx,
  { networkId, cohortId }: Cohort,
  personId: string,
  closedAt: Date | null,
): Promise<void> {
  await trx
    .updateTable('cohort_ask')
    .set({ closed_at: closedAt })
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('person_id', '=', personId)
    .execute()
}
