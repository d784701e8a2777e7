import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CourseId, NetworkId } from '@copractice/core/kernel'
import { startLmsSimulator, type LmsSimulator, type Profile, type SimulatedPerson } from '@copractice/lms-simulator'
import { syncDueRosters } from '@copractice/services/gradebook'
import { askForRoster, claimDueRoster } from '@copractice/store/gradebook'
import { launch } from './lti/launch-by-hand.ts'
import { openTool, type OpenTool } from './lti/open-tool.ts'

type Role = SimulatedPerson['role']
const person = (id: string, role: Role = 'learner'): SimulatedPerson => ({
  id,
  role,
  name: `Person ${id}`,
  givenName: 'Person',
  familyName: id,
  email: `${id}@x.example`,
})
const learners = (count: number) => Array.from({ length: count }, (_, index) => person(String(1000 + index)))

let tool: OpenTool
let now = new Date()
beforeAll(async () => {
  tool = await openTool(() => now)
})
afterAll(() => tool.close())

describe.each<Profile>(['canvas', 'moodle'])('a course in %s', (profile) => {
  // Moodle gives pages of the 200 we ask for.
  const many = profile === 'canvas' ? 120 : 420
  const staff = [person('1', 'instructor'), person('2', 'ta'), person('3', 'admin')]
  let lms: LmsSimulator
  let courseId: CourseId
  let networkId: NetworkId

  beforeEach(async () => {
    now = new Date()
    lms = await startLmsSimulator({
      profile,
      name: 'Riverside State',
      port: 0,
      clock: () => now,
      courses: [
        {
          id: 'c',
          title: 'C',
          label: 'C',
          term: 'T',
          people: [...staff, ...learners(many)],
          links: [{ id: 'l', title: 'L', kind: 'navigation' }],
        },
      ],
    })
    await tool.connect(lms)
    networkId = tool.networkId as NetworkId
    await comeIn('1')
    const course = await tool.db
      .selectFrom('course as c')
      .innerJoin('lti_platform as f', 'f.id', 'c.platform_id')
      .select('c.id')
      .where('f.issuer', '=', lms.issuer)
      .executeTakeFirstOrThrow()
    courseId = course.id as CourseId
  })
  afterEach(async () => {
    await tool.db.deleteFrom('roster_sync').execute()
    await lms.close()
  })

  const comeIn = async (who: string) => {
    expect((await launch(tool, lms, { how: { person: who } })).status).toBe(200)
  }
  const work = (roster = tool.lti.roster) =>
    syncDueRosters({
      db: tool.db,
      roster,
      log: pino({ level: 'silent' }),
      clock: () => now,
      roll: () => 0.5,
    })
  const ask = () => askForRoster(tool.db, { networkId, courseId }, now)
  const sync = async () => {
    await ask()
    await work()
    return state()
  }
  const state = () =>
    tool.db.selectFrom('roster_sync').selectAll().where('course_id', '=', courseId).executeTakeFirstOrThrow()
  const members = async () => {
    const rows = await tool.db
      .selectFrom('course_member as m')
      .innerJoin('person as p', 'p.id', 'm.person_id')
      .select(['m.lms_user_id', 'm.role', 'm.role_from', 'm.status', 'p.name', 'p.email', 'm.person_id'])
      .where('m.course_id', '=', courseId)
      .execute()
    return new Map(rows.map((row) => [row.lms_user_id, row]))
  }
  const here = async () => [...(await members()).values()].filter(({ status }) => status === 'active').length
  const later = (minutes: number) => {
    now = new Date(+now + minutes * 60_000)
  }
  const pagesAsked = () => lms.log().filter(({ service }) => service === 'memberships').length
  const change = (people: SimulatedPerson[]) => lms.changeCourse('c', { people })

  it('makes everyone of every page known, and nobody a member of anything', async () => {
    const seatsBefore = await tool.db.selectFrom('seat').selectAll().execute()
    const done = await sync()
    expect(done).toMatchObject({ status: 'done', seen: many + 2, added: many + 1, departed: 0, last_error: null })
    expect(pagesAsked()).toBe(3)
    const known = await members()
    expect(known.get('1099')).toMatchObject({ role: 'learner', role_from: 'roster', name: 'Person 1099' })
    const person_id = known.get('1099')!.person_id
    expect(await tool.db.selectFrom('seat').selectAll().execute()).toEqual(seatsBefore)
    const ties = await tool.db.selectFrom('affiliation').selectAll().where('person_id', '=', person_id).execute()
    expect(ties).toEqual([])
    expect(await tool.db.selectFrom('mail').selectAll().execute()).toEqual([])
  })

  it('finds the same person when they launch, and the person again when the roster is read', async () => {
    await sync()
    const before = (await members()).get('1003')!
    await comeIn('1003')
    const launched = (await members()).get('1003')!
    expect(launched).toMatchObject({ person_id: before.person_id, role_from: 'launch' })
    later(2)
    expect(await sync()).toMatchObject({ status: 'done', added: 0 })
    expect((await members()).get('1003')).toEqual(launched)
  })

  it('leaves what a launch told: the role of an assistant, and an administrator who is not enrolled', async () => {
    await comeIn('2')
    await comeIn('3')
    const launched = await members()
    await sync()
    later(2)
    await sync()
    const after = await members()
    for (const id of ['1', '2', '3']) expect(after.get(id)).toEqual(launched.get(id))
    // What makes this worth testing: Moodle's own word for the assistant is lower.
    expect(launched.get('2')!.role).toBe(profile === 'canvas' ? 'teaching_assistant' : 'instructor')
  })

  it('says who has left, after a whole reading, and takes them back', async () => {
    await comeIn('1000')
    await sync()
    later(2)
    change([...staff, ...learners(many).slice(2)])
    expect(await sync()).toMatchObject({ departed: 2, added: 0 })
    const gone = await members()
    expect([gone.get('1000')!.status, gone.get('1001')!.status, gone.get('1002')!.status]).toEqual([
      'left',
      'left',
      'active',
    ])
    later(2)
    change([...staff, ...learners(many)])
    expect(await sync()).toMatchObject({ departed: 0, added: 0 })
    expect((await members()).get('1000')).toMatchObject({ status: 'active', role_from: 'launch' })
    expect((await members()).size).toBe(many + 2)
  })

  it('keeps the name that someone chose, and does without names and addresses', async () => {
    change([...staff, person('1000'), { ...person('1001'), name: '', givenName: '', familyName: '', email: '' }])
    await sync()
    const { person_id } = (await members()).get('1000')!
    expect((await members()).get('1001')).toMatchObject({ name: null, email: null })
    await tool.db.updateTable('person').set({ name: 'Kit' }).where('id', '=', person_id).execute()
    later(2)
    change([...staff, person('1000'), person('1001')])
    await sync()
    expect((await members()).get('1000')!.name).toBe('Kit')
    expect((await members()).get('1001')).toMatchObject({ name: 'Person 1001', email: '1001@x.example' })
  })

  const outage = [
    ['a fault of the LMS', { kind: 'error' }, 'lms_unreachable'],
    ['too many requests', { kind: 'busy', retryAfterSeconds: 90 }, 'lms_busy'],
    ['a connection cut before', { kind: 'reset_before' }, 'lms_unreachable'],
    ['a connection cut after', { kind: 'reset_after' }, 'lms_unreachable'],
  ] as const
  it.each(outage)('marks nobody as left when %s ends the reading on its way', async (_what, fault, problem) => {
    await sync()
    later(2)
    change([...staff, ...learners(many).slice(-60)])
    const everyone = await here()
    await ask()
    const { roster } = tool.lti
    let page = 0
    const pages = profile === 'canvas' ? 2 : 1
    await work({
      ...roster,
      // The fault meets the last page.
      readPage: (...asked) => {
        if (++page === pages) lms.setFault({ ...fault, count: 1, service: 'memberships' })
        return roster.readPage(...asked)
      },
    })
    const cut = await state()
    expect(cut.status).toBe('waiting')
    expect(cut.last_error).toContain(`${problem} `)
    expect(cut.departed).toBe(0)
    expect(await here()).toBe(everyone)
    const asked = fault.kind === 'busy' ? fault.retryAfterSeconds : 0
    expect(+cut.due_at).toBeGreaterThanOrEqual(+now + asked * 1000)

    // By itself, when its time has come, and from the page where it stopped.
    const before = pagesAsked()
    now = cut.due_at
    await work()
    expect(await state()).toMatchObject({ status: 'done', last_error: null, seen: 62, departed: everyone - 62 })
    expect(pagesAsked() - before).toBe(1)
  })

  it('asks for a new token when the LMS has forgotten the old one', async () => {
    await sync()
    later(2)
    lms.setFault({ kind: 'expired_token', count: 1, service: 'memberships' })
    expect(await sync()).toMatchObject({ status: 'done', departed: 0 })
  })

  it('goes on after a worker was killed, once its claim is over', async () => {
    await ask()
    const terms = { leaseSeconds: 120, launchedSince: new Date(0) }
    const dead = (await claimDueRoster(tool.db, terms, now))!
    const page = await tool.lti.roster.readPage(dead, dead.membershipsUrl, null)
    expect(page.next).not.toBeNull()
    await tool.db.updateTable('roster_sync').set({ next_url: page.next }).where('claim', '=', dead.claim).execute()
    await work()
    expect(await state()).toMatchObject({ status: 'running', claim: dead.claim })
    later(3)
    const before = pagesAsked()
    await work()
    expect(await state()).toMatchObject({ status: 'done', claim: null })
    expect(pagesAsked() - before).toBe(2)
  })

  it('is read by one of many workers, once', async () => {
    await ask()
    const before = pagesAsked()
    await Promise.all([work(), work(), work()])
    expect(pagesAsked() - before).toBe(3)
    expect(await state()).toMatchObject({ status: 'done', seen: many + 2, attempts: 0 })
  })

  it('is read by itself while people come, and no more once nobody has for three weeks', async () => {
    await work()
    const planned = await state()
    expect(+planned.due_at - +now).toBe(300_000)
    later(6)
    await work()
    const first = await state()
    expect(first.status).toBe('done')
    expect(+first.due_at - +now).toBe(6 * 3_600_000)
    later(22 * 24 * 60)
    const before = pagesAsked()
    await work()
    expect(pagesAsked()).toBe(before)
    await sync()
    expect(pagesAsked()).toBeGreaterThan(before)
  })
})

