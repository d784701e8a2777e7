import { sql } from 'kysely'
import type { CourseRole } from '@copractice/core/connection'
import type {
  CohortId,
  CourseLinkId,
  InstitutionId,
  NetworkId,
  PersonId,
  PlatformId,
  RoundId,
} from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { spendTicket, TICKET_TAKEN, type LaunchTicket, type TicketTaken } from './login-repo.ts'

/** What a launch tells of a person in a course, in the shape of our rows. Null means: the LMS did not say. */
export type LaunchFacts = Readonly<{
  networkId: NetworkId
  institutionId: InstitutionId
  platformId: PlatformId
  issuer: string
  clientId: string
  deploymentId: string
  sub: string
  name: string | null
  email: string | null
  timeZone: string | null
  isTest: boolean
  role: CourseRole
  /** Null: the LMS did not say. */
  sections: readonly string[] | null
  /** LMS user ids of whom an observer mentors. */
  observes: readonly string[]
  course: Readonly<{
    contextId: string
    title: string | null
    label: string | null
    lineItemsUrl: string | null
    membershipsUrl: string | null
    agsScopes: readonly string[] | null
  }>
  /** `columnUrl`: the one gradebook column that belongs to the link. */
  link: Readonly<{ resourceLinkId: string; title: string | null; asksToBind: boolean; columnUrl: string | null }>
}>

export type SessionToOpen = Readonly<{ tokenHash: Uint8Array; createdAt: Date; expiresAt: Date }>
export type Admitted = Readonly<{
  personId: PersonId
  courseLinkId: CourseLinkId
  cohortId: CohortId | null
  roundId: RoundId | null
}>

const MINUTE = 60_000
/** How stale "last seen" and "last launch" may be: writing them at each launch would queue a whole class behind one row. */
const SEEN_EVERY = 10 * MINUTE
const LAUNCHED_EVERY = MINUTE

/**
 * Takes a launch's ticket and opens the session of a launch that tells nothing new, in one statement: person, course,
 * membership and link are known and as the LMS describes them. `admitted` is undefined, and no more is written than that
 * the ticket was taken, when anything has to be added or changed first; nothing at all when it was not to be had.
 * Membership and link are looked up each by itself: the plan is kept, and one made while tables are small would otherwise
 * go through everybody in the network.
 */
export async function admitKnown(
  db: Db | Trx,
  ticket: LaunchTicket,
  told: LaunchFacts,
  session: SessionToOpen,
): Promise<TicketTaken & { admitted: Admitted | undefined }> {
  const { course, link } = told
  const now = session.createdAt
  const { rows } = await sql<TicketTaken & { [name in keyof Admitted]: Admitted[name] | null }>`/* prepare */
    with ${spendTicket(ticket)}, known as (
      select i.network_id, i.person_id, m.course_id, l.id as link_id, l.cohort_id, l.round_id
      from identity i
      join person p on p.network_id = i.network_id and p.id = i.person_id
      join course c on c.network_id = i.network_id and c.platform_id = ${told.platformId}
        and c.deployment_id = ${told.deploymentId} and c.context_id = ${course.contextId}
      cross join lateral (select * from course_member
        where network_id = c.network_id and course_id = c.id and lms_user_id = ${told.sub} limit 1) m
      cross join lateral (select * from course_link
        where network_id = c.network_id and course_id = c.id and resource_link_id = ${link.resourceLinkId} limit 1) l
      where exists (select from spent) and i.network_id = ${told.networkId} and i.kind = 'lti' and i.issuer = ${told.issuer}
        and i.client_id = ${told.clientId} and i.subject = ${told.sub}
        and coalesce(${told.sections}::text[], m.sections) = m.sections and m.observes = ${told.observes}::text[]
        and m.person_id = i.person_id and m.role = ${told.role} and m.status = 'active' and m.role_from = 'launch'
        and (p.name is not null or ${told.name}::text is null)
        and (p.email is not null or ${told.email}::text is null)
        and (p.time_zone is not null or ${told.timeZone}::text is null)
        and p.is_test = ${told.isTest}
        and coalesce(${course.title}, c.title) is not distinct from c.title
        and coalesce(${course.label}, c.label) is not distinct from c.label
        and coalesce(${course.lineItemsUrl}, c.lineitems_url) is not distinct from c.lineitems_url
        and coalesce(${course.membershipsUrl}, c.memberships_url) is not distinct from c.memberships_url
        and coalesce(${course.agsScopes}::text[], c.ags_scopes) = c.ags_scopes
        and coalesce(${link.title}, l.title) is not distinct from l.title
        and (l.cohort_id is not null or not ${link.asksToBind}::boolean)
        and (l.round_id is null or ${link.columnUrl}::text is null or exists (select from line_item w
          where w.network_id = l.network_id and w.course_id = l.course_id and w.round_id = l.round_id
            and w.grade_column = 'work' and w.url is not null))
    ), opened as (
      insert into space_session (token_hash, network_id, person_id, course_link_id, cohort_id, platform_id, deployment_id,
        created_at, expires_at)
      select ${session.tokenHash}, network_id, person_id, link_id, cohort_id, ${told.platformId}::uuid, ${told.deploymentId}::text,
        ${now}::timestamptz, ${session.expiresAt}::timestamptz
      from known
    ), seen as (
      update course_member m set seen_at = ${now} from known
      where m.network_id = known.network_id and m.course_id = known.course_id and m.person_id = known.person_id
        and m.seen_at < ${new Date(now.getTime() - SEEN_EVERY)}
    ), launched as (
      update lti_platform set last_launch_at = ${now}
      where network_id = ${told.networkId} and id = ${told.platformId} and exists (select from known)
        and (last_launch_at is null or last_launch_at < ${new Date(now.getTime() - LAUNCHED_EVERY)}
          or last_error_at >= last_launch_at)
    )
    select ${TICKET_TAKEN}, person_id as "personId", link_id as "courseLinkId", cohort_id as "cohortId", round_id as "roundId"
    from (values (1)) as one left join known on true`.execute(db)
  const { isTaken, isAsProved, deploymentStatus, personId, courseLinkId, cohortId, roundId } = rows[0]!
  const admitted =
    personId !== null && courseLinkId !== null ? { personId, courseLinkId, cohortId, roundId } : undefined
  return { isTaken, isAsProved, deploymentStatus, admitted }
}
