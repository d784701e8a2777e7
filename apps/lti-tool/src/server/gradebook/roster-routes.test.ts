import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { getCohortHome, joinCohort } from '@copractice/core/cohort'
import { linkStatusRoute } from '@copractice/core/connection'
import { getSession } from '@copractice/core/directory'
import { observedRoute, rosterRoute, rosterSyncRoute, syncRosterRoute } from '@copractice/core/gradebook'
import type { CourseId, PersonId } from '@copractice/core/kernel'
import { addRound, addPerson, seedNetwork } from '@copractice/services/testing'
import { ensureLineItems, insertDeliveries } from '@copractice/store/gradebook'
import { startTool, type StartedTool } from '../testing/start-tool.ts'

const start = new Date('2026-11-17T12:00:00Z')
let tool: StartedTool
beforeAll(async () => {
  tool = await startTool(start)
})
beforeEach(async () => {
  tool.clock.now = start
  await tool.db.deleteFrom('roster_sync').execute()
})
afterAll(() => tool.close())

type Member = { role?: 'learner' | 'observer' | 'administrator' | 'teaching_assistant'; isTest?: boolean }
type More = Member & {
  sections?: string[]
  status?: 'active' | 'left'
  from?: 'launch' | 'roster'
  observes?: string[]
}

/** Somebody of Riverside's course. */
async function enrol(name: string, more: More = {}): Promise<PersonId> {
  const { networkId: network_id, courses } = tool.seeded
  const { role = 'learner', isTest = false, sections = [], status = 'active', from = 'roster', observes = [] } = more
  const person_id = await addPerson(tool.db, { networkId: network_id, name })
  await tool.db.updateTable('person').set({ is_test: isTest }).where('id', '=', person_id).execute()
  await tool.db
    .insertInto('course_member')
    .values({
      network_id,
      course_id: courses.riverside,
      person_id,
      lms_user_id: `lms-${name}`,
      role,
      role_from: from,
      status,
      sections,
      observes,
      seen_at: start,
    })
    .execute()
  return person_id
}
/** A session of somebody who is not among the seeded. */
async function asPerson(personId: PersonId) {
  const { openSession } = await import('@copractice/services/testing')
  const courseLinkId = tool.seeded.links.riverside
  const token = await openSession(tool.db, { networkId: tool.seeded.networkId, personId, courseLinkId, now: start })
  return <R extends Parameters<typeof tool.callWith>[1]>(route: R, given = {}) => tool.callWith(token, route, given)
}
const rosa = () => tool.as('rosa', { link: tool.seeded.links.riverside })

