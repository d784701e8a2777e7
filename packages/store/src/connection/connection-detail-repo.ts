import { sql } from 'kysely'
import type { AnonymousLaunches, UnknownDeployments } from '@copractice/core/connection'
import type { InstitutionId, NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { endSessionsFrom } from './deployment-repo.ts'
import type { ConnectionStatus } from './table.ts'

type At = Readonly<{ networkId: NetworkId; platformId: PlatformId }>

const WEEK_MS = 7 * 86_400_000
/** Of deployments and of refusal codes: more than anybody has, fewer than would fill a page. */
const MOST = 100
const LATEST_LINKS = 10
const MOST_STRANGE = 10

export type ConnectionFound = Readonly<{
  institutionId: InstitutionId
  institution: string
  profile: 'canvas' | 'moodle' | 'other'
  issuer: string
  clientId: string
  authorizationEndpoint: string
  tokenEndpoint: string
  jwksUri: string
  tokenAudience: string | null
  confirmedAddresses: readonly string[]
  unknownDeployments: UnknownDeployments
  anonymousLaunches: AnonymousLaunches
  status: ConnectionStatus
  registeredAt: Date
  lastLaunchAt: Date | null
  lastErrorAt: Date | null
  lastErrorCode: string | null
}>

export async function findConnection(
  db: Db | Trx,
  { networkId, platformId }: At,
): Promise<ConnectionFound | undefined> {
  const row = await db
    .selectFrom('lti_platform as p')
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'p.network_id').onRef('i.id', '=', 'p.institution_id'),
    )
    .select(['p.institution_id as institutionId', 'i.name as institution', 'p.profile', 'p.issuer'])
    .select(['p.client_id as clientId', 'p.authorization_endpoint as authorizationEndpoint'])
    .select(['p.token_endpoint as tokenEndpoint', 'p.jwks_uri as jwksUri', 'p.status', 'p.created_at as registeredAt'])
    .select(['p.token_audience as tokenAudience', 'p.confirmed_addresses as confirmedAddresses'])
    .select(['p.unknown_deployments as unknownDeployments', 'p.anonymous_launches as anonymousLaunches'])
    .select([
      'p.last_launch_at as lastLaunchAt',
      'p.last_error_at as lastErrorAt',
      'p.last_error_code as lastErrorCode',
    ])
    .where('p.network_id', '=', networkId)
    .where('p.id', '=', platformId)
    .executeTakeFirst()
  return row && { ...row, institutionId: row.institutionId as InstitutionId }
}

export async function listDeployments(db: Db | Trx, { networkId, platformId }: At) {
  return db
    .selectFrom('lti_deployment')
    .select(['deployment_id as id', 'status', 'created_at as since'])
    .where('network_id', '=', networkId)
    .where('platform_id', '=', platformId)
    .orderBy('created_at')
    .orderBy('deployment_id')
    .limit(MOST)
    .execute()
}

/** Deployments that signed launches of the week before `now` named and that are not known: an administrator may let them in. */
export async function listStrangeDeployments(db: Db | Trx, { networkId, platformId }: At, now: Date) {
  const { rows } = await sql<{ id: string; lastSeenAt: Date }>`
    select r.facts ->> 'deployment' as id, max(r.at) as "lastSeenAt"
    from launch_refusal r
    where r.network_id = ${networkId} and r.platform_id = ${platformId} and r.code = 'launch.deployment_unknown'
      and r.at > ${new Date(now.getTime() - WEEK_MS)} and r.facts ->> 'deployment' is not null
      and not exists (select from lti_deployment d where d.network_id = r.network_id and d.platform_id = r.platform_id
        and d.deployment_id = r.facts ->> 'deployment')
    group by 1 order by 2 desc, 1 limit ${MOST_STRANGE}`.execute(db)
  return rows
}

/** Sets a deployment's status, known or not. People's sessions from one that is switched off end with it. */
export async function setDeployment(
  trx: Trx,
  { networkId, platformId }: At,
  deploymentId: string,
  status: 'active' | 'disabled',
): Promise<void> {
  await trx
    .insertInto('lti_deployment')
    .values({ network_id: networkId, platform_id: platformId, deployment_id: deploymentId, status })
    .onConflict((conflict) => conflict.columns(['network_id', 'platform_id', 'deployment_id']).doUpdateSet({ status }))
    .execute()
  if (status === 'disabled') await endSessionsFrom(trx, { networkId, platformId }, deploymentId)
}

