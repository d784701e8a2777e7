import { sql } from 'kysely'
import type { CampusMark, CohortSeen, EditMe, MyCohort, SessionSeen, SpaceSession } from '@copractice/core/directory'
import type { CohortId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from './name-cursor.ts'

export type SessionSurroundings = Pick<
  SessionSeen,
  'person' | 'network' | 'campus' | 'course' | 'cohort' | 'waitlistPlace'
> &
  Readonly<{ roundId: string | null }>

const mark = (alias: string) => {
  const i = sql.table(alias)
  return sql<CampusMark | null>`case when ${i}.id is null then null else
    json_build_object('id', ${i}.id, 'name', ${i}.name, 'letter', ${i}.letter, 'colour', ${i}.colour) end`
}

/** What the frame of the pages names: the person, their network and campus, the course and the cohort. One query. */
export async function loadSurroundings(db: Db | Trx, session: SpaceSession): Promise<SessionSurroundings> {
  const { networkId, personId } = session.actor
  const { courseLinkId, cohortId } = session
  const row = await db
    .selectFrom('person as p')
    .innerJoin('network as n', 'n.id', 'p.network_id')
    .leftJoin('course_link as l', (on) => on.onRef('l.network_id', '=', 'p.network_id').on('l.id', '=', courseLinkId))
    .leftJoin('course as o', (on) => on.onRef('o.network_id', '=', 'l.network_id').onRef('o.id', '=', 'l.course_id'))
    .leftJoin('course_member as m', (on) =>
      on.onRef('m.network_id', '=', 'o.network_id').onRef('m.course_id', '=', 'o.id').onRef('m.person_id', '=', 'p.id'),
    )
    .leftJoin('lti_platform as f', (on) =>
      on.onRef('f.network_id', '=', 'o.network_id').onRef('f.id', '=', 'o.platform_id'),
    )
    .leftJoin('cohort as c', (on) => on.onRef('c.network_id', '=', 'p.network_id').on('c.id', '=', cohortId))
    .leftJoin('seat as s', (on) =>
      on.onRef('s.network_id', '=', 'c.network_id').onRef('s.cohort_id', '=', 'c.id').onRef('s.person_id', '=', 'p.id'),
    )
    .leftJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'p.network_id').on(
        'i.id',
        '=',
        sql<string>`coalesce(s.institution_id, f.institution_id, (select a.institution_id from affiliation a
          where a.network_id = p.network_id and a.person_id = p.id order by a.institution_id limit 1))`,
      ),
    )
    .select(['p.id', 'p.name', 'p.pronouns', 'p.time_zone as timeZone', 'n.name as networkName'])
    .select(['o.id as courseId', 'o.title as courseTitle', 'm.role as courseRole', 'l.round_id as roundId'])
    .select(['c.id as cohortId', 'c.name as cohortName', 'c.theme', 'c.time_zone as cohortZone'])
    .select(mark('i').as('campus'))
    .select(
      sql<number | null>`case when s.status = 'waitlisted' then (select count(*)::int from seat w
        where w.network_id = s.network_id and w.cohort_id = s.cohort_id and w.status = 'waitlisted'
          and (w.since, w.id) <= (s.since, s.id)) end`.as('waitlistPlace'),
    )
    .where('p.network_id', '=', networkId)
    .where('p.id', '=', personId)
    .executeTakeFirstOrThrow()

  const { id, name, pronouns, timeZone } = row
  const course = row.courseId && { id: row.courseId, title: row.courseTitle, role: row.courseRole ?? 'guest' }
  const cohort = row.cohortId && { id: row.cohortId, name: row.cohortName, theme: row.theme, timeZone: row.cohortZone }
  return {
    person: { id: id as PersonId, name, pronouns, timeZone },
    network: { name: row.networkName },
    campus: row.campus,
    course: (course || null) as SessionSeen['course'],
    cohort: (cohort || null) as CohortSeen | null,
    waitlistPlace: row.waitlistPlace,
    roundId: row.roundId,
  }
}

type Person = Readonly<{ networkId: NetworkId; personId: PersonId }>

export async function updatePerson(
  db: Db | Trx,
  { networkId, personId }: Person,
  { name, pronouns, timeZone }: EditMe,
): Promise<SessionSeen['person']> {
  const row = await db
    .updateTable('person')
    .set({ id: personId, name, pronouns, time_zone: timeZone })
    .where('network_id', '=', networkId)
    .where('id', '=', personId)
    .returning(['id', 'name', 'pronouns', 'time_zone as timeZone'])
    .executeTakeFirstOrThrow()
  return { ...row, id: row.id as PersonId }
}

/** The cohorts a person is seated in or facilitates: the open ones by name, then those that have closed. */
export async function pageOfMyCohorts(
  db: Db | Trx,
  { networkId, personId }: Person,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
): Promise<Page<MyCohort>> {
  const cursor = readCursor(after)
  const key = sql<string>`(case when c.status = 'open' then '0' else '1' end || lower(c.name))`
  let query = db
    .selectFrom('seat as s')
    .innerJoin('cohort as c', (on) => on.onRef('c.network_id', '=', 's.network_id').onRef('c.id', '=', 's.cohort_id'))
    .select([
      'c.id',
      'c.name',
      'c.theme',
      'c.time_zone as timeZone',
      's.kind',
      sql<boolean>`c.status = 'closed'`.as('isClosed'),
      key.as('sortKey'),
    ])
    .where('s.network_id', '=', networkId)
    .where('s.person_id', '=', personId)
    .where('s.status', '=', 'seated')
  if (cursor) query = query.where(sql<boolean>`(${key}, c.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(key)
    .orderBy('c.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => ({ ...row, id: row.id as CohortId }))
}
