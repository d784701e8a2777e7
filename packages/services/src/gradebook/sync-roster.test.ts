import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CourseId } from '@copractice/core/kernel'
import {
  RosterUnavailable,
  type LtiRoster,
  type RosterMember,
  type RosterPage,
  type ServiceTrouble,
} from '@copractice/lti'
import type { OpenDatabase } from '@copractice/store/database'
import { askForRoster, claimDueRoster, saveRosterPage } from '@copractice/store/gradebook'
import { openTestDb } from '@copractice/store/testing'
import { addRound, actorFor, seedNetwork, type SeededNetwork } from '../testing/index.ts'
import { previewPublish } from './preview-publish.ts'
import { syncDueRosters } from './sync-roster.ts'
import { updateRound } from '@copractice/store/review'

const LEARNER = 'http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'
const TEST_USER = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser'
const member = (userId: string, changes: Partial<RosterMember> = {}): RosterMember => ({
  userId,
  status: 'active',
  roles: [LEARNER],
  name: null,
  givenName: null,
  familyName: null,
  email: null,
  ...changes,
})
const page = (members: readonly RosterMember[], changes: Partial<RosterPage> = {}): RosterPage => ({
  members,
  next: null,
  differences: null,
  ...changes,
})

/** An LMS that answers each address as told; null is the first page. */
class Roster implements LtiRoster {
  readonly asked: (string | null)[] = []
  pages = new Map<string | null, RosterPage | ServiceTrouble | Error>()
  async readPage(_platform: unknown, _url: string, from: string | null): Promise<RosterPage> {
    this.asked.push(from)
    const answer = this.pages.get(from)
    if (answer && 'members' in answer) return answer
    if (answer instanceof Error) throw answer
    throw new RosterUnavailable(answer ?? { kind: 'refused', code: 'lms.404', reason: 'Gone.' })
  }
  // eslint-disable-next-line require-yield
  async *listMembers(): AsyncGenerator<readonly RosterMember[]> {
    throw new Error('not asked for here')
  }
}

const start = new Date('2026-03-09T12:00:00.300Z')
let open: OpenDatabase, seeded: SeededNetwork, roster: Roster
let now: Date
beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())
beforeEach(async () => {
  now = start
  roster = new Roster()
  await open.db.deleteFrom('roster_sync').execute()
  await open.db.updateTable('course').set({ memberships_url: null }).execute()
  seeded = await seedNetwork(open.db, { now: new Date(+now - 60_000) })
  // So that only Riverside's course is read by itself.
  await open.db.updateTable('course').set({ memberships_url: null }).where('id', '=', seeded.courses.hillside).execute()
})

const work = () =>
  syncDueRosters({ db: open.db, roster, log: pino({ level: 'silent' }), clock: () => now, roll: () => 0.5 })
const courseId = () => seeded.courses.riverside
const sync = async () => {
  await askForRoster(open.db, { networkId: seeded.networkId, courseId: courseId() }, now)
  await work()
  return state()
}
const state = () =>
  open.db.selectFrom('roster_sync').selectAll().where('course_id', '=', courseId()).executeTakeFirstOrThrow()
const members = async () =>
  new Map(
    (
      await open.db
        .selectFrom('course_member as m')
        .innerJoin('person as p', 'p.id', 'm.person_id')
        .select(['m.lms_user_id', 'm.status', 'm.role', 'm.role_from', 'm.seen_at', 'p.id', 'p.name', 'p.email'])
        .where('m.course_id', '=', courseId())
        .execute()
    ).map((row) => [row.lms_user_id, row]),
  )
const later = (hours: number) => {
  now = new Date(+now + hours * 3_600_000)
}

it('takes a course of 7,500 that comes on one page, whatever was asked for', async () => {
  const ids = Array.from({ length: 7500 }, (_, index) => `u${index}`)
  roster.pages.set(null, page(ids.map((id) => member(id))))
  expect(await sync()).toMatchObject({ status: 'done', seen: ids.length, added: ids.length, last_error: null })
})

describe('where the LMS offers differences', () => {
  it('reads only those for a day, takes the deleted for left, and finds nobody missing', async () => {
    roster.pages.set(null, page([member('u1')], { next: '/2', differences: '/since-1' }))
    roster.pages.set('/2', page([member('u2')]))
    roster.pages.set('/since-1', page([member('u2', { status: 'deleted' }), member('u3')], { differences: '/since-2' }))
    roster.pages.set('/since-2', page([], { differences: '/since-3' }))
    expect(await sync()).toMatchObject({ status: 'done', seen: 2, differences_url: '/since-1' })
    later(5)
    expect(await sync()).toMatchObject({ seen: 2, added: 1, departed: 1, differences_url: '/since-2' })
    later(5)
    await sync()
    expect(roster.asked).toEqual([null, '/2', '/since-1', '/since-2'])
    const known = await members()
    expect(['u1', 'u2', 'u3'].map((id) => known.get(id)!.status)).toEqual(['active', 'left', 'active'])
    later(24)
    await sync()
    expect(roster.asked.slice(4)).toEqual([null, '/2'])
  })

  it('reads the whole when the link is no longer taken', async () => {
    roster.pages.set(null, page([member('u1'), member('u2')], { differences: '/gone' }))
    await sync()
    later(5)
    roster.pages.set(null, page([member('u1')]))
    expect(await sync()).toMatchObject({ status: 'done', departed: 1, last_error: null, differences_url: null })
    expect(roster.asked).toEqual([null, '/gone', null])
  })
})

