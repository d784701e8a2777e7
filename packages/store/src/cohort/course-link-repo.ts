import { sql } from 'kysely'
import type { CohortChoice } from '@copractice/core/cohort'
import type { CohortId, CourseLinkId, NetworkId } from '@copractice/core/kernel'
import { PolicyLimits } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'
import { likeText } from '../directory/reach.ts'

type Link = Readonly<{ networkId: NetworkId; courseLinkId: CourseLinkId }>

/** Locks the link until commit; says which cohort it opens. Undefined when it is not this network's. */
export async function lockCourseLink(
  trx: Trx,
  { networkId, courseLinkId }: Link,
): Promise<Readonly<{ bound: { id: CohortId; name: string } | null }> | undefined> {
  const row = await trx
    .selectFrom('course_link as l')
    .leftJoin('cohort as c', (on) => on.onRef('c.network_id', '=', 'l.network_id').onRef('c.id', '=', 'l.cohort_id'))
    .select(['c.id', 'c.name'])
    .where('l.network_id', '=', networkId)
    .where('l.id', '=', courseLinkId)
    .forNoKeyUpdate('l')
    .executeTakeFirst()
  if (!row) return undefined
  return { bound: row.id && row.name !== null ? { id: row.id as CohortId, name: row.name } : null }
}

export async function setCohortOfLink(trx: Trx, { networkId, courseLinkId }: Link, cohortId: CohortId): Promise<void> {
  await trx
    .updateTable('course_link')
    .set({ cohort_id: cohortId })
    .where('network_id', '=', networkId)
    .where('id', '=', courseLinkId)
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** Cohorts offered to the campus of a link: somebody of the campus is seated there, or they run in its region. */
function offeredTo(db: Db | Trx, { networkId, courseLinkId }: Link) {
  return db
    .selectFrom('course_link as l')
    .innerJoin('course as o', (on) => on.onRef('o.network_id', '=', 'l.network_id').onRef('o.id', '=', 'l.course_id'))
    .innerJoin('lti_platform as f', (on) =>
      on.onRef('f.network_id', '=', 'o.network_id').onRef('f.id', '=', 'o.platform_id'),
    )
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'f.network_id').onRef('i.id', '=', 'f.institution_id'),
    )
    .innerJoin('cohort as c', (on) => on.onRef('c.network_id', '=', 'l.network_id'))
    .where('l.network_id', '=', networkId)
    .where('l.id', '=', courseLinkId)
    .where(
      sql<boolean>`(c.region_id = i.region_id or exists (select 1 from seat s where s.network_id = c.network_id
        and s.cohort_id = c.id and s.institution_id = i.id and s.status = 'seated'))`,
    )
}

/** One cohort, if it is offered to the link's campus; closed ones too, for the rule to refuse. */
export async function findOfferedCohort(trx: Trx, link: Link, cohortId: CohortId) {
  const row = await offeredTo(trx, link)
    .select(['c.id', 'c.name', 'c.theme', 'c.time_zone as timeZone', 'c.status'])
    .where('c.id', '=', cohortId)
    .executeTakeFirst()
  return row && { ...row, id: row.id as CohortId }
}

/** Open cohorts offered to the link's campus, by name. */
export async function pageOfChoices(
  db: Db,
  link: Link,
  { search, after, limit }: Readonly<{ search?: string | undefined; after?: string | undefined; limit: number }>,
  now: Date,
): Promise<Page<CohortChoice>> {
  const cursor = readCursor(after)
  let query = offeredTo(db, link)
    .innerJoin('region as r', (on) => on.onRef('r.network_id', '=', 'c.network_id').onRef('r.id', '=', 'c.region_id'))
    .innerJoin('policy_pack as k', (on) =>
      on.onRef('k.network_id', '=', 'c.network_id').onRef('k.version', '=', 'c.policy_version'),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('seat as t')
          .select([
            sql<number>`count(*) filter (where t.status = 'seated' and t.kind <> 'facilitator')::int`.as('taken'),
            sql<number>`count(*) filter (where t.status = 'waitlisted')::int`.as('waitlisted'),
            sql<number>`count(*) filter (where t.status = 'seated' and t.institution_id = i.id)::int`.as('fromCampus'),
          ])
          .whereRef('t.network_id', '=', 'c.network_id')
          .whereRef('t.cohort_id', '=', 'c.id')
          .as('held'),
      (on) => on.onTrue(),
    )
    .select(['c.id', 'c.name', 'c.theme', 'c.time_zone as timeZone', 'r.name as region', 'k.limits'])
    .select(['held.taken', 'held.waitlisted', 'held.fromCampus', sql<string>`lower(c.name)`.as('sortKey')])
    .select(
      sql<Date | null>`(select min(m.starts_at) from meeting m where m.network_id = c.network_id
        and m.cohort_id = c.id and m.ends_at > ${now})`.as('nextMeetingAt'),
    )
    .where('c.status', '=', 'open')
  if (search) {
    const like = likeText(search)
    query = query.where((eb) => eb.or([eb('c.name', 'ilike', like), eb('c.theme', 'ilike', like)]))
  }
  if (cursor) query = query.where(sql<boolean>`(lower(c.name), c.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(sql`lower(c.name)`)
    .orderBy('c.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => ({
    id: row.id as CohortId,
    name: row.name,
    theme: row.theme,
    timeZone: row.timeZone,
    region: row.region,
    seats: {
      taken: row.taken ?? 0,
      waitlisted: row.waitlisted ?? 0,
      capacity: PolicyLimits.parse(row.limits).cohortSeats,
    },
    seatedFromCampus: row.fromCampus ?? 0,
    nextMeetingAt: row.nextMeetingAt,
  }))
}
