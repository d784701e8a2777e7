import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/convening'
import { seedNetwork } from '@copractice/services/testing'
import { conveningDetails, openConvening } from '../testing/open-convening.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const now = new Date('2027-01-10T12:00:00Z')
let admin: StartedAdmin
let cora: Browser
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
})
beforeEach(() => {
  admin.clock.now = now
})
afterAll(() => admin.close())

const details = (change: Record<string, unknown> = {}) =>
  conveningDetails(admin, {
    description: 'A day together.',
    joinUrl: 'https://meet.example/secret',
    capacity: 2,
    ...change,
  })
const opened = (change?: Record<string, unknown>) => openConvening(cora, details(change))
const form = (email: string, change: Record<string, unknown> = {}) => ({
  name: 'Sam Rivera',
  email,
  institutionId: admin.seeded.institutions.tenthStreet,
  affiliation: 'community_partner',
  interests: 'Food systems',
  ...change,
})
const signUp = (slug: string, email: string, change = {}) =>
  admin.browser().call(contract.register, { params: { slug }, body: form(email, change) })
const list = async (params: { conveningId: string }) =>
  (await cora.call(contract.listRegistrations, { params })).value.items

describe('keeping a convening', () => {
  it('is refused without a place, and says which rule', async () => {
    const body = details({ place: null, joinUrl: null })
    const { status, problem } = await cora.call(contract.createConvening, { body })
    expect([status, problem.code]).toEqual([422, 'convening.place'])
  })

  it('stays out of sight until registration is opened', async () => {
    const { value } = await cora.call(contract.createConvening, { body: details() })
    const found = (await cora.call(contract.showConvening, { params: { conveningId: value.id } })).value
    expect((await admin.browser().call(contract.showPublicConvening, { params: { slug: found.slug } })).status).toBe(
      404,
    )
  })

  it('hides another network’s and another region’s convening, and answers both as missing', async () => {
    const other = await seedNetwork(admin.db, { now })
    const elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
    const { params } = await opened()
    const body = details({ regionId: other.regionId })
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/registrations'],
      ['GET', '/registrations.csv'],
      ['POST', '/fill'],
    ] as const) {
      const response = await elsewhere.raw(method, `/api/convenings/${params.conveningId}${path}`)
      expect([path, response.status]).toEqual([path, 404])
    }
    expect((await elsewhere.call(contract.editConvening, { params, body })).status).toBe(404)
    expect((await elsewhere.call(contract.createConvening, { body: details() })).status).toBe(404)
    expect((await elsewhere.call(contract.listConvenings)).value.items).toEqual([])

    const coast = await admin.db
      .insertInto('region')
      .values({ network_id: admin.seeded.networkId, name: 'Coast' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await admin.db.updateTable('convening').set({ region_id: coast.id }).where('id', '=', params.conveningId).execute()
    expect((await cora.call(contract.showConvening, { params })).status).toBe(404)
  })
})