describe.each<Profile>(['canvas', 'moodle'])('an LMS with pages as in %s that tells who has changed', (profile) => {
  const staff = [person('1', 'instructor'), person('2', 'ta')]
  let lms: LmsSimulator
  let courseId: CourseId
  beforeEach(async () => {
    now = new Date()
    lms = await startLmsSimulator({
      profile,
      name: 'Riverside State',
      port: 0,
      clock: () => now,
      offersDifferences: true,
      courses: [
        {
          id: 'c',
          title: 'C',
          label: 'C',
          term: 'T',
          people: [...staff, ...learners(230)],
          links: [{ id: 'l', title: 'L', kind: 'navigation' }],
        },
      ],
    })
    await tool.connect(lms)
    for (const who of ['1', '2', '1005']) await launch(tool, lms, { how: { person: who } })
    const course = await tool.db
      .selectFrom('course as c')
      .innerJoin('lti_platform as f', 'f.id', 'c.platform_id')
      .select('c.id')
      .where('f.issuer', '=', lms.issuer)
      .executeTakeFirstOrThrow()
    courseId = course.id as CourseId
    await sync()
  })
  afterEach(async () => {
    await tool.db.deleteFrom('roster_sync').execute()
    await lms.close()
  })
  const sync = async () => {
    await askForRoster(tool.db, { networkId: tool.networkId as NetworkId, courseId }, now)
    await work()
    return tool.db.selectFrom('roster_sync').selectAll().where('course_id', '=', courseId).executeTakeFirstOrThrow()
  }
  const work = () =>
    syncDueRosters({
      db: tool.db,
      roster: tool.lti.roster,
      log: pino({ level: 'silent' }),
      clock: () => now,
      roll: () => 0.5,
    })
  const later = (hours: number) => {
    now = new Date(+now + hours * 3_600_000)
  }
  const asked = () => lms.log().filter(({ service }) => service === 'memberships')
  const member = (id: string) =>
    tool.db
      .selectFrom('course_member as m')
      .innerJoin('person as p', 'p.id', 'm.person_id')
      .select(['m.role', 'm.role_from', 'm.status', 'p.name'])
      .where('m.course_id', '=', courseId)
      .where('m.lms_user_id', '=', id)
      .executeTakeFirst()

  it('is asked for the changes alone: who came, who left, and no role from a launch is lowered', async () => {
    const assistant = await member('2')
    const before = asked().length
    later(1)
    lms.changeCourse('c', {
      people: [
        staff[0]!,
        { ...staff[1]!, name: 'Another Name' },
        ...learners(230).filter(({ id }) => !['1000', '1005'].includes(id)),
        person('2000'),
      ],
    })
    later(0.1)
    expect(await sync()).toMatchObject({ status: 'done', is_whole: false, seen: 4, added: 1, departed: 2 })
    const [only, ...more] = asked().slice(before)
    expect(more).toEqual([])
    expect(only!.path).toContain('since=')
    expect(await member('2000')).toMatchObject({ role: 'learner', role_from: 'roster', status: 'active' })
    expect(await member('1000')).toMatchObject({ status: 'left' })
    expect(await member('1005')).toMatchObject({ status: 'left', role_from: 'launch' })
    expect(await member('1001')).toMatchObject({ status: 'active' })
    expect(await member('2')).toEqual(assistant)

    later(1)
    expect(await sync()).toMatchObject({ is_whole: false, seen: 0, departed: 0 })
    lms.changeCourse('c', { people: [...staff, ...learners(230)] })
    later(1)
    await sync()
    expect(await member('1000')).toMatchObject({ status: 'active' })
    expect(await member('2000')).toMatchObject({ status: 'left' })
  })

  it('tells many changes on several pages, and one of the very moment of the reading the next time', async () => {
    later(1)
    // All but the staff leave.
    lms.changeCourse('c', { people: staff })
    later(0.1)
    const before = asked().length
    expect(await sync()).toMatchObject({ is_whole: false, seen: 230, departed: 230 })
    expect(asked().length - before).toBe(profile === 'canvas' ? 5 : 2)
    lms.changeCourse('c', { people: [...staff, person('1003')] })
    later(1)
    expect(await sync()).toMatchObject({ is_whole: false, seen: 1 })
    expect(await member('1003')).toMatchObject({ status: 'active' })
  })

  it('is read whole once a day, and when it no longer takes its own address for the changes', async () => {
    later(25)
    lms.changeCourse('c', { people: [...staff, ...learners(229)] })
    expect(await sync()).toMatchObject({ is_whole: true, seen: 231, departed: 1 })
    later(1)
    await tool.db
      .updateTable('roster_sync')
      .set({ differences_url: `${lms.url}/gone?since=1` })
      .where('course_id', '=', courseId)
      .execute()
    lms.changeCourse('c', { people: [...staff, ...learners(228)] })
    await sync()
    await work()
    expect(await member('1228')).toMatchObject({ status: 'left' })
    const state = await tool.db
      .selectFrom('roster_sync')
      .selectAll()
      .where('course_id', '=', courseId)
      .executeTakeFirst()
    expect(state).toMatchObject({ status: 'done', is_whole: true, last_error: null })
  })
})

