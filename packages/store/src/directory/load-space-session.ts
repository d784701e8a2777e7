import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { CourseAttended, Grant, SeatHeld, SpaceSession } from '@copractice/core/directory'
import type { CohortId, CourseId, CourseLinkId, NetworkId, PersonId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import type { SessionFrom } from './session-repo.ts'

/** A session with what renewing and ending it need. */
export type OpenSpaceSession = SpaceSession &
  Readonly<{ tokenHash: Uint8Array; beganAt: Date; expiresAt: Date; from: SessionFrom | null }>

/**
 * The session behind a token, with everything rules ask of the actor, in one query. Undefined when unknown or expired.
 * The one lookup without a network: the session is what tells it. Grants, seats and courses are read anew at each
 * request, so that what is taken away holds at once; nor is there a session from an LMS or a deployment that is off.
 */
export async function loadSpaceSession(
  db: Db | Trx,
  tokenHash: Uint8Array,
  now: Date,
): Promise<OpenSpaceSession | undefined> {
  const row = await db
    .selectFrom('space_session as s')
    .leftJoin('course_link as l', (on) =>
      on.onRef('l.network_id', '=', 's.network_id').onRef('l.id', '=', 's.course_link_id'),
    )
    .select([
      's.network_id as networkId',
      's.person_id as personId',
      's.course_link_id as courseLinkId',
      'l.course_id as courseId',
      sql<string | null>`case when s.course_link_id is null then s.cohort_id else l.cohort_id end`.as('cohortId'),
      's.created_at as beganAt',
      's.expires_at as expiresAt',
      's.platform_id as platformId',
      's.deployment_id as deploymentId',
      sql<boolean>`(select p.is_test from person p where p.network_id = s.network_id and p.id = s.person_id)`.as(
        'isTest',
      ),
      sql<boolean>`(select p.is_anonymous from person p where p.network_id = s.network_id and p.id = s.person_id)`.as(
        'isAnonymous',
      ),
      sql<CohortId[]>`array(select c.id from cohort c where c.network_id = s.network_id and c.status = 'closed'
        and c.alumni = 'read_only' and (c.id in (select t.cohort_id from seat t
            where t.network_id = s.network_id and t.person_id = s.person_id)
          or c.id in (select k.cohort_id from course_member m join course_link k on k.network_id = m.network_id
            and k.course_id = m.course_id where m.network_id = s.network_id and m.person_id = s.person_id)))`.as(
        'readOnlyCohorts',
      ),
    ])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('role_grant as g')
          .select(['g.role', 'g.region_id as regionId', 'g.institution_id as institutionId'])
          .whereRef('g.network_id', '=', 's.network_id')
          .whereRef('g.person_id', '=', 's.person_id'),
      ).as('grants'),
      jsonArrayFrom(
        eb
          .selectFrom('seat as t')
          .select(['t.cohort_id as cohortId', 't.kind', 't.status'])
          .whereRef('t.network_id', '=', 's.network_id')
          .whereRef('t.person_id', '=', 's.person_id'),
      ).as('seats'),
      jsonArrayFrom(
        eb
          .selectFrom('course_member as m')
          .select(['m.course_id as courseId', 'm.role'])
          .select(
            sql<CohortId[]>`array(select distinct k.cohort_id from course_link k
              where k.network_id = m.network_id and k.course_id = m.course_id and k.cohort_id is not null)`.as(
              'cohortIds',
            ),
          )
          .select(
            sql<PersonId[]>`array(select o.person_id from course_member o
              where o.network_id = m.network_id and o.course_id = m.course_id and m.role = 'observer'
                and o.lms_user_id = any (m.observes) and o.role = 'learner' and o.status = 'active')`.as('observes'),
          )
          .whereRef('m.network_id', '=', 's.network_id')
          .whereRef('m.person_id', '=', 's.person_id')
          .where('m.status', '=', 'active'),
      ).as('courses'),
    ])
    .where('s.token_hash', '=', tokenHash)
    .where('s.expires_at', '>', now)
    .where(
      sql<boolean>`(s.platform_id is null or exists (select from lti_platform p
        join lti_deployment d on d.network_id = p.network_id and d.platform_id = p.id and d.deployment_id = s.deployment_id
        where p.network_id = s.network_id and p.id = s.platform_id and p.status = 'active' and d.status = 'active'))`,
    )
    .executeTakeFirst()
  if (!row) return undefined

  return {
    actor: {
      networkId: row.networkId as NetworkId,
      personId: row.personId as PersonId,
      grants: row.grants.map(grantOf),
      seats: row.seats as SeatHeld[],
      courses: row.courses as unknown as CourseAttended[],
      isTest: row.isTest,
      readOnlyCohorts: row.readOnlyCohorts,
      isAnonymous: row.isAnonymous,
    },
    courseLinkId: row.courseLinkId as CourseLinkId | null,
    courseId: row.courseId as CourseId | null,
    cohortId: row.cohortId as CohortId | null,
    tokenHash,
    beganAt: row.beganAt,
    expiresAt: row.expiresAt,
    from:
      row.platformId !== null && row.deploymentId !== null
        ? { platformId: row.platformId as PlatformId, deploymentId: row.deploymentId }
        : null,
  }
}

/** The table's checks hold each role to the one place it names. */
function grantOf(row: { role: Grant['role']; regionId: string | null; institutionId: string | null }): Grant {
  const { role, regionId, institutionId } = row
  if (role === 'coordinator') return { role, regionId } as Grant
  if (role === 'institution_admin') return { role, institutionId } as Grant
  return { role }
}