describe('the public page', () => {
  it('tells neither who registered nor how to join, and takes a registration without sign-in', async () => {
    const { params, slug } = await opened()
    const shown = await admin.browser().raw('GET', `/api/public/convenings/${slug}`)
    expect(await shown.text()).not.toContain('meet.example')
    expect((await signUp(slug, 'Sam@Hub.example')).status).toBe(204)
    expect(await list(params)).toMatchObject([{ person: { email: 'sam@hub.example' }, status: 'registered' }])
    const mail = (await admin.lastMail('sam@hub.example'))!
    expect(mail.subject).toContain('You are registered')
    expect(mail.body_text).toContain('https://meet.example/secret')
  })

  it('puts whoever comes after the last place on the waitlist, in order, and keeps the address to join from them', async () => {
    const { params, slug } = await opened()
    for (const n of [1, 2, 3, 4]) await signUp(slug, `w${n}@hub.example`)
    expect((await list(params)).map(({ status, waitlistPlace }) => [status, waitlistPlace])).toEqual([
      ['registered', null],
      ['registered', null],
      ['waitlisted', 1],
      ['waitlisted', 2],
    ])
    expect((await admin.lastMail('w3@hub.example'))!.body_text).not.toContain('meet.example')
  })

  it('answers a second registration as the first, changes nothing, and tells only the address itself', async () => {
    const { params, slug } = await opened()
    const first = await signUp(slug, 'twice@hub.example')
    const again = await signUp(slug, 'twice@hub.example', { name: 'Mallory', interests: 'Changed' })
    expect([again.status, again.value]).toEqual([first.status, first.value])
    expect(await list(params)).toMatchObject([{ person: { name: 'Sam Rivera' }, interests: 'Food systems' }])
    expect((await admin.lastMail('twice@hub.example'))!.subject).toContain('already')
  })

  it('never merges the registrant with someone an LMS knows by the same address', async () => {
    const { networkId, people } = admin.seeded
    await admin.db.updateTable('person').set({ email: 'ana@campus.example' }).where('id', '=', people.ana).execute()
    const { params, slug } = await opened()
    await signUp(slug, 'ana@campus.example')
    const [one] = await list(params)
    expect(one!.person.id).not.toBe(people.ana)
    const known = await admin.db
      .selectFrom('identity')
      .select('person_id')
      .where('network_id', '=', networkId)
      .where('subject', '=', 'ana@campus.example')
      .execute()
    expect(known).toEqual([{ person_id: one!.person.id }])
  })

  it('gives two places to two of twenty who sign up at once', async () => {
    const { params, slug } = await opened()
    await Promise.all(Array.from({ length: 20 }, (_, n) => signUp(slug, `rush${n}@hub.example`)))
    const statuses = (await list(params)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 'registered')).toHaveLength(2)
    expect(statuses).toHaveLength(20)
  })

  it('closes at the given moment', async () => {
    const { slug } = await opened()
    admin.clock.now = new Date(+details().registrationClosesAt + 1)
    expect((await signUp(slug, 'late@hub.example')).problem.code).toBe('convening.closed')
  })

  it('refuses a form sent for one address again and again', async () => {
    const { slug } = await opened()
    for (const _ of [1, 2, 3]) expect((await signUp(slug, 'bomb@hub.example')).status).toBe(204)
    expect(await signUp(slug, 'bomb@hub.example')).toMatchObject({
      status: 429,
      problem: { code: 'convening.too_many' },
    })
    expect(await admin.mailsTo('bomb@hub.example')).toHaveLength(3)
  })
})

describe('a cancellation', () => {
  it('can be undone, and gives the place to nobody meanwhile', async () => {
    const { params, slug } = await opened()
    for (const n of [1, 2, 3]) await signUp(slug, `c${n}@hub.example`)
    const [first] = await list(params)
    const one = { ...params, registrationId: first!.id }
    await cora.call(contract.cancelRegistration, { params: one })
    expect((await list(params)).map(({ status }) => status)).toEqual(['cancelled', 'registered', 'waitlisted'])
    const undone = await cora.call(contract.restoreRegistration, { params: one })
    expect(undone.value).toEqual({ status: 'registered' })
  })

  it('frees a place for the next on the waitlist, who is written to', async () => {
    const { params, slug } = await opened()
    for (const n of [1, 2, 3, 4]) await signUp(slug, `f${n}@hub.example`)
    const [first] = await list(params)
    await cora.call(contract.cancelRegistration, { params: { ...params, registrationId: first!.id } })
    expect((await cora.call(contract.fillFromWaitlist, { params })).value).toEqual({ given: 1 })
    expect((await admin.lastMail('f3@hub.example'))!.subject).toContain('A place for you')
    expect((await cora.call(contract.fillFromWaitlist, { params })).value).toEqual({ given: 0 })
    const late = await cora.call(contract.restoreRegistration, { params: { ...params, registrationId: first!.id } })
    expect(late.value).toEqual({ status: 'waitlisted' })
  })
})

it('exports the whole list as CSV and disarms what a spreadsheet would run', async () => {
  const { params, slug } = await opened({ capacity: null })
  await signUp(slug, 'csv@hub.example', { name: '=HYPERLINK("http://x")', interests: 'one, two\n"three"' })
  const response = await cora.raw('GET', `/api/convenings/${params.conveningId}/registrations.csv`)
  expect(response.headers.get('content-type')).toContain('text/csv')
  expect(response.headers.get('content-disposition')).toContain('registrations.csv')
  const text = await response.text()
  expect(text).toContain(
    `"'=HYPERLINK(""http://x"")",csv@hub.example,Tenth Street Food Hub,community partner,"one, two\n""three"""`,
  )
})
