import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { CohortListed } from '@copractice/core/cohort'
import type { CohortId, ConveningId, InstitutionId, RegionId } from '@copractice/core/kernel'
import { PolicyLimits } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'
import { likeText, regionInReach, type AdminScope } from '../directory/reach.ts'

/**
 * The courses that show a cohort `c` or a round of it. Two look-ups put together: with "or" between them no index serves,
 * and every course link of the network is read for each cohort.
 */
export const coursesOfCohort = sql`(
  select l.course_id from course_link l where l.network_id = c.network_id and l.cohort_id = c.id
  union
  select l.course_id from review_round w join course_link l on l.network_id = w.network_id and l.round_id = w.id
  where w.network_id = c.network_id and w.cohort_id = c.id)`

/** A cohort as a coordinator sees it from above, in one query: seats, campuses, meetings, courses. */
export function overviewRows(db: Db | Trx, scope: AdminScope) {
  return db
    .selectFrom('cohort as c')
    .innerJoin('region as r', (on) => on.onRef('r.network_id', '=', 'c.network_id').onRef('r.id', '=', 'c.region_id'))
    .innerJoin('policy_pack as k', (on) =>
      on.onRef('k.network_id', '=', 'c.network_id').onRef('k.version', '=', 'c.policy_version'),
    )
    .leftJoin('convening as v', (on) =>
      on.onRef('v.network_id', '=', 'c.network_id').onRef('v.id', '=', 'c.convening_id'),
    )
    .select(['c.id', 'c.name', 'c.theme', 'c.time_zone as timeZone', 'c.status', 'k.limits'])
    .select(['c.submission_deadline as submissionDeadline', 'r.id as regionId', 'r.name as regionName'])
    .select(['v.id as conveningId', 'v.name as conveningName', sql<string>`lower(c.name)`.as('sortKey')])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('seat as s')
          .innerJoin('institution as i', (on) =>
            on.onRef('i.network_id', '=', 's.network_id').onRef('i.id', '=', 's.institution_id'),
          )
          .select(['i.id', 'i.name', 'i.letter', 'i.colour'])
          .select([
            sql<number>`(count(*) filter (where s.status = 'seated' and s.kind <> 'facilitator'))::int`.as('people'),
            sql<number>`(count(*) filter (where s.status = 'seated' and s.kind = 'chair'))::int`.as('chairs'),
            sql<number>`(count(*) filter (where s.status = 'waitlisted'))::int`.as('waitlisted'),
          ])
          .whereRef('s.network_id', '=', 'c.network_id')
          .whereRef('s.cohort_id', '=', 'c.id')
          .groupBy(['i.id', 'i.name', 'i.letter', 'i.colour'])
          .orderBy('i.name'),
      ).as('institutions'),
      jsonArrayFrom(
        eb
          .selectFrom('meeting as m')
          .select(['m.starts_at as startsAt', 'm.ends_at as endsAt'])
          .whereRef('m.network_id', '=', 'c.network_id')
          .whereRef('m.cohort_id', '=', 'c.id')
          .orderBy('m.starts_at')
          .limit(60),
      ).as('meetings'),
      sql<number>`(select count(*)::int from ${coursesOfCohort} l)`.as('courses'),
    ])
    .where('c.network_id', '=', scope.networkId)
    .where(regionInReach(scope, 'c.region_id'))
}

export type OverviewRow = Awaited<ReturnType<ReturnType<typeof overviewRows>['execute']>>[number]
const total = (row: OverviewRow, of: 'people' | 'chairs' | 'waitlisted') =>
  row.institutions.reduce((sum, i) => sum + i[of], 0)

export function overviewOf(row: OverviewRow) {
  const limits = PolicyLimits.parse(row.limits)
  return {
    id: row.id as CohortId,
    name: row.name,
    theme: row.theme,
    timeZone: row.timeZone,
    status: row.status,
    region: { id: row.regionId as RegionId, name: row.regionName },
    submissionDeadline: row.submissionDeadline,
    deadlineBufferDays: limits.deadlineBufferDays,
    seats: {
      capacity: limits.cohortSeats,
      taken: total(row, 'people'),
      waitlisted: total(row, 'waitlisted'),
      chairs: total(row, 'chairs'),
    },
    institutions: row.institutions
      .filter(({ people }) => people > 0)
      .map(({ id, name, letter, colour, people }) => ({ id: id as InstitutionId, name, letter, colour, people })),
    meetings: row.meetings.map(({ startsAt, endsAt }) => ({
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
    })),
    courses: row.courses,
  }
}

type Asked = Readonly<{ search?: string | undefined; after?: string | undefined; limit: number }>

/** By name. */
export async function listCohortsOfReach(
  db: Db | Trx,
  scope: AdminScope,
  { search, after, limit }: Asked,
): Promise<Page<CohortListed>> {
  const cursor = readCursor(after)
  let query = overviewRows(db, scope)
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
  return pageOf(rows, limit, overviewOf)
}

/** Undefined when it is not in the reader's reach, or nowhere. */
export async function findCohortOfReach(db: Db | Trx, scope: AdminScope, id: CohortId) {
  const row = await overviewRows(db, scope).where('c.id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const convening =
    row.conveningId && row.conveningName ? { id: row.conveningId as ConveningId, name: row.conveningName } : null
  return { ...overviewOf(row), limits: PolicyLimits.parse(row.limits), convening }
}
export type CohortOfReach = NonNullable<Awaited<ReturnType<typeof findCohortOfReach>>>
