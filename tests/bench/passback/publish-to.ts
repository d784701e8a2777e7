import type { CohortId, CourseId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { insertRound } from '@copractice/store/review'
import { COURSE, type Lms, type Registered } from './wire.ts'

export type Published = Readonly<{
  networkId: NetworkId
  courseId: CourseId
  roundId: RoundId
  people: readonly PersonId[]
}>

/** A course at the LMS and a closed round in which each of its learners has handed in. */
export async function publishTo(db: Db, lms: Lms, tool: Registered, learners: number): Promise<Published> {
  const now = new Date()
  const { id: network_id } = await db
    .insertInto('network')
    .values({ name: 'Bench', slug: 'bench', time_zone: 'UTC' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const institution = await db
    .insertInto('institution')
    .values({
      network_id,
      region_id: null,
      name: 'Riverside State',
      kind: 'campus',
      letter: 'R',
      colour: 1,
      time_zone: 'UTC',
      member_since: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const platform = await db
    .insertInto('lti_platform')
    .values({
      network_id,
      institution_id: institution.id,
      profile: 'canvas',
      issuer: lms.issuer,
      client_id: tool.clientId,
      authorization_endpoint: lms.endpoints.authorization,
      token_endpoint: lms.endpoints.token,
      jwks_uri: lms.endpoints.jwks,
      confirmed_addresses: Object.values(lms.endpoints),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const course = await db
    .insertInto('course')
    .values({
      network_id,
      platform_id: platform.id,
      deployment_id: tool.deploymentId,
      context_id: COURSE,
      title: COURSE,
      label: null,
      lineitems_url: tool.lineItems,
      memberships_url: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const region = await db
    .insertInto('region')
    .values({ network_id, name: 'R' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('policy_pack').values({ network_id, version: 1, limits: '{}' }).execute()
  const cohort = await db
    .insertInto('cohort')
    .values({
      network_id,
      region_id: region.id,
      name: 'Willow',
      theme: '',
      time_zone: 'UTC',
      policy_version: 1,
      convening_id: null,
      submission_deadline: null,
      created_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const nobody = { network_id, pronouns: null, email: null, time_zone: null }
  const made = await db
    .insertInto('person')
    .values(Array.from({ length: learners }, (_, index) => ({ ...nobody, name: `Person ${index}` })))
    .returning('id')
    .execute()
  const people = made.map(({ id }) => id as PersonId)
  const networkId = network_id as NetworkId
  const roundId = await insertRound(db, networkId, {
    cohortId: cohort.id as CohortId,
    title: 'Plan',
    instructions: '',
    rubric: { criteria: [] },
    reviewsPerSubmission: 2,
    anonymity: 'double',
    sameCampus: 'allow',
    submitUntil: new Date(+now - 7_200_000),
    reviewUntil: new Date(+now - 3_600_000),
    timeZone: 'UTC',
    workMaximum: 20,
    reviewingMaximum: 10,
    seed: 1,
    createdBy: people[0]!,
    createdAt: now,
  })
  const submitted_at = new Date(+now - 8_000_000)
  await db
    .insertInto('submission')
    .values(
      people.map((author_id) => ({
        network_id,
        round_id: roundId,
        author_id,
        body: 'A plan',
        status: 'submitted' as const,
        saved_at: submitted_at,
        submitted_at,
      })),
    )
    .execute()
  return { networkId, courseId: course.id as CourseId, roundId, people }
}