describe('GET /api/roster', () => {
  it('lists the people of the session’s course by name, with what they are and where they stand', async () => {
    await enrol('Zoe Unseen', { sections: ['Evening'] })
    await enrol('Test Student', { isTest: true, from: 'launch' })
    const { status, value } = await (await rosa())(rosterRoute, { query: { limit: 50, left: 'false' } })
    expect(status).toBe(200)
    expect(value.items.map(({ name, role, knownFrom, inCohort }) => [name, role, knownFrom, inCohort])).toEqual([
      ['Ana Okonjo', 'learner', 'launch', 'member'],
      ['Ben Adeyemi', 'learner', 'launch', 'no'],
      ['Ravi Nair', 'learner', 'launch', 'member'],
      ['Rosa Voss', 'instructor', 'launch', 'no'],
      ['Zoe Unseen', 'learner', 'roster', 'no'],
    ])
    expect(value.items[4]).toMatchObject({ lastCameAt: null, sections: ['Evening'], hasLeft: false })
    expect(value.items[0]!.lastCameAt).toEqual(start)
  })

  it('finds by name and by section, and shows apart who left', async () => {
    await enrol('Percent 100% sure', { sections: ['Day', 'Lab'] })
    await enrol('Gone Girl', { status: 'left' })
    const call = await rosa()
    const names = async (query: object) => {
      const { value } = await call(rosterRoute, { query: { limit: 50, left: 'false', ...query } })
      return value.items.map(({ name }) => name)
    }
    expect(await names({ search: 'AN' })).toEqual(['Ana Okonjo'])
    expect(await names({ search: '100%' })).toEqual(['Percent 100% sure'])
    expect(await names({ search: '%' })).toEqual(['Percent 100% sure'])
    expect(await names({ section: 'Lab' })).toEqual(['Percent 100% sure'])
    expect(await names({ left: 'true' })).toEqual(['Gone Girl'])
    const { value } = await call(rosterSyncRoute)
    expect(value).toMatchObject({ left: 1, members: 2, isOffered: true, maySync: true })
    expect(value.sections).toEqual(expect.arrayContaining(['Day', 'Lab']))
  })

  it('goes on page by page, with the same number of queries whatever their length', async () => {
    for (let index = 0; index < 12; index++) await enrol(`Many ${String(index).padStart(2, '0')}`)
    const call = await rosa()
    const all: (string | null)[] = []
    const queries: number[] = []
    let after: string | undefined
    do {
      const before = tool.counter.queries
      const { value } = await call(rosterRoute, {
        query: { limit: all.length ? 2 : 11, left: 'false', ...(after && { after }) },
      })
      queries.push(tool.counter.queries - before)
      all.push(...value.items.map(({ name }) => name))
      after = value.next ?? undefined
    } while (after)
    expect(new Set(all).size).toBe(all.length)
    expect([...all].sort((a, b) => (a! < b! ? -1 : 1))).toEqual(all)
    expect(new Set(queries).size).toBe(1)
  })

  it.each([
    ['ana', 'riverside', 403, 'roster.instructors_only'],
    ['hana', 'hillside', 403, 'roster.instructors_only'],
    ['rosa', 'hillside', 403, 'roster.instructors_only'],
  ] as const)('is not for %s in the link of %s', async (who, link, status, code) => {
    const call = await tool.as(who, { link: tool.seeded.links[link] })
    for (const route of [rosterRoute, rosterSyncRoute, syncRosterRoute]) {
      const answer = await call(route, route === rosterRoute ? { query: { limit: 5, left: 'false' } } : {})
      expect([answer.status, answer.problem.code]).toEqual([status, code])
    }
  })

  it('shows nothing of another course or network', async () => {
    const other = await seedNetwork(tool.db, { now: start })
    const hugo = await tool.as('hugo', { link: other.links.hillside, network: other })
    const { value } = await hugo(rosterRoute, { query: { limit: 50, left: 'false' } })
    expect(value.items.map(({ name }) => name)).toEqual(['Hana Weiss', 'Hugo Roldán', 'Igor Sayegh'])
  })

  it('needs a course: a session by e-mail has none', async () => {
    const finn = await tool.as('finn', { cohort: tool.seeded.cohortId })
    expect((await finn(rosterSyncRoute)).problem.code).toBe('roster.not_found')
  })
})

describe('POST /api/roster/sync', () => {
  it('puts the course in the line, once, however often it is asked', async () => {
    const call = await rosa()
    expect((await call(rosterSyncRoute)).value.sync.status).toBe('never')
    expect((await call(syncRosterRoute)).value.sync).toMatchObject({ status: 'waiting', problem: null })
    await call(syncRosterRoute)
    const rows = await tool.db.selectFrom('roster_sync').selectAll().execute()
    expect(rows).toMatchObject([{ course_id: tool.seeded.courses.riverside, status: 'waiting', asked_at: start }])
  })

  it('says when the roster was read less than a minute ago', async () => {
    const call = await rosa()
    await call(syncRosterRoute)
    await tool.db.updateTable('roster_sync').set({ status: 'done', finished_at: start }).execute()
    const again = await call(syncRosterRoute)
    expect([again.status, again.problem.code]).toEqual([429, 'roster.just_read'])
    expect(again.problem.facts).toEqual({ againAt: '2026-11-17T12:01:00.000Z' })
    tool.clock.now = new Date(+start + 60_000)
    expect((await call(syncRosterRoute)).status).toBe(201)
  })

  it('tells in words what went wrong, and when it is tried again', async () => {
    const call = await rosa()
    await call(syncRosterRoute)
    const due_at = new Date(+start + 90_000)
    await tool.db.updateTable('roster_sync').set({ last_error: 'lms_busy The LMS was busy.', due_at }).execute()
    expect((await call(rosterSyncRoute)).value.sync).toMatchObject({
      status: 'waiting',
      problem: 'lms_busy',
      detail: 'The LMS was busy.',
      nextTryAt: due_at,
    })
  })

  it('is not for assistants, who see the roster; and says when the LMS offers none', async () => {
    const call = await asPerson(await enrol('Tariq Aziz', { role: 'teaching_assistant', from: 'launch' }))
    expect((await call(rosterSyncRoute)).value).toMatchObject({ maySync: false })
    expect((await call(syncRosterRoute)).problem.code).toBe('roster.instructors_only')
    const course = tool.db.updateTable('course').where('id', '=', tool.seeded.courses.riverside)
    await course.set({ memberships_url: null }).execute()
    expect((await (await rosa())(syncRosterRoute)).problem.code).toBe('roster.not_offered')
    await course.set({ memberships_url: 'https://lms.example/members' }).execute()
  })
})