it('reads one course of an LMS at a time, and the courses of two beside one another', async () => {
  now = new Date()
  const start = (profile: Profile) =>
    startLmsSimulator({
      profile,
      name: 'Riverside State',
      port: 0,
      clock: () => now,
      courses: ['a', 'b'].map((id) => ({
        id,
        title: id,
        label: id,
        term: 'T',
        people: [person('1', 'instructor'), ...learners(3)],
        links: [{ id: `l${id}`, title: 'L', kind: 'navigation' }],
      })),
    })
  const both = [await start('canvas'), await start('moodle')]
  for (const lms of both) {
    await tool.connect(lms)
    for (const course of ['a', 'b'])
      expect((await launch(tool, lms, { how: { course, link: `l${course}`, person: '1' } })).status).toBe(200)
  }
  const courses = await tool.db
    .selectFrom('course as c')
    .innerJoin('lti_platform as f', 'f.id', 'c.platform_id')
    .select(['c.id', 'c.network_id', 'c.platform_id'])
    .where(
      'f.issuer',
      'in',
      both.map(({ issuer }) => issuer),
    )
    .execute()
  expect(courses).toHaveLength(4)
  for (const { id, network_id } of courses) {
    await askForRoster(tool.db, { networkId: network_id as NetworkId, courseId: id as CourseId }, now)
  }
  const terms = { leaseSeconds: 120, launchedSince: new Date(0) }
  const claims = await Promise.all(Array.from({ length: 6 }, () => claimDueRoster(tool.db, terms, now)))
  const claimed = claims.flatMap((claim) => claim ?? [])
  expect(claimed).toHaveLength(2)
  expect(new Set(claimed.map(({ platformId }) => platformId)).size).toBe(2)
  for (const lms of both) await lms.close()
})
