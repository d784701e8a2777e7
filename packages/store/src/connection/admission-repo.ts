import { sql } from 'kysely'
import type { Affiliation } from '@copractice/core/directory'
import type { CourseLinkAsked, CourseLinkBinding } from '@copractice/core/connection'
import type { CohortId, CourseId, CourseLinkId, NetworkId, PersonId, RegionId, RoundId } from '@copractice/core/kernel'
import type { Trx } from '../database.ts'
import type { LaunchFacts } from './admit-known.ts'

/**
 * The person behind issuer + client + sub, made when nobody is. Never looks at the e-mail address. Fills what we did not
 * know; a name, address or time zone that is there already is the person's own and stays.
 */
export async function savePerson(trx: Trx, told: Omit<LaunchFacts, 'course' | 'link'>): Promise<PersonId> {
  const { networkId, issuer, clientId, sub } = told
  const known = await findIdentity(trx, told)
  if (known) {
    await trx
      .updateTable('person')
      .set((eb) => ({
        name: eb.fn.coalesce('name', eb.val(told.name)),
        email: eb.fn.coalesce('email', eb.val(told.email)),
        time_zone: eb.fn.coalesce('time_zone', eb.val(told.timeZone)),
        is_test: told.isTest,
      }))
      .where('network_id', '=', networkId)
      .where('id', '=', known)
      .execute()
    return known
  }

  const person = await trx
    .insertInto('person')
    .values({
      network_id: networkId,
      name: told.name,
      email: told.email,
      time_zone: told.timeZone,
      is_test: told.isTest,
      pronouns: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const identity = await trx
    .insertInto('identity')
    .values({ network_id: networkId, person_id: person.id, kind: 'lti', issuer, client_id: clientId, subject: sub })
    .onConflict((conflict) => conflict.columns(['network_id', 'kind', 'issuer', 'client_id', 'subject']).doNothing())
    .returning('person_id')
    .executeTakeFirst()
  if (identity) return person.id as PersonId

  // Another launch of the same person came first while we were at it.
  await trx.deleteFrom('person').where('network_id', '=', networkId).where('id', '=', person.id).execute()
  return (await findIdentity(trx, told))!
}

async function findIdentity(trx: Trx, told: Omit<LaunchFacts, 'course' | 'link'>): Promise<PersonId | undefined> {
  const row = await trx
    .selectFrom('identity')
    .select('person_id')
    .where('network_id', '=', told.networkId)
    .where('kind', '=', 'lti')
    .where('issuer', '=', told.issuer)
    .where('client_id', '=', told.clientId)
    .where('subject', '=', told.sub)
    .executeTakeFirst()
  return row?.person_id as PersonId | undefined
}

/** States a tie to the institution where none is stated; one that is there stays as it is. */
export async function saveFirstAffiliation(
  trx: Trx,
  told: Pick<LaunchFacts, 'networkId' | 'institutionId'>,
  personId: PersonId,
  kind: Affiliation,
): Promise<void> {
  await trx
    .insertInto('affiliation')
    .values({ network_id: told.networkId, person_id: personId, institution_id: told.institutionId, kind })
    .onConflict((conflict) => conflict.columns(['network_id', 'person_id', 'institution_id']).doNothing())
    .execute()
}

/** The course as the LMS describes it now; what a launch leaves out keeps its last value. */
export async function saveCourse(trx: Trx, told: Omit<LaunchFacts, 'link'>): Promise<CourseId> {
  const { course } = told
  const row = await trx
    .insertInto('course')
    .values({
      network_id: told.networkId,
      platform_id: told.platformId,
      deployment_id: told.deploymentId,
      context_id: course.contextId,
      title: course.title,
      label: course.label,
      lineitems_url: course.lineItemsUrl,
      memberships_url: course.membershipsUrl,
      ...(course.agsScopes ? { ags_scopes: [...course.agsScopes] } : {}),
    })
    .onConflict((conflict) =>
      conflict.columns(['network_id', 'platform_id', 'deployment_id', 'context_id']).doUpdateSet((eb) => ({
        title: eb.fn.coalesce('excluded.title', 'course.title'),
        label: eb.fn.coalesce('excluded.label', 'course.label'),
        lineitems_url: eb.fn.coalesce('excluded.lineitems_url', 'course.lineitems_url'),
        memberships_url: eb.fn.coalesce('excluded.memberships_url', 'course.memberships_url'),
        ...(course.agsScopes ? { ags_scopes: [...course.agsScopes] } : {}),
      })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as CourseId
}

/** What the person is in the course, by the LMS's latest word. A launch outranks a roster. */
export async function saveCourseMember(
  trx: Trx,
  told: Omit<LaunchFacts, 'link'>,
  at: Readonly<{ courseId: CourseId; personId: PersonId }>,
  now: Date,
): Promise<void> {
  const state = {
    lms_user_id: told.sub,
    role: told.role,
    status: 'active',
    role_from: 'launch',
    seen_at: now,
    observes: mutable(told.observes),
    ...(told.sections ? { sections: mutable(told.sections) } : {}),
  } as const
  await trx
    .insertInto('course_member')
    .values({ network_id: told.networkId, course_id: at.courseId, person_id: at.personId, ...state })
    .onConflict((conflict) => conflict.columns(['network_id', 'course_id', 'person_id']).doUpdateSet(state))
    .execute()
}

const mutable = (texts: readonly string[]): string[] => [...texts]

export type SavedCourseLink = Readonly<{
  id: CourseLinkId
  cohortId: CohortId | null
  roundId: RoundId | null
}>

export async function saveCourseLink(
  trx: Trx,
  told: LaunchFacts,
  courseId: CourseId,
  now: Date,
): Promise<SavedCourseLink> {
  const { resourceLinkId, title } = told.link
  const row = await trx
    .insertInto('course_link')
    .values({
      network_id: told.networkId,
      course_id: courseId,
      resource_link_id: resourceLinkId,
      title,
      cohort_id: null,
      round_id: null,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['network_id', 'course_id', 'resource_link_id'])
        .doUpdateSet((eb) => ({ title: eb.fn.coalesce('excluded.title', 'course_link.title') })),
    )
    .returning(['id', 'cohort_id', 'round_id'])
    .executeTakeFirstOrThrow()
  return {
    id: row.id as CourseLinkId,
    cohortId: row.cohort_id as CohortId | null,
    roundId: row.round_id as RoundId | null,
  }
}

/** What the rule needs to know of a cohort or round that a link's custom parameters name. */
export async function findAskedBinding(
  trx: Trx,
  told: Pick<LaunchFacts, 'networkId' | 'institutionId'>,
  asked: Readonly<{ cohortId: CohortId | null; roundId: RoundId | null }>,
): Promise<CourseLinkAsked> {
  const { networkId, institutionId } = told
  const institution = await trx
    .selectFrom('institution')
    .select([
      'region_id',
      sql<boolean>`member_since is not null and coalesce(member_until >= current_date, true)`.as('is_member'),
    ])
    .where('network_id', '=', networkId)
    .where('id', '=', institutionId)
    .executeTakeFirstOrThrow()
  const round = asked.roundId
    ? await trx
        .selectFrom('review_round')
        .select(['id', 'cohort_id'])
        .where('network_id', '=', networkId)
        .where('id', '=', asked.roundId)
        .executeTakeFirst()
    : undefined
  const cohortId = asked.cohortId ?? round?.cohort_id
  const cohort = cohortId
    ? await trx
        .selectFrom('cohort as c')
        .select(['c.id', 'c.region_id'])
        .select(
          sql<boolean>`exists (select from seat s where s.network_id = c.network_id and s.cohort_id = c.id
            and s.institution_id = ${institutionId} and s.status <> 'left')`.as('seats_institution'),
        )
        .where('c.network_id', '=', networkId)
        .where('c.id', '=', cohortId)
        .executeTakeFirst()
    : undefined
  return {
    institution: { regionId: institution.region_id as RegionId | null, isMember: institution.is_member },
    cohort: cohort
      ? {
          id: cohort.id as CohortId,
          regionId: cohort.region_id as RegionId,
          seatsInstitution: cohort.seats_institution,
        }
      : null,
    round: round ? { id: round.id as RoundId, cohortId: round.cohort_id as CohortId } : null,
  }
}

export async function saveCourseLinkBinding(
  trx: Trx,
  networkId: NetworkId,
  linkId: CourseLinkId,
  binding: CourseLinkBinding,
): Promise<void> {
  await trx
    .updateTable('course_link')
    .set({ cohort_id: binding.cohortId, round_id: binding.roundId })
    .where('network_id', '=', networkId)
    .where('id', '=', linkId)
    .execute()
}

export async function savePlatformLaunch(
  trx: Trx,
  told: Pick<LaunchFacts, 'networkId' | 'platformId'>,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('lti_platform')
    .set({ last_launch_at: now })
    .where('network_id', '=', told.networkId)
    .where('id', '=', told.platformId)
    .execute()
}
