import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/convening'
import type { InstitutionId } from '@copractice/core/kernel'
import { seedNetwork } from '@copractice/services/testing'
import { afterStart, conveningDay, sessionPlan } from '../testing/open-convening.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const now = new Date('2027-01-10T12:00:00Z')
let admin: StartedAdmin, cora: Browser, day: ReturnType<typeof conveningDay>
let riverside: InstitutionId, hillside: InstitutionId
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
  day = conveningDay(admin, cora)
  ;({ riverside, hillside } = admin.seeded.institutions)
})
beforeEach(() => {
  admin.clock.now = now
})
afterAll(() => admin.close())

const choose = async (email: string, sessions: string[]) =>
  admin.browser().call(contract.chooseMySessions, { params: await day.badgeOf(email), body: { sessions } })

describe('what somebody wishes for in a cohort', () => {
  it('is theirs to see and to change on their own page, until they are placed into one', async () => {
    const { params, slug } = await day.opened()
    const [email, other] = ['wish@hub.example', 'wish2@hub.example']
    const asked = { canChair: true, languages: ['en'], slots: ['mon-15'] }
    await day.signUp(slug, email, { interests: 'Equity, Food', wishes: asked })
    await day.signUp(slug, other)
    expect((await day.badge(email)).wishes).toEqual({ ...asked, interests: 'Equity, Food', with: [], notWith: [] })
    const state = async (who: string, change: Record<string, unknown> = {}) => {
      const said = { ...asked, slots: ['tue-09'], interests: 'Food; Housing', with: [], notWith: [other] }
      const given = { params: await day.badgeOf(who), body: { ...said, ...change } }
      return admin.browser().call(contract.stateMyWishes, given)
    }
    expect((await state(email)).status).toBe(204)
    expect((await day.badge(email)).wishes).toMatchObject({
      slots: ['tue-09'],
      interests: 'Food; Housing',
      notWith: [other],
    })
    const [row] = await admin.db
      .selectFrom('registration')
      .select('wishes')
      .where('convening_id', '=', params.conveningId)
      .orderBy('created_at')
      .execute()
    expect(row!.wishes).toMatchObject({ interests: ['food', 'housing'], notWith: [other] })
    expect((await state(email, { with: [email] })).problem.code).toBe('wishes.own_address')
    expect((await state(email, { with: [other] })).problem.code).toBe('wishes.with_and_apart')

    const { registrationId } = await day.badge(email)
    const cohort = { key: 'a', name: 'A', cohortId: null, chair: registrationId }
    const layout = { pinned: [], cohorts: [{ ...cohort, members: [registrationId], seated: [registrationId] }] }
    await admin.db
      .insertInto('placement_board')
      .values({
        network_id: admin.seeded.networkId,
        convening_id: params.conveningId,
        seed: '1',
        state: 'committed',
        policy: JSON.stringify({ seats: 15, minimum: 1, commonSlots: 1 }),
        layout: JSON.stringify(layout),
      })
      .execute()
    expect([(await day.badge(email)).isPlaced, (await day.badge(other)).isPlaced]).toEqual([true, false])
    expect(await state(email)).toMatchObject({ status: 409, problem: { code: 'wishes.settled' } })
    expect((await state(other, { notWith: [] })).status).toBe(204)
  })
})

describe('sessions', () => {
  it('lie within the convening, and hold its dates where they are', async () => {
    const { params } = await day.opened()
    const outside = await cora.call(contract.addSession, { params, body: sessionPlan({ endsAt: afterStart(8) }) })
    expect([outside.status, outside.problem.code]).toEqual([422, 'session.outside'])
    await day.add(params)
    const moved = day.details({ startsAt: afterStart(1) })
    expect((await cora.call(contract.editConvening, { params, body: moved })).problem).toMatchObject({
      code: 'convening.sessions_outside',
      facts: { title: 'Stories' },
    })
  })

  it('give one place to one of ten who choose it at once, and the next in order to who waits, with a mail', async () => {
    const { params, slug } = await day.opened({ capacity: null })
    const id = await day.add(params)
    const emails = Array.from({ length: 10 }, (_, n) => `rush${n}@hub.example`)
    await Promise.all(emails.map((email) => day.signUp(slug, email, { sessions: [id] })))
    const mine = await Promise.all(emails.map(async (email) => (await day.badge(email)).sessions[0]!.mine))
    expect(mine.filter((one) => one === 'chosen')).toHaveLength(1)
    const holder = emails[mine.indexOf('chosen')]!
    expect((await choose(holder, [])).status).toBe(204)
    const [listed] = (await cora.call(contract.listSessions, { params })).value.items
    expect([listed!.chosen, listed!.waitlisted]).toEqual([1, 8])
    const told = await Promise.all(emails.map(async (email) => (await admin.lastMail(email))!.subject))
    expect(told.filter((subject) => subject === 'A place in “Stories”')).toHaveLength(1)
  })

  it('are not chosen two at a time, nor after the convening', async () => {
    const { params, slug } = await day.opened()
    const [one, two] = [
      await day.add(params),
      await day.add(params, { title: 'Cases', startsAt: afterStart(0.5), endsAt: afterStart(2) }),
    ]
    const refused = await day.signUp(slug, 'both@hub.example', { sessions: [one, two] })
    expect(refused.problem).toMatchObject({ code: 'session.overlap', facts: { first: 'Stories', second: 'Cases' } })
    await day.signUp(slug, 'both@hub.example', { sessions: [one] })
    admin.clock.now = afterStart(7)
    expect((await choose('both@hub.example', [two])).problem.code).toBe('convening.over')
  })

  it('tell how to join only those who have a place in them', async () => {
    const { params, slug } = await day.opened({ capacity: 2 })
    const id = await day.add(params)
    for (const n of [1, 2, 3]) await day.signUp(slug, `join${n}@hub.example`, { sessions: [id] })
    const seen = await Promise.all([1, 2, 3].map((n) => day.badge(`join${n}@hub.example`)))
    expect(seen.map(({ status, convening, sessions: [first] }) => [status, convening.joinUrl, first!.joinUrl])).toEqual(
      [
        ['registered', 'https://meet.example/whole', 'https://meet.example/stories'],
        ['registered', 'https://meet.example/whole', null],
        ['waitlisted', null, null],
      ],
    )
    const page = await admin.browser().raw('GET', `/api/public/convenings/${slug}`)
    expect(await page.text()).not.toContain('meet.example')
  })

  it('take back nothing from who was cancelled by mistake unless it was given away', async () => {
    const { params, slug } = await day.opened()
    const id = await day.add(params)
    for (const n of [1, 2]) await day.signUp(slug, `back${n}@hub.example`, { sessions: [id] })
    const [first] = (await cora.call(contract.listRegistrations, { params })).value.items
    const one = { ...params, registrationId: first!.id }
    await cora.call(contract.cancelRegistration, { params: one })
    expect((await cora.call(contract.fillSession, { params: { ...params, sessionId: id } })).value).toEqual({
      given: 1,
    })
    await cora.call(contract.restoreRegistration, { params: one })
    expect((await day.badge('back1@hub.example')).sessions[0]!.mine).toBe('waitlisted')
    expect((await cora.call(contract.listSessions, { params })).value.items[0]!.chosen).toBe(1)
  })
})

