import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerHere, showConveningHere } from '@copractice/core/convening'
import type { ConveningId } from '@copractice/core/kernel'
import { seedNetwork } from '@copractice/services/testing'
import { startTool, type StartedTool } from '../testing/start-tool.ts'

const DAY = 86_400_000
let tool: StartedTool
let params: { conveningId: ConveningId }
beforeAll(async () => {
  tool = await startTool()
  params = { conveningId: await convening('open', 1) }
})
afterAll(() => tool.close())

async function convening(status: 'open' | 'draft', capacity: number, name: string = status): Promise<ConveningId> {
  const days = (n: number) => new Date(tool.clock.now.getTime() + n * DAY)
  const { id } = await tool.db
    .insertInto('convening')
    .values({
      network_id: tool.seeded.networkId,
      region_id: tool.seeded.regionId,
      name: 'Summer convening',
      slug: `summer-${tool.seeded.slug}-${name}`,
      starts_at: days(30),
      ends_at: days(31),
      time_zone: 'America/New_York',
      place: 'Hollis Hall',
      join_url: 'https://meet.example/secret',
      capacity,
      registration_closes_at: days(20),
      status,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as ConveningId
}
const link = () => ({ link: tool.seeded.links.riverside })

it('registers a learner from their campus, once, and puts the next on the waitlist', async () => {
  const ana = await tool.as('ana', link())
  const before = await ana(showConveningHere, { params })
  expect(before.value).toMatchObject({ registration: 'open', mine: null, campus: 'Riverside State', isOnline: true })
  const wishes = { canChair: true, languages: ['es'], slots: ['mon-15'] }
  const body = { interests: 'Food justice', wishes }
  expect((await ana(registerHere, { params, body })).value.mine).toBe('registered')
  expect((await ana(registerHere, { params, body })).value.mine).toBe('registered')
  const ravi = await tool.as('ravi', link())
  expect((await ravi(registerHere, { params, body })).value.mine).toBe('waitlisted')
  const rows = await tool.db.selectFrom('registration').selectAll().orderBy('created_at').execute()
  expect(rows).toMatchObject([
    {
      person_id: tool.seeded.people.ana,
      affiliation: 'student',
      interests: 'Food justice',
      wishes: { ...wishes, interests: ['food justice'] },
      status: 'registered',
    },
    { person_id: tool.seeded.people.ravi, status: 'waitlisted' },
  ])
})

it('writes to those whose address is known', async () => {
  const dora = await tool.as('dora', { cohort: tool.seeded.cohortId })
  const { value } = await dora(registerHere, { params, body: { interests: '' } })
  expect(value.mine).toBe('waitlisted')
  expect(await tool.mailsTo(value.email!)).toMatchObject([{ subject: 'You are on the waitlist: Summer convening' }])
})

it('takes no session place back that is full meanwhile when somebody registers again', async () => {
  const { networkId: network_id, people, institutions } = tool.seeded
  const conveningId = await convening('open', 9, 'again')
  const at = { network_id, convening_id: conveningId }
  const from = new Date(tool.clock.now.getTime() + 30 * DAY)
  const { id: session_id } = await tool.db
    .insertInto('convening_session')
    .values({ ...at, title: 'One', place: 'Hall', starts_at: from, ends_at: new Date(+from + 1000), capacity: 1 })
    .returning('id')
    .executeTakeFirstOrThrow()
  const choose = async (person_id: string, status: 'registered' | 'cancelled') => {
    const registration = { ...at, person_id, institution_id: institutions.riverside, affiliation: 'student' as const }
    const { id: registration_id } = await tool.db
      .insertInto('registration')
      .values({ ...registration, status, created_at: from })
      .returning('id')
      .executeTakeFirstOrThrow()
    const choice = { network_id, session_id, registration_id, status: 'chosen' as const, created_at: from }
    await tool.db.insertInto('session_choice').values(choice).execute()
    return registration_id
  }
  const again = await choose(people.ana, 'cancelled')
  await choose(people.ravi, 'registered')
  const ana = await tool.as('ana', link())
  const { value } = await ana(registerHere, { params: { conveningId }, body: { interests: '' } })
  expect(value.mine).toBe('registered')
  const choices = tool.db.selectFrom('session_choice').selectAll().where('registration_id', '=', again)
  expect(await choices.execute()).toMatchObject([{ session_id, status: 'waitlisted' }])
})

it('leads whoever has a registration to their own badge, on the page and by mail, and nobody else', async () => {
  const { seeded, db } = tool
  const conveningId = await convening('open', 9, 'badge')
  const there = { params: { conveningId } }
  const dora = await tool.as('dora', { cohort: seeded.cohortId })
  expect((await dora(showConveningHere, there)).value.badge).toBeNull()
  const { value } = await dora(registerHere, { ...there, body: { interests: '' } })
  const { badge_key } = await db
    .selectFrom('registration')
    .select('badge_key')
    .where('convening_id', '=', conveningId)
    .executeTakeFirstOrThrow()
  const badge = `https://admin.example/b/summer-${seeded.slug}-badge/${badge_key}`
  expect(value.badge).toBe(badge)
  expect((await tool.mailsTo(value.email!)).at(-1)!.body_text).toContain(badge)
  const ravi = await tool.as('ravi', link())
  expect((await ravi(showConveningHere, there)).value.badge).toBeNull()
  await db.updateTable('registration').set({ status: 'cancelled' }).where('convening_id', '=', conveningId).execute()
  expect((await dora(showConveningHere, there)).value.badge).toBeNull()
})

it('refuses a test student, a draft, and the convening of another network', async () => {
  const { db, seeded, clock } = tool
  await db.updateTable('person').set({ is_test: true }).where('id', '=', seeded.people.ben).execute()
  const ben = await tool.as('ben', link())
  expect((await ben(registerHere, { params, body: { interests: '' } })).problem.code).toBe('convening.test_person')
  const draft = { conveningId: await convening('draft', 5) }
  expect((await ben(showConveningHere, { params: draft })).status).toBe(404)
  const network = await seedNetwork(db, { now: clock.now })
  const stranger = await tool.as('ana', { network, link: network.links.riverside })
  expect((await stranger(showConveningHere, { params })).status).toBe(404)
})

it('refuses once registration has closed', async () => {
  tool.clock.now = new Date(tool.clock.now.getTime() + 21 * DAY)
  const hana = await tool.as('hana', { link: tool.seeded.links.hillside })
  expect((await hana(showConveningHere, { params })).value.registration).toBe('closed')
  expect((await hana(registerHere, { params, body: { interests: '' } })).problem.code).toBe('convening.closed')
})
