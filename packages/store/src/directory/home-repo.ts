import { sql } from 'kysely'
import type { CampusMark } from '@copractice/core/directory'
import type { CohortId, ConveningId } from '@copractice/core/kernel'
import { USUAL_LIMITS } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'
import { institutionInReach, regionInReach, type AdminScope } from './reach.ts'

/** LMS connections that need a person: active ones whose latest launch was refused, and parked ones. */
export async function connectionsInTrouble(db: Db | Trx, scope: AdminScope, now: Date) {
  const rows = await db
    .selectFrom('lti_platform as p')
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'p.network_id').onRef('i.id', '=', 'p.institution_id'),
    )
    .select(['i.id', 'i.name', 'i.letter', 'i.colour', 'p.status', 'p.issuer', 'p.created_at as createdAt'])
    .select(['p.last_error_code as code', 'p.last_error_at as lastErrorAt'])
    .select([
      sql<number>`(select count(*)::int from launch_refusal f where f.network_id = p.network_id and f.platform_id = p.id
        and f.at > coalesce(p.last_launch_at, ${now}::timestamptz - interval '30 days'))`.as('refusals'),
      sql<Date | null>`(select min(f.at) from launch_refusal f where f.network_id = p.network_id and f.platform_id = p.id
        and f.at > coalesce(p.last_launch_at, ${now}::timestamptz - interval '30 days'))`.as('refusedSince'),
    ])
    .where('p.network_id', '=', scope.networkId)
    .where(institutionInReach(scope, 'i'))
    .where(
      sql<boolean>`(p.status = 'parked' or (p.status = 'active' and p.last_error_at is not null
        and p.last_error_at > coalesce(p.last_launch_at, '-infinity'::timestamptz)))`,
    )
    .orderBy('i.name')
    .limit(50)
    .execute()
  return rows.map(({ id, name, letter, colour, ...connection }) => ({
    ...connection,
    institution: { id, name, letter, colour } as CampusMark,
  }))
}

/** Member campuses where no LMS connection was begun and no invite is out: how many, and the first few by name. */
export async function campusesWithoutConnection(db: Db | Trx, scope: AdminScope, now: Date) {
  const rows = await db
    .selectFrom('institution as i')
    .select(['i.id', 'i.name', 'i.letter', 'i.colour', sql<number>`(count(*) over ())::int`.as('total')])
    .where('i.network_id', '=', scope.networkId)
    .where('i.kind', '=', 'campus')
    .where(institutionInReach(scope, 'i'))
    .where(
      sql<boolean>`not exists (select 1 from lti_platform p where p.network_id = i.network_id and p.institution_id = i.id)
        and not exists (select 1 from registration_invite v where v.network_id = i.network_id
          and v.institution_id = i.id and v.used_at is null and v.expires_at > ${now})`,
    )
    .orderBy('i.name')
    .limit(3)
    .execute()
  const first = rows.map(({ id, name, letter, colour }) => ({ id, name, letter, colour }) as CampusMark)
  return { count: rows[0]?.total ?? 0, first }
}

/** The convenings nearest to now, those to come first, with who signed up and who waits. */
export async function nearestConvenings(db: Db | Trx, scope: AdminScope, now: Date) {
  const rows = await db
    .selectFrom('convening as v')
    .select(['v.id', 'v.name', 'v.starts_at as startsAt', 'v.ends_at as endsAt', 'v.time_zone as timeZone'])
    .select(['v.status', 'v.capacity'])
    .$narrowType<{ startsAt: Date; endsAt: Date }>()
    .select([
      sql<number>`(select count(*)::int from registration g where g.network_id = v.network_id and g.convening_id = v.id
        and g.status = 'registered')`.as('registered'),
      sql<number>`(select count(*)::int from registration g where g.network_id = v.network_id and g.convening_id = v.id
        and g.status = 'waitlisted')`.as('waitlisted'),
    ])
    .where('v.network_id', '=', scope.networkId)
    .where(regionInReach(scope, 'v.region_id'))
    .where('v.starts_at', 'is not', null)
    .orderBy(sql`v.ends_at < ${now}`)
    .orderBy(sql`abs(extract(epoch from v.starts_at - ${now}::timestamptz))`)
    .limit(5)
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as ConveningId }))
}