it('does not take a page after which reading failed for the whole, however it failed', async () => {
  roster.pages.set(null, page([member('u1'), member('u2')]))
  await sync()
  const troubles = [
    [{ kind: 'refused', code: 'lms.403', reason: 'Not allowed.' }, 'failed', 'not_permitted Not allowed.'],
    [{ kind: 'unauthorized', reason: 'Not let in.' }, 'failed', 'not_permitted Not let in.'],
    [{ kind: 'refused', code: 'lms.answer_unreadable', reason: 'Odd.' }, 'failed', 'unreadable Odd.'],
    [{ kind: 'unreachable', reason: 'No answer.' }, 'waiting', 'lms_unreachable No answer.'],
  ] as const
  for (const [trouble, status, error] of troubles) {
    later(9)
    roster.pages.set(null, page([member('u1')], { next: '/2' }))
    roster.pages.set('/2', trouble)
    expect(await sync()).toMatchObject({ status, last_error: error, departed: 0, claim: null })
    expect((await members()).get('u2')!.status).toBe('active')
  }
})

it('fails with a fault of our own, and says so, without holding on to the course', async () => {
  roster.pages.set(null, new Error('a bug'))
  await expect(sync()).rejects.toThrow('a bug')
  expect(await state()).toMatchObject({ status: 'failed', last_error: 'fault', claim: null })
})

it('goes on with the other courses after such a fault, however many have one', async () => {
  roster.pages.set(null, new Error('a bug'))
  const place = { network_id: seeded.networkId, platform_id: seeded.platforms.riverside, deployment_id: '1' }
  const courses = await open.db
    .insertInto('course')
    .values(
      ['one', 'two', 'three', 'four', 'five', 'six'].map((context_id) => ({
        ...place,
        context_id,
        title: null,
        label: null,
        lineitems_url: null,
        memberships_url: 'https://lms.example/members',
      })),
    )
    .returning('id')
    .execute()
  for (const { id } of courses)
    await askForRoster(open.db, { networkId: seeded.networkId, courseId: id as CourseId }, now)
  await expect(work()).rejects.toThrow('a bug')
  expect(roster.asked).toHaveLength(courses.length)
})

