import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Profile, SimulatedPerson } from '@copractice/lms-simulator'
import type { PersonId, RoundId } from '@copractice/core/kernel'
import { updateRound } from '@copractice/store/review'
import { openSpace, type Visit } from './lti/open-space.ts'
import { addRound } from '@copractice/services/testing'

type Role = SimulatedPerson['role']
const person = (id: string, role: Role = 'learner'): SimulatedPerson => ({
  id,
  role,
  name: `Person ${id}`,
  givenName: 'Person',
  familyName: id,
  email: `${id}@x.example`,
})
const levels = [0, 10].map((points) => ({ points, label: `${points} points`, descriptor: 'As it says.' }))
const criterion = { id: 'a', title: 'A', description: '', commentRequired: false, levels }
const learners = (count: number) => Array.from({ length: count }, (_, index) => person(String(1000 + index)))

describe.each<Profile>(['canvas', 'moodle'])('the roster of a course in %s, read by its instructor', (profile) => {
  // Three pages.
  const many = profile === 'canvas' ? 120 : 420
  const staff = [person('1', 'instructor'), person('2', 'ta')]
  let space: Awaited<ReturnType<typeof openSpace>>, instructor: Visit
  beforeAll(async () => {
    space = await openSpace([...staff, ...learners(many)], { profile })
    instructor = await space.enter('1')
    await space.enter('2')
  })
  afterAll(() => space.close())
  /** A session is over by then. */
  const hoursLater = async (hours: number) => {
    space.clock.now = new Date(+space.clock.now + hours * 3_600_000)
    instructor = await space.enter('1')
  }
  const state = async () => (await instructor('GET', '/api/roster/sync')).body
  const listed = async (query: string) => (await instructor('GET', `/api/roster?limit=100&${query}`)).body.items

  it('on demand, and shows how far it has come', async () => {
    expect(await state()).toMatchObject({ sync: { status: 'never' }, isOffered: true, maySync: true, here: 2 })
    const asked = await instructor('POST', '/api/roster/sync')
    expect([asked.status, asked.body.sync.status]).toEqual([201, 'waiting'])
    space.lms.setFault({ kind: 'latency', milliseconds: 120, count: 3, service: 'memberships' })
    const reading = space.tool.syncRosters().then(() => 'done')
    const seen = new Set<string>()
    const isOver = async () => {
      const soon = new Promise((resolve) => setTimeout(resolve, 15))
      return (await Promise.race([reading, soon])) === 'done'
    }
    while (!(await isOver())) {
      const { sync } = await state()
      seen.add(`${sync.status} ${sync.seen > 0 && sync.seen < many ? 'on its way' : ''}`.trim())
    }
    expect(seen).toContain('running on its way')
    expect(await state()).toMatchObject({ sync: { status: 'done', seen: many + 2, departed: 0 }, here: many + 2 })
    expect(await instructor('POST', '/api/roster/sync')).toMatchObject({
      status: 429,
      body: { code: 'roster.just_read' },
    })
    const learner = await space.enter('1000')
    expect(await learner('POST', '/api/roster/sync')).toMatchObject({ status: 403 })
  })

  it('by itself hours later, and marks who has left', async () => {
    space.lms.changeCourse('c', { people: [...staff, ...learners(many).slice(3)] })
    await hoursLater(3)
    await space.tool.syncRosters()
    expect(await state()).toMatchObject({ here: many + 2, left: 0 })
    await hoursLater(6)
    await space.tool.syncRosters()
    expect(await state()).toMatchObject({ sync: { status: 'done', departed: 3 }, here: many - 1, left: 3 })
    const gone = (await listed('left=true')) as { name: string; hasLeft: boolean }[]
    expect(gone.map(({ name, hasLeft }) => [name, hasLeft])).toEqual([
      ['Person 1000', true],
      ['Person 1001', true],
      ['Person 1002', true],
    ])
    // Whoever comes from the LMS again is there again.
    space.lms.changeCourse('c', { people: [...staff, ...learners(many)] })
    await space.enter('1000')
    expect(await state()).toMatchObject({ here: many, left: 2 })
  })

  it('and no role that somebody came with is lowered by it', async () => {
    const people = (await listed('search=Person 2')) as { name: string; role: string; knownFrom: string }[]
    const assistant = people.find(({ name }) => name === 'Person 2')
    // Moodle's roster calls an assistant a Learner.
    expect(assistant).toMatchObject({
      role: profile === 'canvas' ? 'teaching_assistant' : 'instructor',
      knownFrom: 'launch',
    })
  })
})