/**
 * Open cohorts that are too small by their own policy, that nobody chairs, or that are silent: nobody met or wrote for as
 * many weeks as their policy says. The first 20 by name.
 */
export async function cohortsInNeed(db: Db | Trx, scope: AdminScope, now: Date) {
  const limitOf = (name: 'cohortMinimum' | 'cohortChairs' | 'silenceWeeks') =>
    sql<number>`coalesce((k.limits ->> ${name})::int, ${USUAL_LIMITS[name]}::int)`
  const rows = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('cohort as c')
        .innerJoin('policy_pack as k', (on) =>
          on.onRef('k.network_id', '=', 'c.network_id').onRef('k.version', '=', 'c.policy_version'),
        )
        .leftJoin('seat as s', (on) =>
          on.onRef('s.network_id', '=', 'c.network_id').onRef('s.cohort_id', '=', 'c.id').on('s.status', '=', 'seated'),
        )
        .select(['c.id', 'c.name', limitOf('cohortMinimum').as('minimum'), limitOf('cohortChairs').as('chairsNeeded')])
        .select([
          sql<number>`(count(s.id) filter (where s.kind <> 'facilitator'))::int`.as('taken'),
          sql<number>`(count(s.id) filter (where s.kind = 'chair'))::int`.as('chairs'),
          limitOf('silenceWeeks').as('silenceWeeks'),
          sql<Date>`greatest(c.created_at,
            (select max(m.ends_at) from meeting m where m.network_id = c.network_id and m.cohort_id = c.id
              and m.ends_at <= ${now}),
            (select max(o.posted_at) from prompt q join post o on o.network_id = q.network_id and o.prompt_id = q.id
              where q.network_id = c.network_id and q.cohort_id = c.id))`.as('lastHeard'),
        ])
        .where('c.network_id', '=', scope.networkId)
        .where('c.status', '=', 'open')
        .where(regionInReach(scope, 'c.region_id'))
        .groupBy(['c.network_id', 'c.id', 'c.name', 'c.created_at', 'k.limits'])
        .as('n'),
    )
    .selectAll()
    .select(sql<boolean>`n."lastHeard" < ${now}::timestamptz - n."silenceWeeks" * interval '1 week'`.as('isSilent'))
    .where((eb) =>
      eb.or([
        eb('n.taken', '<', eb.ref('n.minimum')),
        eb('n.chairs', '<', eb.ref('n.chairsNeeded')),
        sql<boolean>`n."lastHeard" < ${now}::timestamptz - n."silenceWeeks" * interval '1 week'`,
      ]),
    )
    .orderBy('n.name')
    .limit(20)
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as CohortId }))
}

/** The figures of the home page, in one query. Facilitators take no seat and are not counted. */
export async function regionAtAGlance(db: Db | Trx, scope: AdminScope) {
  const { networkId } = scope
  const seats = sql`from seat s join cohort c on c.network_id = s.network_id and c.id = s.cohort_id
    join institution i on i.network_id = s.network_id and i.id = s.institution_id
    where s.network_id = ${networkId} and s.status = 'seated' and s.kind <> 'facilitator' and c.status = 'open'
      and ${regionInReach(scope, 'c.region_id')}`
  const institutions = (kind: 'campus' | 'partner') => sql<number>`(select count(*)::int from institution i
    where i.network_id = ${networkId} and (i.kind = 'campus') = ${kind === 'campus'} and ${institutionInReach(scope, 'i')})`
  return db
    .selectNoFrom([
      sql<number>`(select count(distinct s.person_id)::int ${seats})`.as('participants'),
      sql<number>`(select count(distinct s.person_id)::int ${seats} and i.kind <> 'campus')`.as('partnerParticipants'),
      institutions('campus').as('campuses'),
      institutions('partner').as('partners'),
      sql<number>`(select count(*)::int from cohort c where c.network_id = ${networkId} and c.status = 'open'
        and ${regionInReach(scope, 'c.region_id')})`.as('cohorts'),
    ])
    .executeTakeFirstOrThrow()
}
