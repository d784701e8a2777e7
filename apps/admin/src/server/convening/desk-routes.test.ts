import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/convening'
import type { InstitutionId } from '@copractice/core/kernel'
import { conveningMinutes } from '@copractice/services/convening'
import { addPerson } from '@copractice/services/testing'
import { deleteSpentNeeds } from '@copractice/store/convening'
import { afterStart, conveningDay, sessionPlan } from '../testing/open-convening.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const now = new Date('2027-01-10T12:00:00Z')
let admin: StartedAdmin, cora: Browser, day: ReturnType<typeof conveningDay>
let hillside: InstitutionId
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
  day = conveningDay(admin, cora)
  ;({ hillside } = admin.seeded.institutions)
})
beforeEach(() => {
  admin.clock.now = now
})
afterAll(() => admin.close())

/** A host sees the convening and its desk; who signed up, the board and every other change are the region's. */
async function staysWithTheRegion(
  host: Browser,
  { conveningId, slug }: Readonly<{ conveningId: string; slug: string }>,
) {
  const at = `/api/convenings/${conveningId}`
  for (const path of ['', '/sessions', '/hosting', '/check-in', '/flyer.pdf'])
    expect([path, (await host.raw('GET', `${at}${path}`)).status]).toEqual([path, 200])
  const sessionId = await day.add({ conveningId })
  await day.signUp(slug, 'kept@hub.example')
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
    ['PUT', '', plain({ ...day.details(), regionId })],
    ['PUT', '/registration', { status: 'closed' }],
    ['POST', '/fill'],
    ['POST', '/badges'],
    ['POST', '/import', { csv: 'name,email', commit: false }],
    ['POST', `/registrations/${id}/cancel`],
    ['POST', `/registrations/${id}/restore`],
    ['POST', '/sessions', plain(sessionPlan())],
    ['PUT', `/sessions/${sessionId}`, plain(sessionPlan())],
    ['POST', `/sessions/${sessionId}/fill`],
    ['DELETE', `/sessions/${sessionId}`],
  ] as const)
    expect([method, path, (await host.raw(method, `${at}${path}`, body)).status]).toEqual([method, path, 404])
}

