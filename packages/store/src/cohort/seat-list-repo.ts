import { sql } from 'kysely'
import type { CohortLive, SeatListed } from '@copractice/core/cohort'
import type { CampusMark } from '@copractice/core/directory'
import type { CohortId, MeetingId, NetworkId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { signsInByMail } from './signs-in-by-mail.ts'

type Cohort = Readonly<{ networkId: NetworkId; cohortId: CohortId }>

/** Everyone seated or waiting, by name; those who wait in their order at the end. At most 500. */
export async function listSeats(db: Db | Trx, { networkId, cohortId }: Cohort): Promise<SeatListed[]> {
  const rows = await db
    .selectFrom('seat as s')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 's.network_id').onRef('p.id', '=', 's.person_id'))
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 's.network_id').onRef('i.id', '=', 's.institution_id'),
    )
    .select(['s.id', 's.kind', 's.status', 'p.id as personId', 'p.name as personName', 'p.email'])
    .select(['i.id as institutionId', 'i.name as institutionName', 'i.letter', 'i.colour'])
    .select(signsInByMail.as('signsInByMail'))
    .where('s.network_id', '=', networkId)
    .where('s.cohort_id', '=', cohortId)
    .where('s.status', '<>', 'left')
    .orderBy(sql`s.status = 'waitlisted'`)
    .orderBy(sql`case when s.status = 'waitlisted' then s.since end`)
    .orderBy(sql`lower(coalesce(p.name, p.email, ''))`)
    .orderBy('s.id')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    person: { id: row.personId, name: row.personName, email: row.email },
    institution: { id: row.institutionId, name: row.institutionName, letter: row.letter, colour: row.colour },
    kind: row.kind,
    status: row.status,
    signsInByMail: row.signsInByMail,
  })) as SeatListed[]
}

/** The meetings of a cohort by start, at most 60. */
export async function listMeetingsOfCohort(db: Db | Trx, { networkId, cohortId }: Cohort) {
  const rows = await db
    .selectFrom('meeting')
    .select(['id', 'title', 'starts_at as startsAt', 'ends_at as endsAt', 'time_zone as timeZone'])
    .select(['place', 'join_url as joinUrl'])
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .orderBy('starts_at')
    .limit(60)
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as MeetingId }))
}

/**
 * The course links that open the cohort or a review round of it, by campus. `lastLaunchAt`: when somebody of the course
 * last came in. At most 200.
 */
export async function listCourseLinks(db: Db | Trx, { networkId, cohortId }: Cohort): Promise<CohortLive[]> {
  const rows = await db
    .selectFrom('course_link as l')
    .innerJoin('course as o', (on) => on.onRef('o.network_id', '=', 'l.network_id').onRef('o.id', '=', 'l.course_id'))
    .innerJoin('lti_platform as f', (on) =>
      on.onRef('f.network_id', '=', 'o.network_id').onRef('f.id', '=', 'o.platform_id'),
    )
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'f.network_id').onRef('i.id', '=', 'f.institution_id'),
    )
    .leftJoin('review_round as w', (on) =>
      on.onRef('w.network_id', '=', 'l.network_id').onRef('w.id', '=', 'l.round_id'),
    )
    .select(['l.id', 'l.title as linkTitle', 'l.round_id as roundId', 'o.title as courseTitle', 'f.profile'])
    .select(['i.id as institutionId', 'i.name as institutionName', 'i.letter', 'i.colour'])
    .select(
      sql<Date | null>`(select max(m.seen_at) from course_member m where m.network_id = l.network_id
        and m.course_id = l.course_id and m.role_from = 'launch')`.as('lastLaunchAt'),
    )
    .where('l.network_id', '=', networkId)
    .where((eb) => eb.or([eb('l.cohort_id', '=', cohortId), eb('w.cohort_id', '=', cohortId)]))
    .orderBy('i.name')
    .orderBy('o.title')
    .orderBy('l.created_at')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    institution: { id: row.institutionId, name: row.institutionName, letter: row.letter, colour: row.colour },
    profile: row.profile,
    courseTitle: row.courseTitle,
    linkTitle: row.linkTitle,
    opens: row.roundId ? 'review_round' : 'cohort',
    lastLaunchAt: row.lastLaunchAt,
  })) as CohortLive[]
}

/** Campuses (not partners) the cohort's people come from, each with the LMS that is connected there, if any. */
export async function listCampusesOfCohort(db: Db | Trx, { networkId, cohortId }: Cohort) {
  const rows = await db
    .selectFrom('institution as i')
    .select(['i.id', 'i.name', 'i.letter', 'i.colour'])
    .select((eb) =>
      eb
        .selectFrom('lti_platform as f')
        .select('f.profile')
        .whereRef('f.network_id', '=', 'i.network_id')
        .whereRef('f.institution_id', '=', 'i.id')
        .where('f.status', '=', 'active')
        .orderBy('f.last_launch_at', (order) => order.desc().nullsLast())
        .limit(1)
        .as('profile'),
    )
    .where('i.network_id', '=', networkId)
    .where('i.kind', '=', 'campus')
    .where(
      sql<boolean>`exists (select 1 from seat s where s.network_id = i.network_id and s.institution_id = i.id
        and s.cohort_id = ${cohortId} and s.status = 'seated')`,
    )
    .orderBy('i.name')
    .execute()
  return rows as (CampusMark & { profile: 'canvas' | 'moodle' | 'other' | null })[]
}