it('tries again with longer waits, at most eight times, and leaves the other courses of that LMS alone meanwhile', async () => {
  roster.pages.set(null, { kind: 'busy', reason: 'Busy.', retryAfterSeconds: 600 })
  const other = await open.db
    .insertInto('course')
    .values({
      network_id: seeded.networkId,
      platform_id: seeded.platforms.riverside,
      deployment_id: '1',
      context_id: 'other',
      title: null,
      label: null,
      lineitems_url: null,
      memberships_url: 'https://x.example/other',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await askForRoster(open.db, { networkId: seeded.networkId, courseId: other.id as never }, now)
  await sync()
  expect(roster.asked).toHaveLength(1)
  await open.db.deleteFrom('roster_sync').where('course_id', '=', other.id).execute()
  for (let tries = 0; tries < 8; tries++) {
    const { due_at } = await state()
    expect(+due_at - +now).toBeGreaterThanOrEqual(600_000)
    now = due_at
    await work()
  }
  expect(await state()).toMatchObject({ status: 'failed', attempts: 0 })
})

it('keeps out test people, reads odd lists, and takes each person once', async () => {
  roster.pages.set(
    null,
    page([
      member('u1', { name: 'Old' }),
      member('u1', { name: 'Ümit ✨' }),
      member('u2', { givenName: 'Bo', familyName: 'Li' }),
      member('t', { roles: [LEARNER, TEST_USER] }),
      member('stranger', { status: 'inactive' }),
      member('guest', { roles: ['urn:example:Dean'] }),
    ]),
  )
  expect(await sync()).toMatchObject({ seen: 4, added: 3 })
  const known = await members()
  expect(known.get('u1')!.name).toBe('Ümit ✨')
  expect(known.get('u2')!.name).toBe('Bo Li')
  expect(known.get('guest')!.role).toBe('guest')
  expect(known.has('t') || known.has('stranger')).toBe(false)
})

it('touches no other course and no other network, whatever their people are called', async () => {
  const other = await seedNetwork(open.db, { now })
  const snapshot = () =>
    open.db
      .selectFrom('course_member')
      .selectAll()
      .where((eb) => eb.or([eb('network_id', '=', other.networkId), eb('course_id', '=', seeded.courses.hillside)]))
      .orderBy('lms_user_id')
      .execute()
  const before = await snapshot()
  roster.pages.set(null, page([...before.map(({ lms_user_id }) => member(lms_user_id)), member('u1')]))
  await sync()
  expect(await snapshot()).toEqual(before)
  expect((await members()).get('u1')).toMatchObject({ status: 'active' })
})

it('saves a page with the same number of statements, however many of a thousand it names', async () => {
  const statements = async (count: number) => {
    let queries = 0
    const counted = open.db.withPlugin({
      transformQuery: ({ node }) => {
        queries++
        return node
      },
      transformResult: async ({ result }) => result,
    })
    await askForRoster(open.db, { networkId: seeded.networkId, courseId: courseId() }, now)
    const claimed = (await claimDueRoster(open.db, { leaseSeconds: 60, launchedSince: new Date(0) }, now))!
    const lines = Array.from({ length: count }, (_, index) => ({
      userId: `s${count}-${index}`,
      name: null,
      email: null,
      told: { role: 'learner', isTest: false, status: 'active' } as const,
    }))
    expect(
      await saveRosterPage(counted, claimed, { lines, next: null, differences: null }, { now, leaseSeconds: 60 }),
    ).toBe(true)
    await open.db.deleteFrom('roster_sync').execute()
    return queries
  }
  const few = await statements(2)
  expect(few).toBeLessThan(10)
  expect(await statements(400)).toBe(few)
})

it('saves nothing once another worker has taken the roster over', async () => {
  const terms = { leaseSeconds: 60, launchedSince: new Date(0) }
  await askForRoster(open.db, { networkId: seeded.networkId, courseId: courseId() }, now)
  const slow = (await claimDueRoster(open.db, terms, now))!
  expect(await claimDueRoster(open.db, terms, now)).toBeUndefined()
  later(1)
  expect(await claimDueRoster(open.db, terms, now)).toBeDefined()
  const lines = [
    { userId: 'late', name: null, email: null, told: { role: 'learner', isTest: false, status: 'active' } as const },
  ]
  expect(await saveRosterPage(open.db, slow, { lines, next: null, differences: null }, { now, leaseSeconds: 60 })).toBe(
    false,
  )
  expect((await members()).has('late')).toBe(false)
})

it('does not make a second person of one who launches while the page is saved', async () => {
  const { networkId } = seeded
  const platform = await open.db
    .selectFrom('lti_platform')
    .select(['issuer', 'client_id'])
    .where('id', '=', seeded.platforms.riverside)
    .executeTakeFirstOrThrow()
  let saved: Promise<unknown> = Promise.resolve()
  await open.db.transaction().execute(async (trx) => {
    const { id: person_id } = await trx
      .insertInto('person')
      .values({ network_id: networkId, name: 'Launched', email: null, pronouns: null, time_zone: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('identity')
      .values({ network_id: networkId, person_id, kind: 'lti', ...platform, subject: 'u9' })
      .execute()
    roster.pages.set(null, page([member('u8', { name: 'Eight' }), member('u9', { name: 'Nine' })]))
    saved = sync()
    await new Promise((resolve) => setTimeout(resolve, 300))
  })
  expect(await saved).toMatchObject({ status: 'done', added: 2 })
  const known = await members()
  expect(known.get('u8')!.name).toBe('Eight')
  expect(known.get('u9')!.name).toBe('Launched')
  const people = await open.db.selectFrom('person').select('name').where('network_id', '=', networkId).execute()
  expect(people.filter(({ name }) => name === 'Nine')).toEqual([])
})

it('a learner whom only the roster knows is published like any other once they hold a seat, and not once they left', async () => {
  const { networkId, cohortId, people, institutions, links } = seeded
  roster.pages.set(null, page([member('u1', { name: 'Uma Known' })]))
  await sync()
  const uma = (await members()).get('u1')!.id
  const seat = { network_id: networkId, cohort_id: cohortId, person_id: uma, institution_id: institutions.riverside }
  await open.db
    .insertInto('seat')
    .values({ ...seat, kind: 'participant', status: 'seated', since: now })
    .execute()
  const roundId = await addRound(open.db, seeded, now)
  await updateRound(open.db, networkId, roundId, { phase: 'closed' })
  const rosa = () => actorFor(open.db, { networkId, personId: people.rosa, courseLinkId: links.riverside, now })
  const rows = async () => {
    const preview = await previewPublish(open.db, await rosa(), roundId, now)
    return preview.ok ? preview.value.rows.map(({ name }) => name) : []
  }
  // Ana and Ravi launched before, and the roster does not name them: they have left the course.
  expect(await rows()).toEqual(['Uma Known'])
  later(5)
  roster.pages.set(null, page([]))
  await sync()
  expect(await rows()).toEqual([])
})
