import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/convening'
import type { InstitutionId } from '@copractice/core/kernel'
import { conveningMinutes } from '@copractice/services/convening'
import { addPerson, seedNetwork } from '@copractice/services/testing'
import { deleteSpentNeeds } from '@copractice/store/convening'
import { conveningDetails, openConvening } from '../testing/open-convening.ts'
import { startAdmin, type StartedAdmin } from '../testing/start-admin.ts'

const HOUR = 3_600_000
const now = new Date('2027-01-10T12:00:00Z')
const starts = new Date('2027-02-12T15:00:00Z')
const after = (hours: number) => new Date(+starts + hours * HOUR)
let admin: StartedAdmin
let cora: Awaited<ReturnType<StartedAdmin['signedIn']>>
let riverside: InstitutionId, hillside: InstitutionId
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
  ;({ riverside, hillside } = admin.seeded.institutions)
})
beforeEach(() => {
  admin.clock.now = now
})
afterAll(() => admin.close())

const details = (change: Record<string, unknown> = {}) =>
  conveningDetails(admin, { startsAt: starts, endsAt: after(7), registrationClosesAt: after(-24), ...change })
const session = (change: Record<string, unknown> = {}) => ({
  title: 'Stories',
  track: '',
  kind: 'session',
  startsAt: starts,
  endsAt: after(1),
  place: 'Room 1',
  joinUrl: 'https://meet.example/stories',
  capacity: 1,
  speakers: '',
  description: '',
  functions: [],
  ...change,
})
const opened = (change?: Record<string, unknown>) => openConvening(cora, details(change))
const add = async (params: { conveningId: string }, change: Record<string, unknown> = {}) =>
  (await cora.call(contract.addSession, { params, body: session(change) })).value.id
const signUp = (slug: string, email: string, change: Record<string, unknown> = {}) => {
  const said = { name: email.split('@')[0], email, institutionId: riverside, affiliation: 'staff', interests: '' }
  return admin.browser().call(contract.register, { params: { slug }, body: { ...said, ...change } })
}
const badgeOf = async (email: string) => {
  const [, slug, key] = /\/b\/([^/\s]+)\/([0-9a-f]{64})/.exec((await admin.lastMail(email))!.body_text)!
  return { slug: slug!, key: key! }
}
const badge = async (email: string) =>
  (await admin.browser().call(contract.showBadge, { params: await badgeOf(email) })).value
const choose = async (email: string, sessions: string[]) =>
  admin.browser().call(contract.chooseMySessions, { params: await badgeOf(email), body: { sessions } })

