import { sql, type RawBuilder } from 'kysely'
import {
  COHORT_CONCERNS,
  concernsOf,
  readinessOf,
  silentSince,
  type CohortConcern,
  type CohortGlanced,
  type GlanceFilters,
} from '@copractice/core/cohort'
import type { NetworkId } from '@copractice/core/kernel'
import { PolicyLimits, USUAL_LIMITS } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'
import { likeText, regionInReach, type AdminScope } from '../directory/reach.ts'
import { coursesOfCohort, overviewOf, overviewRows } from './overview-repo.ts'

type NumberLimit =
  | 'cohortSeats'
  | 'cohortMinimum'
  | 'cohortChairs'
  | 'minimumMeetings'
  | 'deadlineBufferDays'
  | 'silenceWeeks'
const limitOf = (name: NumberLimit) =>
  sql<number>`coalesce((k.limits ->> ${sql.lit(name)})::int, ${sql.lit(USUAL_LIMITS[name])})`

/** Campuses whose LMS is not connected. Of one network and not of the cohort's row, so that it is asked once and not for each. */
const withoutLms = (networkId: NetworkId) => sql`(select i.id from institution i where i.network_id = ${networkId}
  and i.kind = 'campus' and not exists (select 1 from lti_platform f where f.network_id = i.network_id
    and f.institution_id = i.id and f.status = 'active'))`

/** The figures that `SeasonFacts` names, by lateral joins of a cohort `c`. One row each. */
const season = ({ networkId }: AdminScope, now: Date) => sql<{
  meetings: number
  minutesPlanned: number
  minutesHeld: number
  lastMeetingEndsAt: Date | null
  nextMeetingAt: Date | null
  lastHeardAt: Date
  taken: number
  chairs: number
  campusesWithoutLms: number
}>`(select m.*, s.*, greatest(c.created_at, m."lastHeldAt",
      (select max(o.posted_at) from prompt q join post o on o.network_id = q.network_id and o.prompt_id = q.id
        where q.network_id = c.network_id and q.cohort_id = c.id)) as "lastHeardAt"
    from (select count(*)::int as meetings, max(ends_at) as "lastMeetingEndsAt",
        coalesce(sum(extract(epoch from ends_at - starts_at) / 60), 0)::int as "minutesPlanned",
        coalesce(sum(extract(epoch from ends_at - starts_at) / 60) filter (where ends_at <= ${now}), 0)::int as "minutesHeld",
        min(starts_at) filter (where ends_at > ${now}) as "nextMeetingAt",
        max(ends_at) filter (where ends_at <= ${now}) as "lastHeldAt"
      from meeting where network_id = c.network_id and cohort_id = c.id) m,
      (select (count(*) filter (where t.kind <> 'facilitator'))::int as taken,
        (count(*) filter (where t.kind = 'chair'))::int as chairs,
        (count(distinct t.institution_id) filter (where t.institution_id in ${withoutLms(networkId)}))::int
          as "campusesWithoutLms"
      from seat t where t.network_id = c.network_id and t.cohort_id = c.id and t.status = 'seated') s)`

/**
 * The rows that a concern holds of, as `concernsOf` in core decides: a page has to be asked for in SQL. `glance-repo.test`
 * holds the two to one another.
 */
const latest = sql`(c.submission_deadline - ${limitOf('deadlineBufferDays')} * interval '1 day')`
const holds = (now: Date): Record<CohortConcern, RawBuilder<boolean>> => ({
  behind: sql<boolean>`(c.submission_deadline > ${now} and (coalesce(f."lastMeetingEndsAt" > ${latest}, false)
    or f.meetings < ${limitOf('minimumMeetings')}
    or f."minutesPlanned" < coalesce((k.limits -> 'commitment' ->> 'minutes')::int, 0)))`,
  silent: sql<boolean>`(f."lastHeardAt" < ${now}::timestamptz - ${limitOf('silenceWeeks')} * interval '168 hours')`,
  without_chair: sql<boolean>`(f.chairs < ${limitOf('cohortChairs')})`,
  too_small: sql<boolean>`(f.taken < ${limitOf('cohortMinimum')})`,
  without_next_meeting: sql<boolean>`(f."nextMeetingAt" is null and coalesce(c.submission_deadline > ${now}, true))`,
  lms_missing: sql<boolean>`(f."campusesWithoutLms" > 0)`,
})

type Asked = GlanceFilters & Readonly<{ after?: string | undefined; limit: number }>

