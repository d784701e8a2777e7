import { sql } from 'kysely'
import type { SeatCount, TablePlace, Tie } from '@copractice/core/cohort'
import type { PersonSeen } from '@copractice/core/directory'
import type { CohortId, CourseLinkId, InstitutionId, MeetingId, NetworkId, PersonId } from '@copractice/core/kernel'
import { PolicyLimits } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'
import { isMemberOn } from '../directory/is-member.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'
import { personSeen } from '../directory/person-seen.ts'

export type Space = Readonly<{ networkId: NetworkId; cohortId: CohortId }>

export type SpaceFound = Space &
  Readonly<{
    name: string
    theme: string
    timeZone: string
    status: 'open' | 'closed'
    submissionDeadline: Date | null
    limits: PolicyLimits
    seats: SeatCount
  }>

/** Seats of participants and chairs of the cohort `c`; facilitators take none. */
export const seatsWith = (status: 'seated' | 'waitlisted') => sql<number>`(select count(*)::int from seat s
  where s.network_id = c.network_id and s.cohort_id = c.id and s.status = ${status} and s.kind <> 'facilitator')`

/** A cohort with the limits of its policy and how full it is. Undefined when it is not this network's. */
export async function findSpace(db: Db | Trx, { networkId, cohortId }: Space): Promise<SpaceFound | undefined> {
  const row = await db
    .selectFrom('cohort as c')
    .innerJoin('policy_pack as k', (on) =>
      on.onRef('k.network_id', '=', 'c.network_id').onRef('k.version', '=', 'c.policy_version'),
    )
    .select(['c.name', 'c.theme', 'c.time_zone as timeZone', 'c.status', 'k.limits'])
    .select(['c.submission_deadline as submissionDeadline'])
    .select([seatsWith('seated').as('taken'), seatsWith('waitlisted').as('waitlisted')])
    .where('c.network_id', '=', networkId)
    .where('c.id', '=', cohortId)
    .executeTakeFirst()
  if (!row) return undefined
  const { taken, waitlisted, limits: stored, ...cohort } = row
  const limits = PolicyLimits.parse(stored)
  return { ...cohort, networkId, cohortId, limits, seats: { taken, waitlisted, capacity: limits.cohortSeats } }
}

/** Whose campus sits where at the table, and who comes to `meetingId`. Ordered by the seats' random ids: by nothing. */
export async function listPlaces(
  db: Db | Trx,
  { networkId, cohortId }: Space,
  meetingId: MeetingId | null,
): Promise<TablePlace[]> {
  const rows = await db
    .selectFrom('seat as s')
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 's.network_id').onRef('i.id', '=', 's.institution_id'),
    )
    .leftJoin('meeting_answer as a', (on) =>
      on
        .onRef('a.network_id', '=', 's.network_id')
        .onRef('a.person_id', '=', 's.person_id')
        .on('a.meeting_id', '=', meetingId)
        .on('a.answer', '=', 'yes'),
    )
    .select(['i.id', 'i.name', 'i.letter', 'i.colour', sql<boolean>`a.person_id is not null`.as('coming')])
    .where('s.network_id', '=', networkId)
    .where('s.cohort_id', '=', cohortId)
    .where('s.status', '=', 'seated')
    .where('s.kind', '<>', 'facilitator')
    .orderBy('s.id')
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as InstitutionId }))
}

/** By name; a cohort has few. */
export async function listFacilitators(db: Db | Trx, { networkId, cohortId }: Space): Promise<PersonSeen[]> {
  const rows = await db
    .selectFrom('seat as s')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 's.network_id').onRef('p.id', '=', 's.person_id'))
    .select(personSeen('p', cohortId).as('person'))
    .where('s.network_id', '=', networkId)
    .where('s.cohort_id', '=', cohortId)
    .where('s.status', '=', 'seated')
    .where('s.kind', '=', 'facilitator')
    .orderBy(sql`lower(p.name)`)
    .orderBy('p.id')
    .limit(20)
    .execute()
  return rows.map(({ person }) => person)
}