describe('what people need', () => {
  const needing = { accessibility: 'Captions', dietary: 'No nuts' }
  it('is shown to those who host and to nobody else, and each reading is written down', async () => {
    const { params, slug } = await day.opened()
    await day.signUp(slug, 'needs@hub.example', needing)
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
    const { params, slug } = await day.opened()
    await day.signUp(slug, 'swept@hub.example', needing)
    const moved = day.details({ startsAt: afterStart(48), endsAt: afterStart(50) })
    expect((await cora.call(contract.editConvening, { params, body: moved })).status).toBe(204)
    const left = async (at: Date) => {
      await deleteSpentNeeds(admin.db, at)
      return (await cora.call(contract.listNeeds, { params })).value.items.length
    }
    expect(await left(new Date(+afterStart(50 + 24) - 1))).toBe(1)
    expect(await left(afterStart(50 + 24))).toBe(0)
    expect((await day.badge('swept@hub.example')).needs).toEqual({ accessibility: '', dietary: '' })
  })

  it('goes with the place when somebody gives it up', async () => {
    const { params, slug } = await day.opened()
    await day.signUp(slug, 'gone@hub.example', needing)
    const mine = await day.badgeOf('gone@hub.example')
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
    const { params, slug } = await day.opened({ capacity: null })
    const [one, two] = [
      await day.add(params, { endsAt: afterStart(1.5) }),
      await day.add(params, { title: 'Cases', startsAt: afterStart(1), endsAt: afterStart(2) }),
    ]
    await day.signUp(slug, 'here@hub.example', { sessions: [one] })
    await day.signUp(slug, 'absent@hub.example')
    const { registrationId, conveningId } = await day.badge('here@hub.example')
    const mark = (sessionId: string | null, at: Date, isHere = true) => ({
      registrationId,
      sessionId,
      isHere,
      at,
      how: 'qr' as const,
    })
    const send = (marks: unknown[]) => cora.call(contract.saveCheckIns, { params, body: { marks } })
    expect((await send([mark(null, now)])).problem.code).toBe('convening.too_early')
    admin.clock.now = afterStart(2)
    const marks = [mark(null, afterStart(0)), mark(one, afterStart(0)), mark(two, afterStart(1))]
    expect((await send([...marks, mark(two, afterStart(1.1), false), mark(two, afterStart(1.2))])).value).toEqual({
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
    await send([mark(two, afterStart(2), false)])
    expect((await cora.call(contract.listAttendance, { params })).value.items).toMatchObject([{ minutes: 90 }])
    const kept = await cora.call(contract.removeSession, { params: { ...params, sessionId: one } })
    expect(kept.problem.code).toBe('session.attended')
  })

  it('two desks that were offline come to the same, whichever is heard first', async () => {
    const { params, slug } = await day.opened({ capacity: null })
    for (const order of ['made-undone-remade', 'remade-undone-made', 'undone-remade-made']) {
      await day.signUp(slug, `${order}@hub.example`)
      const { registrationId } = await day.badge(`${order}@hub.example`)
      admin.clock.now = afterStart(1)
      for (const act of order.split('-')) {
        const at = afterStart({ made: 0.1, undone: 0.4, remade: 0.5 }[act]!)
        const mark = { registrationId, sessionId: null, isHere: act !== 'undone', at, how: 'list' }
        await cora.call(contract.saveCheckIns, { params, body: { marks: [mark] } })
      }
      admin.clock.now = now
    }
    const expected = await cora.call(contract.listExpected, { params })
    expect(expected.value.items.map(({ checkedInAt }) => +checkedInAt!)).toEqual([1, 2, 3].map(() => +afterStart(0.5)))
  })

  it('the whole of a convening without sessions counts for who came in at the door', async () => {
    const { params, slug } = await day.opened()
    await day.signUp(slug, 'door@hub.example')
    const { registrationId } = await day.badge('door@hub.example')
    admin.clock.now = afterStart(1)
    const marks = [{ registrationId, sessionId: null, isHere: true, at: afterStart(1), how: 'list' }]
    await cora.call(contract.saveCheckIns, { params, body: { marks } })
    expect((await cora.call(contract.listAttendance, { params })).value.items).toMatchObject([{ minutes: 420 }])
  })

  it('nobody of another convening is checked in', async () => {
    const [here, there] = [await day.opened(), await day.opened()]
    await day.signUp(there.slug, 'there@hub.example')
    const { registrationId } = await day.badge('there@hub.example')
    admin.clock.now = afterStart(1)
    const marks = [{ registrationId, sessionId: null, isHere: true, at: afterStart(1), how: 'qr' }]
    const { value } = await cora.call(contract.saveCheckIns, { params: here.params, body: { marks } })
    expect(value).toEqual({ saved: 0, unknown: [registrationId] })
    expect((await cora.call(contract.showScanned, { params: { ...here.params, registrationId } })).status).toBe(404)
  })

  it('badges go to everybody with a place, also to who was brought in by a list', async () => {
    const { params } = await day.opened({ capacity: 1 })
    const csv =
      'name,email,institution,affiliation\nIda,ida@list.example,Riverside State,staff\nJo,jo@list.example,Riverside State,staff'
    await cora.call(contract.importRegistrantsRoute, { params, body: { csv, commit: true } })
    expect((await cora.call(contract.sendBadges, { params })).value).toEqual({ sent: 1 })
    expect(await day.badge('ida@list.example')).toMatchObject({ name: 'Ida', status: 'registered' })
    expect(await admin.mailsTo('jo@list.example')).toEqual([])
  })
})

it('feedback is taken after the end from who had a place, once each, and told from five on', async () => {
  const { params, slug } = await day.opened({ capacity: 5 })
  const emails = [1, 2, 3, 4, 5, 6].map((n) => `fb${n}@hub.example`)
  for (const email of emails) await day.signUp(slug, email)
  const say = async (email: string, usefulness: number) =>
    admin.browser().call(contract.giveFeedback, {
      params: await day.badgeOf(email),
      body: { usefulness, kept: `Kept by ${email}`, change: '' },
    })
  expect((await say(emails[0]!, 5)).problem.code).toBe('feedback.not_yet')
  admin.clock.now = afterStart(8)
  for (const email of emails.slice(0, 4)) expect((await say(email, 5)).status).toBe(204)
  await say(emails[0]!, 4)
  const summary = async () => (await cora.call(contract.showFeedback, { params })).value
  expect(await summary()).toMatchObject({ answers: null, mean: null, kept: [] })
  expect((await say(emails[5]!, 1)).problem.code).toBe('feedback.no_place')
  await say(emails[4]!, 5)
  expect(await summary()).toMatchObject({ answers: 5, mean: null })
  expect((await summary()).spread.map(({ count }) => count)).toEqual([0, 0, 0, null, null])
  expect((await day.badge(emails[0]!)).feedback).toBe('given')
})