it('a campus has the places it was given, and holds nobody else back', async () => {
  const { params, slug } = await day.opened({ capacity: 3 })
  const hosting = {
    hosts: [],
    places: [{ institutionId: riverside, places: 1 }],
    leadFacilitatorId: null,
    contactEmail: null,
  }
  expect((await cora.call(contract.setHosting, { params, body: hosting })).status).toBe(204)
  for (const n of [1, 2]) await day.signUp(slug, `river${n}@hub.example`)
  await day.signUp(slug, 'hill@hub.example', { institutionId: hillside })
  const states = (await cora.call(contract.listRegistrations, { params })).value.items.map(({ status }) => status)
  expect(states).toEqual(['registered', 'waitlisted', 'registered'])
  expect((await cora.call(contract.fillFromWaitlist, { params })).value).toEqual({ given: 0 })
  await cora.call(contract.setHosting, { params, body: { ...hosting, places: [] } })
  expect((await cora.call(contract.fillFromWaitlist, { params })).value).toEqual({ given: 1 })
})

it('another network sees nothing of sessions, hosting, needs, the desk or feedback', async () => {
  const { params, slug } = await day.opened()
  const sessionId = await day.add(params)
  await day.signUp(slug, 'alone@hub.example', { dietary: 'No nuts' })
  const { registrationId } = await day.badge('alone@hub.example')
  const { key } = await day.badgeOf('alone@hub.example')
  const other = await seedNetwork(admin.db, { now })
  const elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
  const at = `/api/convenings/${params.conveningId}`
  for (const path of [
    'sessions',
    'hosting',
    'needs',
    'check-in',
    `check-in/${registrationId}`,
    'attendance',
    'feedback',
    'notify',
    'flyer.pdf',
  ]) {
    expect([path, (await elsewhere.raw('GET', `${at}/${path}`)).status]).toEqual([path, 404])
  }
  const marks = [{ registrationId, sessionId: null, isHere: true, at: now.toISOString(), how: 'qr' }]
  for (const [method, path, body] of [
    ['POST', 'sessions', JSON.parse(JSON.stringify(sessionPlan()))],
    ['PUT', `sessions/${sessionId}`, JSON.parse(JSON.stringify(sessionPlan()))],
    ['DELETE', `sessions/${sessionId}`, undefined],
    ['POST', `sessions/${sessionId}/fill`, undefined],
    ['PUT', 'hosting', { hosts: [], places: [], leadFacilitatorId: null, contactEmail: null }],
    ['POST', 'check-in', { marks }],
    ['POST', 'badges', undefined],
  ] as const) {
    expect([path, (await elsewhere.raw(method, `${at}/${path}`, body)).status]).toEqual([path, 404])
  }
  const foreign = await elsewhere.call(contract.createConvening, {
    body: { ...day.details(), regionId: other.regionId },
  })
  const theirs = { params: { conveningId: foreign.value.id } }
  await elsewhere.call(contract.setRegistration, { ...theirs, body: { status: 'open' } })
  const { slug: theirSlug } = (await elsewhere.call(contract.showConvening, theirs)).value
  expect((await admin.browser().call(contract.showBadge, { params: { slug: theirSlug, key } })).status).toBe(404)
  const mixed = { hosts: [riverside], places: [], leadFacilitatorId: null, contactEmail: null }
  const refused = await elsewhere.call(contract.setHosting, { ...theirs, body: mixed })
  expect(refused.problem.code).toBe('convening.institution_unknown')
})