describe('the test student of Canvas (Student View)', () => {
  const people = [person('1', 'instructor'), person('t', 'test_student'), ...learners(4)]
  let space: Awaited<ReturnType<typeof openSpace>>, test: Visit, instructor: Visit, roundId: RoundId, testId: PersonId
  beforeAll(async () => {
    space = await openSpace(people, { profile: 'canvas' })
    const { db, seeded, clock } = space
    instructor = await space.enter('1')
    for (const { id } of learners(4)) {
      const learner = await space.enter(id)
      await learner('POST', '/api/cohort/join')
    }
    test = await space.enter('t')
    const { id } = await db.selectFrom('person').select('id').where('is_test', '=', true).executeTakeFirstOrThrow()
    testId = id as PersonId
    const hours = (n: number) => new Date(+clock.now + n * 3_600_000)
    roundId = await addRound(db, seeded, clock.now, {
      rubric: { criteria: [criterion] },
      submitUntil: hours(1),
      reviewUntil: hours(2),
    })
    await updateRound(db, seeded.networkId, roundId, { phase: 'submit' })
  })
  afterAll(() => space.close())

  it('looks at everything that a learner sees', async () => {
    const session = await test('GET', '/api/session')
    expect(session.body).toMatchObject({ standing: 'test_visitor', can: { enter: true, join: false, post: false } })
    for (const path of [
      '/api/cohort/home',
      '/api/cohort/people?limit=50',
      '/api/prompts?limit=10',
      '/api/meetings?limit=10',
      '/api/rounds?limit=10',
      `/api/rounds/${roundId}`,
    ])
      expect([path, (await test('GET', path)).status]).toEqual([path, 200])
    expect((await test('GET', '/api/roster?limit=10')).status).toBe(403)
  })

  it('tries what a learner does, is told why not, and leaves nothing behind', async () => {
    const { promptId, meetings } = space.seeded
    const refused = async (method: string, path: string, body?: unknown) => {
      const { status, body: problem } = await test(method, path, body)
      return [status, problem?.code] as const
    }
    expect(await refused('POST', '/api/cohort/join')).toEqual([403, 'cohort.test_person'])
    // A post's refusal tells no more than to a stranger: the page offers no field to begin with.
    expect(await refused('POST', `/api/prompts/${promptId}/posts`, { body: 'Hello' })).toEqual([404, 'cohort.unknown'])
    expect(await refused('POST', `/api/meetings/${meetings.next}/answer`, { answer: 'yes' })).toEqual([
      403,
      'meeting.no_seat',
    ])
    expect(await refused('PUT', `/api/rounds/${roundId}/submission`, { body: 'A plan', basedOn: null })).toEqual([
      403,
      'review.not_participant',
    ])
    expect(await refused('POST', `/api/rounds/${roundId}/submission/hand-in`)).toEqual([403, 'review.not_participant'])
    const traces = await Promise.all([
      space.db.selectFrom('seat').select('id').where('person_id', '=', testId).execute(),
      space.db.selectFrom('post').select('id').where('author_id', '=', testId).execute(),
      space.db.selectFrom('meeting_answer').select('person_id').where('person_id', '=', testId).execute(),
      space.db.selectFrom('submission').select('id').where('author_id', '=', testId).execute(),
    ])
    expect(traces).toEqual([[], [], [], []])
  })

  it('is no person of the cohort, of the roster, or of its counts', async () => {
    await space.db.deleteFrom('roster_sync').execute()
    await instructor('POST', '/api/roster/sync')
    await space.tool.syncRosters()
    expect((await instructor('GET', '/api/roster/sync')).body).toMatchObject({ here: 5, members: 4 })
    const roster = await instructor('GET', '/api/roster?limit=50')
    expect(JSON.stringify(roster.body)).not.toContain('Person t')
    expect(JSON.stringify((await instructor('GET', '/api/cohort/people?limit=50')).body)).not.toContain('Person t')
  })

  it('reviews nobody, also when everybody does, and stands in no column and no report', async () => {
    const { db, seeded, clock, lms, tool } = space
    const rows = await db
      .selectFrom('seat')
      .select('person_id')
      .where('cohort_id', '=', seeded.cohortId)
      .where('kind', '<>', 'facilitator')
      .execute()
    await db
      .insertInto('submission')
      .values(
        rows.map(({ person_id }) => ({
          network_id: seeded.networkId,
          round_id: roundId,
          author_id: person_id,
          body: 'A plan',
          status: 'submitted' as const,
          saved_at: clock.now,
          submitted_at: clock.now,
        })),
      )
      .execute()
    const allocated = await instructor('POST', `/api/rounds/${roundId}/allocate`, { withoutWork: true })
    expect(allocated.status).toBe(201)
    expect(allocated.body.matrix.rows).toHaveLength(rows.length)
    expect(JSON.stringify(allocated.body)).not.toContain(testId)

    const marks = JSON.stringify([{ criterionId: 'a', points: 10, comment: '' }])
    await db.updateTable('review_assignment').set({ saved_at: clock.now, filed_at: clock.now, marks }).execute()
    clock.now = new Date(+clock.now + 3 * 3_600_000)
    instructor = await space.enter('1')
    const preview = await instructor('GET', `/api/rounds/${roundId}/publish-preview`)
    expect(preview.body.rows.map(({ name }: { name: string }) => name)).toEqual(
      learners(4).map(({ id }) => `Person ${id}`),
    )
    const { fingerprint } = preview.body
    expect((await instructor('POST', `/api/rounds/${roundId}/publish`, { fingerprint })).status).toBeLessThan(300)
    await tool.deliverScores()
    const held = lms.gradebook('c').cells.filter(({ score }) => score !== null)
    expect(new Set(held.map(({ personId }) => personId))).toEqual(new Set(learners(4).map(({ id }) => id)))
    for (const path of ['progress', 'scores', 'deliveries?limit=50']) {
      const report = await instructor('GET', `/api/rounds/${roundId}/${path}`)
      expect([path, report.status, JSON.stringify(report.body).includes(testId)]).toEqual([path, 200, false])
    }
    expect(await db.selectFrom('mail').select('id').where('recipient', '=', 't@x.example').execute()).toEqual([])
  })
})