/** Courses and links of one LMS, counted, with the newest links. */
export async function countCourses(db: Db | Trx, { networkId, platformId }: At) {
  const { rows } = await sql<{ courses: number; courseLinks: number; unboundLinks: number }>`
    select count(distinct c.id)::int as courses, count(l.id)::int as "courseLinks",
      count(l.id) filter (where l.cohort_id is null)::int as "unboundLinks"
    from course c left join course_link l on l.network_id = c.network_id and l.course_id = c.id
    where c.network_id = ${networkId} and c.platform_id = ${platformId}`.execute(db)
  const latestLinks = await db
    .selectFrom('course_link as l')
    .innerJoin('course as c', (on) => on.onRef('c.network_id', '=', 'l.network_id').onRef('c.id', '=', 'l.course_id'))
    .leftJoin('cohort as h', (on) => on.onRef('h.network_id', '=', 'l.network_id').onRef('h.id', '=', 'l.cohort_id'))
    .select((eb) => eb.fn.coalesce('c.title', 'c.label').as('course'))
    .select(['l.title', 'h.name as opens', 'l.created_at as at'])
    .where('l.network_id', '=', networkId)
    .where('c.platform_id', '=', platformId)
    .orderBy('l.created_at', 'desc')
    .orderBy('l.id')
    .limit(LATEST_LINKS)
    .execute()
  return { ...rows[0]!, latestLinks }
}

/** Scores on their way to this LMS: counts, and nobody's score. */
export async function countDeliveries(db: Db | Trx, { networkId, platformId }: At) {
  const { rows } = await sql<{ waiting: number; arrived: number; refused: number; givenUp: number }>`
    select count(*) filter (where d.status = 'waiting')::int as waiting,
      count(*) filter (where d.status = 'arrived')::int as arrived,
      count(*) filter (where d.status = 'refused')::int as refused,
      count(*) filter (where d.status = 'given_up')::int as "givenUp"
    from score_delivery d join course c on c.network_id = d.network_id and c.id = d.course_id
    where d.network_id = ${networkId} and c.platform_id = ${platformId}`.execute(db)
  return rows[0]!
}

/** Who came in and what was refused in the seven days before `now`. */
export async function countWeek(db: Db | Trx, { networkId, platformId }: At, now: Date) {
  const since = new Date(now.getTime() - WEEK_MS)
  const byCode = await db
    .selectFrom('launch_refusal')
    .select('code')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('network_id', '=', networkId)
    .where('platform_id', '=', platformId)
    .where('at', '>', since)
    .groupBy('code')
    .orderBy(sql`count(*)`, 'desc')
    .orderBy('code')
    .limit(MOST)
    .execute()
  const { rows } = await sql<{ people: number }>`
    select count(distinct m.person_id)::int as people
    from course_member m join course c on c.network_id = m.network_id and c.id = m.course_id
    where m.network_id = ${networkId} and c.platform_id = ${platformId} and m.role_from = 'launch'
      and m.seen_at > ${since}`.execute(db)
  const refused = byCode.reduce((sum, { count }) => sum + count, 0)
  return { people: rows[0]!.people, refused, byCode }
}

/** A course whose services a self-test can ask; the one whose people came last. */
export async function findCourseServices(
  db: Db | Trx,
  { networkId, platformId }: At,
): Promise<Readonly<{ lineItemsUrl: string | null; membershipsUrl: string | null }> | undefined> {
  const { rows } = await sql<{ lineItemsUrl: string | null; membershipsUrl: string | null }>`
    select c.lineitems_url as "lineItemsUrl", c.memberships_url as "membershipsUrl" from course c
    where c.network_id = ${networkId} and c.platform_id = ${platformId}
    order by (select max(m.seen_at) from course_member m
      where m.network_id = c.network_id and m.course_id = c.id and m.role_from = 'launch') desc nulls last, c.id
    limit 1`.execute(db)
  return rows[0]
}