describe('what somebody wishes for in a cohort', () => {
  it('is theirs to see and to change on their own page, until they are placed into one', async () => {
    const { params, slug } = await opened()
    const [email, other] = ['wish@hub.example', 'wish2@hub.example']
    const asked = { canChair: true, languages: ['en'], slots: ['mon-15'] }
    await signUp(slug, email, { interests: 'Equity, Food', wishes: asked })
    await signUp(slug, other)
    expect((await badge(email)).wishes).toEqual({ ...asked, interests: 'Equity, Food', with: [], notWith: [] })
    const state = async (who: string, change: Record<string, unknown> = {}) => {
      const said = { ...asked, slots: ['tue-09'], interests: 'Food; Housing', with: [], notWith: [other] }
      const given = { params: await badgeOf(who), body: { ...said, ...change } }
      return admin.browser().call(contract.stateMyWishes, given)
    }
    expect((await state(email)).status).toBe(204)
    expect((await badge(email)).wishes).toMatchObject({
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

    const { registrationId } = await badge(email)
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
    expect([(await badge(email)).isPlaced, (await badge(other)).isPlaced]).toEqual([true, false])
    expect(await state(email)).toMatchObject({ status: 409, problem: { code: 'wishes.settled' } })
    expect((await state(other, { notWith: [] })).status).toBe(204)
  })
})

describe('sessions', () => {
  it('lie within the convening, and hold its dates where they are', async () => {
    const { params } = await opened()
    const outside = await cora.call(contract.addSession, { params, body: session({ endsAt: after(8) }) })
    expect([outside.status, outside.problem.code]).toEqual([422, 'session.outside'])
    await add(params)
    const moved = details({ startsAt: after(1) })
    expect((await cora.call(contract.editConvening, { params, body: moved })).problem).toMatchObject({
      code: 'convening.sessions_outside',
      facts: { title: 'Stories' },
    })
  })

  it('give one place to one of ten who choose it at once, and the next in order to who waits, with a mail', async () => {
    const { params, slug } = await opened({ capacity: null })
    const id = await add(params)
    const emails = Array.from({ length: 10 }, (_, n) => `rush${n}@hub.example`)
    await Promise.all(emails.map((email) => signUp(slug, email, { sessions: [id] })))
    const mine = await Promise.all(emails.map(async (email) => (await badge(email)).sessions[0]!.mine))
    expect(mine.filter((one) => one === 'chosen')).toHaveLength(1)
    const holder = emails[mine.indexOf('chosen')]!
    expect((await choose(holder, [])).status).toBe(204)
    const [listed] = (await cora.call(contract.listSessions, { params })).value.items
    expect([listed!.chosen, listed!.waitlisted]).toEqual([1, 8])
    const told = await Promise.all(emails.map(async (email) => (await admin.lastMail(email))!.subject))
    expect(told.filter((subject) => subject === 'A place in “Stories”')).toHaveLength(1)
  })

  it('are not chosen two at a time, nor after the convening', async () => {
    const { params, slug } = await opened()
    const [one, two] = [
      await add(params),
      await add(params, { title: 'Cases', startsAt: after(0.5), endsAt: after(2) }),
    ]
    const refused = await signUp(slug, 'both@hub.example', { sessions: [one, two] })
    expect(refused.problem).toMatchObject({ code: 'session.overlap', facts: { first: 'Stories', second: 'Cases' } })
    await signUp(slug, 'both@hub.example', { sessions: [one] })
    admin.clock.now = after(7)
    expect((await choose('both@hub.example', [two])).problem.code).toBe('convening.over')
  })

  it('tell how to join only those who have a place in them', async () => {
    const { params, slug } = await opened({ capacity: 2 })
    const id = await add(params)
    for (const n of [1, 2, 3]) await signUp(slug, `join${n}@hub.example`, { sessions: [id] })
    const seen = await Promise.all([1, 2, 3].map((n) => badge(`join${n}@hub.example`)))
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
    const { params, slug } = await opened()
    const id = await add(params)
    for (const n of [1, 2]) await signUp(slug, `back${n}@hub.example`, { sessions: [id] })
    const [first] = (await cora.call(contract.listRegistrations, { params })).value.items
    const one = { ...params, registrationId: first!.id }
    await cora.call(contract.cancelRegistration, { params: one })
    expect((await cora.call(contract.fillSession, { params: { ...params, sessionId: id } })).value).toEqual({
      given: 1,
    })
    await cora.call(contract.restoreRegistration, { params: one })
    expect((await badge('back1@hub.example')).sessions[0]!.mine).toBe('waitlisted')
    expect((await cora.call(contract.listSessions, { params })).value.items[0]!.chosen).toBe(1)
  })
})

it('a campus has the places it was given, and holds nobody else back', async () => {
  const { params, slug } = await opened({ capacity: 3 })
  const hosting = {
    hosts: [],
    places: [{ institutionId: riverside, places: 1 }],
    leadFacilitatorId: null,
    contactEmail: null,
  }
  expect((await cora.call(contract.setHosting, { params, body: hosting })).status).toBe(204)
  for (const n of [1, 2]) await signUp(slug, `river${n}@hub.example`)
  await signUp(slug, 'hill@hub.example', { institutionId: hillside })
  const states = (await cora.call(contract.listRegistrations, { params })).value.items.map(({ status }) => status)
  expect(states).toEqual(['registered', 'waitlisted', 'registered'])
  expect((await cora.call(contract.fillFromWaitlist, { params })).value).toEqual({ given: 0 })
  await cora.call(contract.setHosting, { params, body: { ...hosting, places: [] } })
  expect((await cora.call(contract.fillFromWaitlist, { params })).value).toEqual({ given: 1 })
})

/** A host sees the convening and its desk; who signed up, the board and every other change are the region's. */
async function staysWithTheRegion(
  host: Awaited<ReturnType<StartedAdmin['signedIn']>>,
  { conveningId, slug }: Readonly<{ conveningId: string; slug: string }>,
) {
  const at = `/api/convenings/${conveningId}`
  for (const path of ['', '/sessions', '/hosting', '/check-in', '/flyer.pdf'])
    expect([path, (await host.raw('GET', `${at}${path}`)).status]).toEqual([path, 200])
  const sessionId = await add({ conveningId })
  await signUp(slug, 'kept@hub.example')
  const { id } = await admin.db
    .selectFrom('registration')
    .select('id')
    .where('convening_id', '=', conveningId)
    .limit(1)
    .executeTakeFirstOrThrow()
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown
  const { regionId } = admin.seeded
  for (const [method, path, body] of [
    ['GET', '/registrations'],
    ['GET', '/registrations.csv'],
    ['GET', '/attendance'],
    ['GET', '/notify'],
    ['GET', '/placement'],
    ['PUT', '', plain({ ...details(), regionId })],
    ['PUT', '/registration', { status: 'closed' }],
    ['POST', '/fill'],
    ['POST', '/badges'],
    ['POST', '/import', { csv: 'name,email', commit: false }],
    ['POST', `/registrations/${id}/cancel`],
    ['POST', `/registrations/${id}/restore`],
    ['POST', '/sessions', plain(session())],
    ['PUT', `/sessions/${sessionId}`, plain(session())],
    ['POST', `/sessions/${sessionId}/fill`],
    ['DELETE', `/sessions/${sessionId}`],
  ] as const)
    expect([method, path, (await host.raw(method, `${at}${path}`, body)).status]).toEqual([method, path, 404])
}

describe('what people need', () => {
  const needing = { accessibility: 'Captions', dietary: 'No nuts' }
  it('is shown to those who host and to nobody else, and each reading is written down', async () => {
    const { params, slug } = await opened()
    await signUp(slug, 'needs@hub.example', needing)
    const hal = await addPerson(admin.db, {
      networkId: admin.seeded.networkId,
      name: 'Hal',
      institutionId: hillside,
      affiliation: 'staff',
      email: `hal@${admin.seeded.slug}.example`,
    })
    const grant = { network_id: admin.seeded.networkId, person_id: hal, region_id: null }
    await admin.db
      .insertInto('role_grant')
      .values({ ...grant, role: 'institution_admin', institution_id: hillside })
      .execute()
    const host = await admin.signedIn(`hal@${admin.seeded.slug}.example`)
    expect((await host.call(contract.listNeeds, { params })).status).toBe(404)
    const body = { hosts: [hillside], places: [], leadFacilitatorId: null, contactEmail: null }
    await cora.call(contract.setHosting, { params, body })
    expect((await host.call(contract.listNeeds, { params })).value.items).toMatchObject([needing])
    expect((await host.call(contract.setHosting, { params, body })).status).toBe(404)
    await staysWithTheRegion(host, { ...params, slug })

    await admin.db
      .insertInto('role_grant')
      .values({
        network_id: admin.seeded.networkId,
        person_id: admin.seeded.people.rosa,
        role: 'network_admin',
        region_id: null,
        institution_id: null,
      })
      .execute()
    await admin.db
      .insertInto('identity')
      .values({
        network_id: admin.seeded.networkId,
        person_id: admin.seeded.people.rosa,
        kind: 'email',
        subject: 'rosa@all.example',
      })
      .execute()
    const rosa = await admin.signedIn('rosa@all.example')
    const refused = await rosa.call(contract.listNeeds, { params })
    expect([refused.status, refused.problem.code]).toEqual([403, 'convening.not_host'])
    for (const path of ['', '/registrations', '/registrations.csv', '/check-in']) {
      const text = await (await rosa.raw('GET', `/api/convenings/${params.conveningId}${path}`)).text()
      expect([path, text.includes('No nuts')]).toEqual([path, false])
    }
    const read = await admin.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'convening.needs_read')
      .execute()
    expect(read).toMatchObject([{ actor_id: hal, subject: `convening:${params.conveningId}` }])
    expect(JSON.stringify(read)).not.toContain('No nuts')
  })

  it('is kept until the day after the convening, wherever its dates move, and swept then', async () => {
    const { params, slug } = await opened()
    await signUp(slug, 'swept@hub.example', needing)
    const moved = details({ startsAt: after(48), endsAt: after(50) })
    expect((await cora.call(contract.editConvening, { params, body: moved })).status).toBe(204)
    const left = async (at: Date) => {
      await deleteSpentNeeds(admin.db, at)
      return (await cora.call(contract.listNeeds, { params })).value.items.length
    }
    expect(await left(new Date(+after(50 + 24) - 1))).toBe(1)
    expect(await left(after(50 + 24))).toBe(0)
    expect((await badge('swept@hub.example')).needs).toEqual({ accessibility: '', dietary: '' })
  })

  it('goes with the place when somebody gives it up', async () => {
    const { params, slug } = await opened()
    await signUp(slug, 'gone@hub.example', needing)
    const mine = await badgeOf('gone@hub.example')
    expect((await admin.browser().call(contract.giveUpMyPlace, { params: mine })).status).toBe(204)
    expect((await admin.browser().call(contract.showBadge, { params: mine })).status).toBe(404)
    expect(await admin.db.selectFrom('registration_need').selectAll().execute()).not.toContainEqual(
      expect.objectContaining({ dietary: 'No nuts', registration_id: params.conveningId }),
    )
    expect((await cora.call(contract.listNeeds, { params })).value.items).toEqual([])
  })
})

describe('on the day', () => {
  it('people are checked in once, undone, and again, and their sessions count as minutes once', async () => {
    const { params, slug } = await opened({ capacity: null })
    const [one, two] = [
      await add(params, { endsAt: after(1.5) }),
      await add(params, { title: 'Cases', startsAt: after(1), endsAt: after(2) }),
    ]
    await signUp(slug, 'here@hub.example', { sessions: [one] })
    await signUp(slug, 'absent@hub.example')
    const { registrationId, conveningId } = await badge('here@hub.example')
    const mark = (sessionId: string | null, at: Date, isHere = true) => ({
      registrationId,
      sessionId,
      isHere,
      at,
      how: 'qr' as const,
    })
    const send = (marks: unknown[]) => cora.call(contract.saveCheckIns, { params, body: { marks } })
    expect((await send([mark(null, now)])).problem.code).toBe('convening.too_early')
    admin.clock.now = after(2)
    const marks = [mark(null, after(0)), mark(one, after(0)), mark(two, after(1))]
    expect((await send([...marks, mark(two, after(1.1), false), mark(two, after(1.2))])).value).toEqual({
      saved: 3,
      unknown: [],
    })
    expect((await send(marks)).value.saved).toBe(3)
    const shown = (await cora.call(contract.showScanned, { params: { ...params, registrationId } })).value
    expect(shown).toMatchObject({ name: 'here', sessions: [one] })
    expect(new Set(shown.checkedIn)).toEqual(new Set([null, one, two]))
    const expected = (query: Record<string, string>) => cora.call(contract.listExpected, { params, query })
    expect((await expected({ sessionId: one })).value.items.map(({ name }) => name)).toEqual(['here'])
    expect((await expected({})).value.items.map(({ checkedInAt }) => checkedInAt !== null)).toEqual([false, true])

    const attended = (await cora.call(contract.listAttendance, { params })).value.items
    expect(attended).toMatchObject([{ name: 'here', minutes: 120 }])
    const minutes = await conveningMinutes(admin.db, admin.seeded.networkId, {
      conveningId: conveningId,
    })
    expect([...minutes.values()]).toEqual([120])
    await send([mark(two, after(2), false)])
    expect((await cora.call(contract.listAttendance, { params })).value.items).toMatchObject([{ minutes: 90 }])
    const kept = await cora.call(contract.removeSession, { params: { ...params, sessionId: one } })
    expect(kept.problem.code).toBe('session.attended')
  })

  it('two desks that were offline come to the same, whichever is heard first', async () => {
    const { params, slug } = await opened({ capacity: null })
    for (const order of ['made-undone-remade', 'remade-undone-made', 'undone-remade-made']) {
      await signUp(slug, `${order}@hub.example`)
      const { registrationId } = await badge(`${order}@hub.example`)
      admin.clock.now = after(1)
      for (const act of order.split('-')) {
        const at = after({ made: 0.1, undone: 0.4, remade: 0.5 }[act]!)
        const mark = { registrationId, sessionId: null, isHere: act !== 'undone', at, how: 'list' }
        await cora.call(contract.saveCheckIns, { params, body: { marks: [mark] } })
      }
      admin.clock.now = now
    }
    const expected = await cora.call(contract.listExpected, { params })
    expect(expected.value.items.map(({ checkedInAt }) => +checkedInAt!)).toEqual([1, 2, 3].map(() => +after(0.5)))
  })

  it('the whole of a convening without sessions counts for who came in at the door', async () => {
    const { params, slug } = await opened()
    await signUp(slug, 'door@hub.example')
    const { registrationId } = await badge('door@hub.example')
    admin.clock.now = after(1)
    const marks = [{ registrationId, sessionId: null, isHere: true, at: after(1), how: 'list' }]
    await cora.call(contract.saveCheckIns, { params, body: { marks } })
    expect((await cora.call(contract.listAttendance, { params })).value.items).toMatchObject([{ minutes: 420 }])
  })

  it('nobody of another convening is checked in', async () => {
    const [here, there] = [await opened(), await opened()]
    await signUp(there.slug, 'there@hub.example')
    const { registrationId } = await badge('there@hub.example')
    admin.clock.now = after(1)
    const marks = [{ registrationId, sessionId: null, isHere: true, at: after(1), how: 'qr' }]
    const { value } = await cora.call(contract.saveCheckIns, { params: here.params, body: { marks } })
    expect(value).toEqual({ saved: 0, unknown: [registrationId] })
    expect((await cora.call(contract.showScanned, { params: { ...here.params, registrationId } })).status).toBe(404)
  })

  it('badges go to everybody with a place, also to who was brought in by a list', async () => {
    const { params } = await opened({ capacity: 1 })
    const csv =
      'name,email,institution,affiliation\nIda,ida@list.example,Riverside State,staff\nJo,jo@list.example,Riverside State,staff'
    await cora.call(contract.importRegistrantsRoute, { params, body: { csv, commit: true } })
    expect((await cora.call(contract.sendBadges, { params })).value).toEqual({ sent: 1 })
    expect(await badge('ida@list.example')).toMatchObject({ name: 'Ida', status: 'registered' })
    expect(await admin.mailsTo('jo@list.example')).toEqual([])
  })
})

it('feedback is taken after the end from who had a place, once each, and told from five on', async () => {
  const { params, slug } = await opened({ capacity: 5 })
  const emails = [1, 2, 3, 4, 5, 6].map((n) => `fb${n}@hub.example`)
  for (const email of emails) await signUp(slug, email)
  const say = async (email: string, usefulness: number) =>
    admin.browser().call(contract.giveFeedback, {
      params: await badgeOf(email),
      body: { usefulness, kept: `Kept by ${email}`, change: '' },
    })
  expect((await say(emails[0]!, 5)).problem.code).toBe('feedback.not_yet')
  admin.clock.now = after(8)
  for (const email of emails.slice(0, 4)) expect((await say(email, 5)).status).toBe(204)
  await say(emails[0]!, 4)
  const summary = async () => (await cora.call(contract.showFeedback, { params })).value
  expect(await summary()).toMatchObject({ answers: null, mean: null, kept: [] })
  expect((await say(emails[5]!, 1)).problem.code).toBe('feedback.no_place')
  await say(emails[4]!, 5)
  expect(await summary()).toMatchObject({ answers: 5, mean: null })
  expect((await summary()).spread.map(({ count }) => count)).toEqual([0, 0, 0, null, null])
  expect((await badge(emails[0]!)).feedback).toBe('given')
})

it('another network sees nothing of sessions, hosting, needs, the desk or feedback', async () => {
  const { params, slug } = await opened()
  const sessionId = await add(params)
  await signUp(slug, 'alone@hub.example', { dietary: 'No nuts' })
  const { registrationId } = await badge('alone@hub.example')
  const { key } = await badgeOf('alone@hub.example')
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
    ['POST', 'sessions', JSON.parse(JSON.stringify(session()))],
    ['PUT', `sessions/${sessionId}`, JSON.parse(JSON.stringify(session()))],
    ['DELETE', `sessions/${sessionId}`, undefined],
    ['POST', `sessions/${sessionId}/fill`, undefined],
    ['PUT', 'hosting', { hosts: [], places: [], leadFacilitatorId: null, contactEmail: null }],
    ['POST', 'check-in', { marks }],
    ['POST', 'badges', undefined],
  ] as const) {
    expect([path, (await elsewhere.raw(method, `${at}/${path}`, body)).status]).toEqual([path, 404])
  }
  const foreign = await elsewhere.call(contract.createConvening, { body: { ...details(), regionId: other.regionId } })
  const theirs = { params: { conveningId: foreign.value.id } }
  await elsewhere.call(contract.setRegistration, { ...theirs, body: { status: 'open' } })
  const { slug: theirSlug } = (await elsewhere.call(contract.showConvening, theirs)).value
  expect((await admin.browser().call(contract.showBadge, { params: { slug: theirSlug, key } })).status).toBe(404)
  const mixed = { hosts: [riverside], places: [], leadFacilitatorId: null, contactEmail: null }
  const refused = await elsewhere.call(contract.setHosting, { ...theirs, body: mixed })
  expect(refused.problem.code).toBe('convening.institution_unknown')
})