describe('GET /api/observed', () => {
  it('shows the published results of whom the observer mentors, and of nobody else', async () => {
    const { networkId, people, courses } = tool.seeded
    const roundId = await addRound(tool.db, tool.seeded, start)
    const courseId: CourseId = courses.riverside
    const publish = (personId: PersonId, score: number, column: 'work' | 'reviewing') =>
      tool.db.transaction().execute(async (trx) => {
        const items = [{ courseId, column, label: column, maximum: 20 }]
        const lineItem = await ensureLineItems(trx, networkId, roundId, items)
        const delivery = { lineItemId: lineItem(courseId, column), courseId, personId, lmsUserId: 'x', maximum: 20 }
        await insertDeliveries(trx, { networkId, roundId, publishedBy: people.rosa }, [{ ...delivery, score }], start)
      })
    const arrive = () => tool.db.updateTable('score_delivery').set({ status: 'arrived', arrived_at: start }).execute()
    await publish(people.ana, 11, 'work')
    await publish(people.ravi, 12, 'work')
    await arrive()
    await publish(people.ana, 15, 'work')
    await arrive()
    // On its way: not published yet.
    await publish(people.ana, 9, 'reviewing')

    const call = await asPerson(
      await enrol('Olu Okonjo', { role: 'observer', from: 'launch', observes: [`lms-${people.ana}`, 'nobody'] }),
    )
    expect((await call(getSession)).value).toMatchObject({ standing: 'observer', can: { enter: false, join: false } })
    const { value } = await call(observedRoute)
    expect(value).toEqual({
      learners: [
        {
          name: 'Ana Okonjo',
          results: [{ roundTitle: 'Action plan', column: 'work', score: 15, maximum: 20, arrivedAt: start }],
        },
      ],
    })
    expect((await call(getCohortHome)).problem.code).toBe('cohort.unknown')
    expect((await call(joinCohort)).problem.code).toBe('eligibility.affiliation')
    expect((await (await rosa())(observedRoute)).problem.code).toBe('observer.not_one')
  })
})

describe('GET /api/link-status', () => {
  it('shows an administrator of the LMS how the link is set up, and nothing of anybody', async () => {
    const call = await asPerson(await enrol('Ada Min', { role: 'administrator', from: 'launch' }))
    expect((await call(getSession)).value).toMatchObject({ standing: 'lms_administrator', can: { enter: false } })
    const { value } = await call(linkStatusRoute)
    expect(value).toEqual({
      institution: 'Riverside State',
      profile: 'canvas',
      connection: 'waiting',
      lastLaunchAt: null,
      lastRefusal: null,
      hasGradebook: true,
      hasRoster: true,
      opens: 'cohort',
    })
    expect((await call(rosterSyncRoute)).problem.code).toBe('roster.instructors_only')
    const ana = await tool.as('ana', { link: tool.seeded.links.riverside })
    expect((await ana(linkStatusRoute)).problem.code).toBe('link.not_yours')
  })
})

it('the LMS’s test student walks through the space and takes no seat', async () => {
  const call = await asPerson(await enrol('Test Student 2', { isTest: true, from: 'launch' }))
  expect((await call(getSession)).value).toMatchObject({
    standing: 'test_visitor',
    can: { enter: true, join: false, post: false, answerMeetings: false, setUpRounds: false },
  })
  expect((await call(getCohortHome)).status).toBe(200)
  expect((await call(joinCohort)).status).not.toBe(200)
})