/** Cohorts of the reader's reach by name, with all that is watched. One query, whatever is filtered. */
export async function glanceAtCohorts(
  db: Db | Trx,
  scope: AdminScope,
  asked: Asked,
  now: Date,
): Promise<Page<CohortGlanced>> {
  const { search, status, regionId, institutionId, concern, seats, after, limit } = asked
  const cursor = readCursor(after)
  let query = overviewRows(db, scope)
    .innerJoinLateral(season(scope, now).as<'f'>(sql.ref('f')), (on) => on.onTrue())
    .select(['f.meetings as meetingCount', 'f.minutesPlanned', 'f.minutesHeld', 'f.lastMeetingEndsAt'])
    .select(['f.nextMeetingAt', 'f.lastHeardAt', 'f.campusesWithoutLms'])
    .select(campusesWithLms(scope).as('campuses'))
  if (status !== 'all') query = query.where('c.status', '=', status)
  if (regionId) query = query.where('c.region_id', '=', regionId)
  if (search) {
    const like = likeText(search)
    query = query.where((eb) => eb.or([eb('c.name', 'ilike', like), eb('c.theme', 'ilike', like)]))
  }
  if (institutionId) {
    query =
      query.where(sql<boolean>`exists (select 1 from seat x where x.network_id = c.network_id and x.cohort_id = c.id
      and x.institution_id = ${institutionId} and x.status = 'seated')`)
  }
  if (concern) query = query.where('c.status', '=', 'open').where(holds(now)[concern])
  if (seats === 'free') query = query.where(sql<boolean>`f.taken < ${limitOf('cohortSeats')}`)
  if (seats === 'full') query = query.where(sql<boolean>`f.taken >= ${limitOf('cohortSeats')}`)
  if (cursor) query = query.where(sql<boolean>`(lower(c.name), c.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(sql`lower(c.name)`)
    .orderBy('c.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => {
    const overview = overviewOf(row)
    const limits = PolicyLimits.parse(row.limits)
    const facts = { ...row, meetings: row.meetingCount, taken: overview.seats.taken, chairs: overview.seats.chairs }
    return {
      ...overview,
      nextMeetingAt: row.nextMeetingAt,
      minutes: { held: row.minutesHeld, planned: row.minutesPlanned, promised: limits.commitment?.minutes ?? null },
      lastHeardAt: row.lastHeardAt,
      silentSince: row.status === 'open' ? silentSince(facts, limits, now) : null,
      readiness: readinessOf(facts, limits, now),
      concerns: concernsOf(facts, limits, now),
      campuses: row.campuses,
    }
  })
}

/** Campuses (not partners) of those seated, by name, each with how far its LMS has come for this cohort. */
const campusesWithLms = ({ networkId }: AdminScope) => sql<
  CohortGlanced['campuses']
>`coalesce((select json_agg(json_build_object('id', i.id,
    'name', i.name, 'letter', i.letter, 'colour', i.colour, 'lms', case
      when i.id in (select p.institution_id from ${coursesOfCohort} l
        join course o on o.network_id = c.network_id and o.id = l.course_id
        join lti_platform p on p.network_id = o.network_id and p.id = o.platform_id) then 'placed'
      when i.id in ${withoutLms(networkId)} then 'none'
      else 'connected' end) order by i.name)
  from institution i where i.network_id = c.network_id and i.kind = 'campus' and exists (select 1 from seat z
    where z.network_id = c.network_id and z.cohort_id = c.id and z.institution_id = i.id and z.status = 'seated')), '[]')`

/** How many open cohorts of the reader's reach have each concern, and how full they are together. One query. */
export async function countConcerns(db: Db | Trx, scope: AdminScope, now: Date) {
  const concerns = holds(now)
  const counts = COHORT_CONCERNS.map((concern) =>
    sql<number>`(count(*) filter (where ${concerns[concern]}))::int`.as(concern),
  )
  const row = await db
    .selectFrom('cohort as c')
    .innerJoin('policy_pack as k', (on) =>
      on.onRef('k.network_id', '=', 'c.network_id').onRef('k.version', '=', 'c.policy_version'),
    )
    .innerJoinLateral(season(scope, now).as<'f'>(sql.ref('f')), (on) => on.onTrue())
    .select(counts)
    .select([
      sql<number>`count(*)::int`.as('cohorts'),
      sql<number>`coalesce(sum(${limitOf('cohortSeats')}), 0)::int`.as('seats'),
      sql<number>`coalesce(sum(f.taken), 0)::int`.as('takenSeats'),
    ])
    .where('c.network_id', '=', scope.networkId)
    .where('c.status', '=', 'open')
    .where(regionInReach(scope, 'c.region_id'))
    .executeTakeFirstOrThrow()
  const figures = row as unknown as Record<CohortConcern, number>
  return {
    cohorts: row.cohorts,
    seats: row.seats,
    taken: row.takenSeats,
    concerns: Object.fromEntries(COHORT_CONCERNS.map((concern) => [concern, figures[concern]])) as Record<
      CohortConcern,
      number
    >,
  }
}

/** How many open cohorts of the reader's reach are behind their deadline, and which falls due first. One query. */
export async function cohortsBehind(db: Db | Trx, scope: AdminScope, now: Date) {
  const rows = await db
    .selectFrom('cohort as c')
    .innerJoin('policy_pack as k', (on) =>
      on.onRef('k.network_id', '=', 'c.network_id').onRef('k.version', '=', 'c.policy_version'),
    )
    .innerJoinLateral(season(scope, now).as<'f'>(sql.ref('f')), (on) => on.onTrue())
    .select(['c.id', 'c.name', 'c.submission_deadline as deadline', sql<number>`(count(*) over ())::int`.as('count')])
    .where('c.network_id', '=', scope.networkId)
    .where('c.status', '=', 'open')
    .where('c.submission_deadline', '>', now)
    .where(holds(now).behind)
    .where(regionInReach(scope, 'c.region_id'))
    .orderBy('c.submission_deadline')
    .orderBy('c.id')
    .limit(1)
    .execute()
  const [first] = rows
  return first && { count: first.count, name: first.name, deadline: first.deadline! }
}
