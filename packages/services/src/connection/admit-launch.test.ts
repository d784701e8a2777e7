import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { InstitutionId, NetworkId, PlatformId, RegionId } from '@copractice/core/kernel'
import type { VerifiedLaunch } from '@copractice/lti'
import type { Db, OpenDatabase } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { addCohort } from '../testing/index.ts'
import { loadSession } from '../directory/load-session.ts'
import { admitLaunch as admit, type Admission } from './admit-launch.ts'

const now = new Date('2026-11-21T10:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

let open: OpenDatabase
let launch: VerifiedLaunch
let regionId: string

/** A ticket of a login of its own, by the connection as `beforeEach` made it. */
function ticketFor(launch: VerifiedLaunch) {
  const { networkId, institutionId, platformId, profile, issuer, clientId, deploymentId } = launch
  const [authorizationEndpoint, jwksUri] = [`${issuer}/auth`, `${issuer}/jwks`]
  const whose = { networkId, institutionId, platformId, profile, issuer, clientId }
  const policy = { confirmedAddresses: '', anonymousLaunches: 'refuse', status: 'active' } as const
  const platform = { ...whose, authorizationEndpoint, jwksUri, ...policy }
  return { loginId: randomBytes(16), expiresAt: later(10), platform, deploymentId }
}
async function admitLaunch(db: Db, launch: VerifiedLaunch, at: Date): Promise<Admission> {
  const admitting = await admit(db, launch, ticketFor(launch), at)
  if (admitting.kind === 'not_taken') throw new Error(JSON.stringify(admitting.taken))
  return admitting.admission
}
beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())

