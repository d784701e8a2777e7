import { randomUUID } from 'node:crypto'
import type {
  CohortId,
  CourseId,
  CourseLinkId,
  InstitutionId,
  MeetingId,
  NetworkId,
  PersonId,
  PlatformId,
  PromptId,
  RegionId,
} from '@copractice/core/kernel'
import { PolicyLimits } from '@copractice/core/programme'
import type { Db } from '@copractice/store/database'
import { addCohort } from './add-cohort.ts'
import { addPerson, type NewPerson } from './add-person.ts'

const DAY = 86_400_000

export type SeededNetwork = Awaited<ReturnType<typeof seedNetwork>>

/**
 * A network to test in: region Three Rivers; campuses Riverside (Canvas profile) and Hillside (Moodle profile) and the
 * partner Tenth Street, each with its people; a cohort with meetings a week ago, tomorrow and in two weeks, and an open
 * prompt; a course of each campus with a bound link, and a second, unbound link in Riverside's. Times lie around `now`.
 *
 * Seated: ana and ravi (Riverside), hana (Hillside), dora (Tenth Street, signs in by e-mail). finn facilitates, without a
 * seat. Not in the cohort: ben (Riverside), igor (Hillside). rosa and hugo are the instructors, cora the coordinator.
 */
export async function seedNetwork(
  db: Db,
  { now = new Date(), limits = {} }: { now?: Date; limits?: Partial<PolicyLimits> } = {},
) {
  const days = (n: number) => new Date(now.getTime() + n * DAY)
  const slug = `n${randomUUID().slice(0, 8)}`
  const network = await db
    .insertInto('network')
    .values({ name: `Network ${slug}`, slug, time_zone: 'America/New_York' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const networkId = network.id as NetworkId
  const network_id = networkId
  await db
    .insertInto('policy_pack')
    .values({ network_id, version: 1, limits: JSON.stringify(PolicyLimits.parse(limits)) })
    .execute()
  const region = await db
    .insertInto('region')
    .values({ network_id, name: 'Three Rivers' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const regionId = region.id as RegionId

  const institution = async (name: string, colour: number, kind: 'campus' | 'partner') => {
    const { id } = await db
      .insertInto('institution')
      .values({
        network_id,
        region_id: regionId,
        name,
        kind,
        letter: name[0]!,
        colour,
        time_zone: name.startsWith('H') ? 'America/Chicago' : 'America/New_York',
        member_since: kind === 'campus' ? '2020-01-01' : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id as InstitutionId
  }
  const riverside = await institution('Riverside State', 1, 'campus')
  const hillside = await institution('Hillside College', 2, 'campus')
  const tenthStreet = await institution('Tenth Street Food Hub', 3, 'partner')

  const person = (details: Omit<NewPerson, 'networkId'>) => addPerson(db, { ...details, networkId })
  const people = {
    ana: await person({ name: 'Ana Okonjo', institutionId: riverside, affiliation: 'student', pronouns: 'she/her' }),
    ben: await person({ name: 'Ben Adeyemi', institutionId: riverside, affiliation: 'student' }),
    ravi: await person({ name: 'Ravi Nair', institutionId: riverside, affiliation: 'student' }),
    hana: await person({ name: 'Hana Weiss', institutionId: hillside, affiliation: 'student' }),
    igor: await person({ name: 'Igor Sayegh', institutionId: hillside, affiliation: 'student' }),
    dora: await person({
      name: 'Dora Carter',
      institutionId: tenthStreet,
      affiliation: 'community_partner',
      email: `dora@${slug}.example`,
    }),
    finn: await person({
      name: 'Finn Eklund',
      institutionId: hillside,
      affiliation: 'staff',
      email: `finn@${slug}.example`,
    }),
    rosa: await person({ name: 'Rosa Voss', institutionId: riverside, affiliation: 'faculty' }),
    hugo: await person({ name: 'Hugo Roldán', institutionId: hillside, affiliation: 'faculty' }),
    cora: await person({
      name: 'Cora Lind',
      institutionId: riverside,
      affiliation: 'administrator',
      email: `cora@${slug}.example`,
    }),
  }
  await db
    .insertInto('role_grant')
    .values({ network_id, person_id: people.cora, role: 'coordinator', region_id: regionId, institution_id: null })
    .execute()

  const cohortId = await addCohort(db, { networkId, regionId }, 'Willow cohort', {
    theme: 'Community Engagement Fundamentals',
    time_zone: 'America/New_York',
    submission_deadline: days(60),
    created_by: people.cora,
  })
  const seat = (
    person_id: PersonId,
    institution_id: InstitutionId,
    kind: 'participant' | 'facilitator' = 'participant',
  ) => ({
    network_id,
    cohort_id: cohortId,
    person_id,
    institution_id,
    kind,
    status: 'seated' as const,
    since: days(-30),
  })
  await db
    .insertInto('seat')
    .values([
      seat(people.ana, riverside),
      seat(people.ravi, riverside),
      seat(people.hana, hillside),
      seat(people.dora, tenthStreet),
      seat(people.finn, hillside, 'facilitator'),
    ])
    .execute()

  const meetings = await db
    .insertInto('meeting')
    .values(
      [-7, 1, 14].map((day, index) => ({
        network_id,
        cohort_id: cohortId,
        title: ['Introductions and hopes', 'Stories into principles', 'Workshop'][index]!,
        starts_at: days(day),
        ends_at: new Date(days(day).getTime() + 90 * 60_000),
        time_zone: 'America/New_York',
        place: 'Room 204, Hollis Hall',
        join_url: 'https://meet.example/willow',
        bring: null,
      })),
    )
    .returning('id')
    .execute()
  const [past, next, later] = meetings.map(({ id }) => id as MeetingId) as [MeetingId, MeetingId, MeetingId]
  const prompt = await db
    .insertInto('prompt')
    .values({
      network_id,
      cohort_id: cohortId,
      author_id: people.finn,
      text: 'Think of a time a partner changed your plan. What did you have to let go of?',
      opens_at: days(-2),
    })
    .returning('id')
    .executeTakeFirstOrThrow()

  const course = async (institutionId: InstitutionId, profile: 'canvas' | 'moodle', title: string) => {
    const platform = await db
      .insertInto('lti_platform')
      .values({
        network_id,
        institution_id: institutionId,
        profile,
        issuer: `https://${profile}.${slug}.example`,
        client_id: 'tool',
        authorization_endpoint: `https://${profile}.${slug}.example/auth`,
        token_endpoint: `https://${profile}.${slug}.example/token`,
        token_audience: null,
        jwks_uri: `https://${profile}.${slug}.example/jwks`,
        last_launch_at: null,
        last_error_code: null,
        last_error_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db.insertInto('lti_deployment').values({ network_id, platform_id: platform.id, deployment_id: '1' }).execute()
    const { id } = await db
      .insertInto('course')
      .values({
        network_id,
        platform_id: platform.id,
        deployment_id: '1',
        context_id: title,
        title,
        label: null,
        lineitems_url: `https://${profile}.${slug}.example/lineitems`,
        memberships_url: `https://${profile}.${slug}.example/memberships`,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { courseId: id as CourseId, platformId: platform.id as PlatformId }
  }
  const atRiverside = await course(riverside, 'canvas', 'CEP 610')
  const atHillside = await course(hillside, 'moodle', 'Engaged Research')
  const member = (course_id: CourseId, person_id: PersonId, role: 'learner' | 'instructor') => ({
    network_id,
    course_id,
    person_id,
    lms_user_id: `lms-${person_id}`,
    role,
    role_from: 'launch' as const,
    seen_at: now,
  })
  await db
    .insertInto('course_member')
    .values([
      ...[people.ana, people.ben, people.ravi].map((id) => member(atRiverside.courseId, id, 'learner')),
      ...[people.hana, people.igor].map((id) => member(atHillside.courseId, id, 'learner')),
      member(atRiverside.courseId, people.rosa, 'instructor'),
      member(atHillside.courseId, people.hugo, 'instructor'),
    ])
    .execute()
  const link = async (course_id: CourseId, resource_link_id: string, cohort_id: CohortId | null) => {
    const { id } = await db
      .insertInto('course_link')
      .values({ network_id, course_id, resource_link_id, title: null, cohort_id, round_id: null, created_at: now })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id as CourseLinkId
  }

  return {
    now,
    slug,
    networkId,
    regionId,
    institutions: { riverside, hillside, tenthStreet },
    people,
    cohortId,
    meetings: { past, next, later },
    promptId: prompt.id as PromptId,
    courses: { riverside: atRiverside.courseId, hillside: atHillside.courseId },
    platforms: { riverside: atRiverside.platformId, hillside: atHillside.platformId },
    links: {
      riverside: await link(atRiverside.courseId, 'space', cohortId),
      hillside: await link(atHillside.courseId, 'space', cohortId),
      unbound: await link(atRiverside.courseId, 'unbound', null),
    },
  }
}