/**
 * Everyone seated, facilitators among them, by name: first the names from `startsWith` on, then those before it.
 */
export async function pageOfPeople(
  db: Db | Trx,
  { networkId, cohortId }: Space,
  { startsWith, after, limit }: Readonly<{ startsWith: string; after?: string | undefined; limit: number }>,
): Promise<Page<PersonSeen & { isFacilitator: boolean }>> {
  const cursor = readCursor(after)
  const name = sql<string>`lower(coalesce(p.name, ''))`
  const key = sql<string>`(case when ${name} >= ${startsWith.toLowerCase()} then '0' else '1' end || ${name})`
  let query = db
    .selectFrom('seat as s')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 's.network_id').onRef('p.id', '=', 's.person_id'))
    .select(['p.id', 's.kind', personSeen('p', cohortId).as('person'), key.as('sortKey')])
    .where('s.network_id', '=', networkId)
    .where('s.cohort_id', '=', cohortId)
    .where('s.status', '=', 'seated')
  if (cursor) query = query.where(sql<boolean>`(${key}, p.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(key)
    .orderBy('p.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ person, kind }) => ({ ...person, isFacilitator: kind === 'facilitator' }))
}

/** What deciding a join asks about the person. `courseLinkId`: the link they came through, whose campus they come from. */
export async function findJoiner(
  trx: Db | Trx,
  { networkId, personId }: Readonly<{ networkId: NetworkId; personId: PersonId }>,
  courseLinkId: CourseLinkId | null,
  now: Date,
): Promise<Readonly<{ isTest: boolean; ties: Tie[]; comesFrom: InstitutionId | null }>> {
  const row = await trx
    .selectFrom('person as p')
    .select(['p.is_test as isTest'])
    .select([
      sql<Tie[]>`coalesce((select json_agg(json_build_object('institutionId', a.institution_id, 'kind', a.kind,
          'institution', i.kind, 'isMember', ${isMemberOn('i', now)}) order by a.institution_id)
        from affiliation a join institution i on i.network_id = a.network_id and i.id = a.institution_id
        where a.network_id = p.network_id and a.person_id = p.id), '[]')`.as('ties'),
      sql<InstitutionId | null>`(select f.institution_id from course_link l
        join course o on o.network_id = l.network_id and o.id = l.course_id
        join lti_platform f on f.network_id = o.network_id and f.id = o.platform_id
        where l.network_id = p.network_id and l.id = ${courseLinkId})`.as('comesFrom'),
    ])
    .where('p.network_id', '=', networkId)
    .where('p.id', '=', personId)
    .executeTakeFirstOrThrow()
  return row
}

/** 1 is next; null when the person does not wait. */
export async function waitlistPlaceOf(
  db: Db | Trx,
  { networkId, cohortId }: Space,
  personId: PersonId,
): Promise<number | null> {
  const row = await db
    .selectFrom('seat as s')
    .select(
      sql<number>`(select count(*)::int from seat w where w.network_id = s.network_id and w.cohort_id = s.cohort_id
        and w.status = 'waitlisted' and (w.since, w.id) <= (s.since, s.id))`.as('place'),
    )
    .where('s.network_id', '=', networkId)
    .where('s.cohort_id', '=', cohortId)
    .where('s.person_id', '=', personId)
    .where('s.status', '=', 'waitlisted')
    .executeTakeFirst()
  return row?.place ?? null
}

/** The person's own seat, whatever has become of it. */
export async function findOwnSeat(trx: Db | Trx, { networkId, cohortId }: Space, personId: PersonId) {
  return trx
    .selectFrom('seat')
    .select(['id', 'kind', 'status'])
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

/** When the last of the waitlist joined it; null when nobody waits. */
export async function lastWaitingSince(trx: Trx, { networkId, cohortId }: Space): Promise<Date | null> {
  const row = await trx
    .selectFrom('seat')
    .select((eb) => eb.fn.max('since').as('since'))
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('status', '=', 'waitlisted')
    .executeTakeFirst()
  return row?.since ?? null
}