/** A network, region, member campus and platform of their own for each test. */
beforeEach(async () => {
  const { db } = open
  const slug = randomUUID()
  const network_id = (
    await db
      .insertInto('network')
      .values({ name: slug, slug, time_zone: 'UTC' })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id
  regionId = (
    await db.insertInto('region').values({ network_id, name: 'North' }).returning('id').executeTakeFirstOrThrow()
  ).id
  const campus = { network_id, region_id: regionId, kind: 'campus', letter: 'R', colour: 1, time_zone: 'UTC' } as const
  const institution = await db
    .insertInto('institution')
    .values({ ...campus, name: 'Riverside State', member_since: '2020-01-01' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const issuer = `https://lms.example/${slug}`
  const platform = await db
    .insertInto('lti_platform')
    .values({
      network_id,
      institution_id: institution.id,
      profile: 'canvas',
      issuer,
      client_id: '10',
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('lti_deployment').values({ network_id, platform_id: platform.id, deployment_id: '7:a' }).execute()
  launch = {
    networkId: network_id as NetworkId,
    institutionId: institution.id as InstitutionId,
    platformId: platform.id as PlatformId,
    profile: 'canvas',
    issuer,
    clientId: '10',
    deploymentId: '7:a',
    messageType: 'LtiResourceLinkRequest',
    sub: 'sub-1',
    isAnonymous: false,
    deepLinking: null,
    name: 'Ana Ruiz',
    givenName: 'Ana',
    familyName: 'Ruiz',
    email: 'ana@riverside.example',
    locale: 'en',
    timeZone: null,
    roles: [],
    standing: { role: 'learner', isTest: false },
    mentees: [],
    sections: null,
    context: { id: 'course-1', title: 'CEP 610', label: 'CEP' },
    resourceLink: { id: 'link-1', title: 'Our cohort' },
    ags: { lineItemsUrl: `${issuer}/lineitems`, lineItemUrl: null, scopes: ['a', 'b'] },
    nrps: { membershipsUrl: `${issuer}/members` },
    custom: {},
    targetLinkUri: 'https://tool.example/lti/launch',
    forUserId: null,
    returnUrl: null,
  }
})

async function newCohort(regionOfCohort: string): Promise<string> {
  const { db } = open
  const network_id = launch.networkId
  await db
    .insertInto('policy_pack')
    .values({ network_id, version: 1, limits: {} })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return addCohort(db, { networkId: launch.networkId, regionId: regionOfCohort as RegionId }, randomUUID())
}

const rows = (table: 'person' | 'identity' | 'course' | 'course_member' | 'course_link' | 'space_session') =>
  open.db.selectFrom(table).selectAll().where('network_id', '=', launch.networkId).execute()

it('makes person, affiliation, course, membership and link at the first launch, and finds them at the next', async () => {
  const first = await admitLaunch(open.db, launch, now)
  const second = await admitLaunch(open.db, launch, later(1))

  expect(second.personId).toBe(first.personId)
  expect(second.courseLinkId).toBe(first.courseLinkId)
  expect(second.token).not.toBe(first.token)
  for (const table of ['person', 'identity', 'course', 'course_member', 'course_link'] as const)
    expect(await rows(table)).toHaveLength(1)
  expect(await rows('space_session')).toHaveLength(2)
  const affiliation = await open.db
    .selectFrom('affiliation')
    .selectAll()
    .where('person_id', '=', first.personId)
    .execute()
  expect(affiliation).toMatchObject([{ institution_id: launch.institutionId, kind: 'student' }])
  expect(await loadSession(open.db, second.token, later(2))).toMatchObject({
    courseLinkId: first.courseLinkId,
    actor: { personId: first.personId, courses: [{ role: 'learner' }] },
  })
})

it('opens the session of a known launch in one statement and writes nothing else', async () => {
  await admitLaunch(open.db, launch, now)
  const before = await rows('course_member')
  const { db } = open
  let statements = 0
  const counted = db.withPlugin({
    transformQuery: ({ node }) => {
      statements++
      return node
    },
    transformResult: async ({ result }) => result,
  })
  await admitLaunch(counted, launch, later(1))
  expect(statements).toBe(1)
  expect(await rows('course_member')).toEqual(before)
})

it('takes a ticket once, also when ten try at once, and writes nothing for the others', async () => {
  await admitLaunch(open.db, launch, now)
  for (const told of [launch, { ...launch, sub: 'sub-2' }]) {
    const before = (await rows('space_session')).length
    const ticket = ticketFor(launch)
    const all = await Promise.all(Array.from({ length: 10 }, () => admit(open.db, told, ticket, later(1))))
    expect(all.filter(({ kind }) => kind === 'admitted')).toHaveLength(1)
    expect(await rows('space_session')).toHaveLength(before + 1)
  }
})

it.each([
  ['is switched off', { status: 'disabled' }],
  ['has other keys', { jwks_uri: 'https://elsewhere.example/jwks' }],
  ['is of another campus’s account', { client_id: '11' }],
] as const)('takes no ticket of a connection that %s by now', async (_how, changed) => {
  await admitLaunch(open.db, launch, now)
  const ticket = ticketFor(launch)
  await open.db.updateTable('lti_platform').set(changed).where('id', '=', launch.platformId).execute()
  const refused = await admit(open.db, launch, ticket, later(1))
  expect(refused).toMatchObject({ kind: 'not_taken', taken: { isAsProved: false } })
  expect(await rows('space_session')).toHaveLength(1)
})

it('takes no ticket for a deployment that is unknown or switched off', async () => {
  const unknown = { ...launch, deploymentId: '7:b' }
  expect(await admit(open.db, unknown, ticketFor(unknown), now)).toMatchObject({ taken: { deploymentStatus: null } })
  await open.db
    .updateTable('lti_deployment')
    .set({ status: 'disabled' })
    .where('platform_id', '=', launch.platformId)
    .execute()
  const off = await admit(open.db, launch, ticketFor(launch), now)
  expect(off).toMatchObject({ kind: 'not_taken', taken: { deploymentStatus: 'disabled' } })
  expect(await rows('person')).toEqual([])
})

it('takes over what the LMS says anew, and keeps what it leaves out', async () => {
  await admitLaunch(open.db, launch, now)
  const context = { id: 'course-1', title: 'CEP 610, spring', label: null }
  const standing = { role: 'instructor', isTest: false } as const
  await admitLaunch(open.db, { ...launch, context, standing, ags: null, nrps: null }, later(1))

  expect(await rows('course')).toMatchObject([
    {
      title: 'CEP 610, spring',
      label: 'CEP',
      lineitems_url: `${launch.issuer}/lineitems`,
      memberships_url: `${launch.issuer}/members`,
      ags_scopes: ['a', 'b'],
    },
  ])
  expect(await rows('course_member')).toMatchObject([{ role: 'instructor', role_from: 'launch' }])
})

it('fills an unknown name, and never writes over one that is there', async () => {
  const { personId } = await admitLaunch(open.db, { ...launch, name: null, givenName: null, familyName: null }, now)
  const name = async () => (await rows('person')).map((person) => ('name' in person ? person.name : undefined))
  expect(await name()).toEqual([null])
  await admitLaunch(open.db, { ...launch, name: null }, later(1))
  expect(await name()).toEqual(['Ana Ruiz'])
  await open.db.updateTable('person').set({ name: 'Anita' }).where('id', '=', personId).execute()
  await admitLaunch(open.db, launch, later(2))
  await admitLaunch(open.db, { ...launch, name: null, givenName: null, familyName: null }, later(3))
  expect(await name()).toEqual(['Anita'])
})

it('makes another person for another sub with the same e-mail', async () => {
  const one = await admitLaunch(open.db, launch, now)
  const other = await admitLaunch(open.db, { ...launch, sub: 'sub-2' }, now)
  expect(other.personId).not.toBe(one.personId)
})

it('makes one person when ten first launches of one sub arrive at once', async () => {
  const admitted = await Promise.all(Array.from({ length: 10 }, () => admitLaunch(open.db, launch, now)))
  expect(new Set(admitted.map(({ personId }) => personId)).size).toBe(1)
  expect(await rows('person')).toHaveLength(1)
})

it('does not change an affiliation that is stated', async () => {
  const { personId } = await admitLaunch(open.db, launch, now)
  await open.db.updateTable('affiliation').set({ kind: 'staff' }).where('person_id', '=', personId).execute()
  await admitLaunch(open.db, { ...launch, standing: { role: 'instructor', isTest: false } }, later(1))
  const affiliation = await open.db.selectFrom('affiliation').select('kind').where('person_id', '=', personId).execute()
  expect(affiliation).toEqual([{ kind: 'staff' }])
})

const opened = async (custom: Record<string, string> = {}) => {
  const { token } = await admitLaunch(open.db, { ...launch, custom }, now)
  return (await loadSession(open.db, token, later(1)))?.cohortId
}

it('opens the cohort of the region that the link names, and remembers it', async () => {
  expect(await opened()).toBeNull()
  const cohort = await newCohort(regionId)
  expect(await opened({ cohort })).toBe(cohort)
  expect(await opened()).toBe(cohort)
})

it('does not open a cohort of another region, of another network, or what is no id', async () => {
  const far = await open.db
    .insertInto('region')
    .values({ network_id: launch.networkId, name: 'South' })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const cohort of [await newCohort(far.id), randomUUID(), '$Canvas.cohort', "'; drop table cohort"])
    expect(await opened({ cohort })).toBeNull()
})

it('opens a session without a course for a launch from outside any course', async () => {
  const outside = await admitLaunch(open.db, { ...launch, context: null, resourceLink: null }, now)
  expect(outside).toMatchObject({ courseLinkId: null, startAt: '/home' })
  expect(await loadSession(open.db, outside.token, later(1))).toMatchObject({ actor: { courses: [] } })
})

it('remembers when the platform last launched', async () => {
  await admitLaunch(open.db, launch, now)
  await admitLaunch(open.db, launch, later(5))
  const platform = await open.db
    .selectFrom('lti_platform')
    .select('last_launch_at')
    .where('id', '=', launch.platformId)
    .executeTakeFirstOrThrow()
  expect(platform.last_launch_at).toEqual(later(5))
})
