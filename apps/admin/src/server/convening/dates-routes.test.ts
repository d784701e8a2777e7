import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/convening'
import { showAdminHome } from '@copractice/core/directory'
import { seedNetwork } from '@copractice/services/testing'
import { conveningDetails } from '../testing/open-convening.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const HOUR = 3_600_000
const now = new Date('2027-01-10T12:00:00Z')
const starts = new Date('2027-02-12T15:00:00Z')
let admin: StartedAdmin
let cora: Browser
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
})
afterAll(() => admin.close())

const details = (change: Record<string, unknown> = {}) => {
  const dates = { endsAt: new Date(+starts + 7 * HOUR), registrationClosesAt: new Date(+starts - 24 * HOUR) }
  return conveningDetails(admin, { startsAt: starts, ...dates, ...change })
}

describe('announced without dates', () => {
  const unset = { startsAt: null, endsAt: null, registrationClosesAt: null, term: 'summer-2027' }
  it('is public, takes nobody, writes twice to who says yes, and forgets who says no', async () => {
    const { value } = await cora.call(contract.createConvening, { body: details(unset) })
    const params = { conveningId: value.id }
    const open = await cora.call(contract.setRegistration, { params, body: { status: 'open' } })
    expect(open.problem.code).toBe('convening.no_dates')
    await cora.call(contract.setRegistration, { params, body: { status: 'announced' } })
    const { slug } = (await cora.call(contract.showConvening, { params })).value
    const shown = (await admin.browser().call(contract.showPublicConvening, { params: { slug } })).value
    expect([shown.registration, shown.startsAt]).toEqual(['announced', null])
    const early = { name: 'Early', email: 'early@hub.example', affiliation: 'staff', interests: '' }
    const body = { ...early, institutionId: admin.seeded.institutions.riverside }
    const refused = await admin.browser().call(contract.register, { params: { slug }, body })
    expect(refused.problem.code).toBe('convening.closed')

    const ask = (email: string) => admin.browser().call(contract.askToBeTold, { params: { slug }, body: { email } })
    const keyOf = async (email: string) => /notify\/([0-9a-f]{64})/.exec((await admin.lastMail(email))!.body_text)![1]!
    for (const email of ['yes@hub.example', 'no@hub.example', 'silent@hub.example'])
      expect((await ask(email)).status).toBe(204)
    const key = await keyOf('yes@hub.example')
    for (const time of [1, 2]) {
      const confirmed = await admin.browser().call(contract.confirmToBeTold, { params: { slug, key } })
      expect([time, confirmed.status]).toEqual([time, 201])
    }
    const no = await keyOf('no@hub.example')
    await admin.browser().call(contract.confirmToBeTold, { params: { slug, key: no } })
    expect((await admin.browser().call(contract.stopBeingTold, { params: { slug, key: no } })).status).toBe(204)
    expect((await cora.call(contract.countToBeTold, { params })).value).toEqual({ confirmed: 1, told: 0 })

    await cora.call(contract.editConvening, { params, body: details({ term: 'summer-2027' }) })
    await cora.call(contract.editConvening, { params, body: details({ term: 'summer-2027', capacity: 9 }) })
    const told = await admin.mailsTo('yes@hub.example')
    expect(told.map(({ subject }) => subject)).toEqual([
      'Shall we tell you? Spring gathering',
      'The dates are set: Spring gathering',
    ])
    expect(told[1]!.body_text).toContain('February 12, 2027')
    expect(told[1]!.body_text).toContain(`/c/${slug}/notify/${key}`)
    for (const email of ['no@hub.example', 'silent@hub.example']) expect(await admin.mailsTo(email)).toHaveLength(1)
    expect((await ask('late@hub.example')).problem.code).toBe('convening.has_dates')
    // Asked before the dates, and said yes after.
    const late = await keyOf('silent@hub.example')
    await admin.browser().call(contract.confirmToBeTold, { params: { slug, key: late } })
    expect((await admin.mailsTo('silent@hub.example')).map(({ subject }) => subject)).toEqual([
      'Shall we tell you? Spring gathering',
      'The dates are set: Spring gathering',
    ])
    expect((await cora.call(contract.countToBeTold, { params })).value).toEqual({ confirmed: 2, told: 2 })
  })

  it('counts for its term, on the list and at home', async () => {
    const other = await seedNetwork(admin.db, { now })
    const elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
    const missing = async () => (await elsewhere.call(contract.listConvenings)).value.missing.map(({ key }) => key)
    const atHome = async () =>
      (await elsewhere.call(showAdminHome)).value.waiting.flatMap((one) =>
        one.kind === 'term_without_convening' ? [one.key] : [],
      )
    expect(await missing()).toEqual(['spring-2027', 'summer-2027', 'fall-2027'])
    expect(await atHome()).toEqual(['spring-2027'])
    const body = { ...details(unset), regionId: other.regionId }
    await elsewhere.call(contract.createConvening, { body })
    await elsewhere.call(contract.createConvening, { body: { ...details(), regionId: other.regionId } })
    expect(await missing()).toEqual(['fall-2027'])
    expect(await atHome()).toEqual([])
  })
})

it('a series keeps its convenings and their sessions to its days (convening.window)', async () => {
  const plan = { slug: 'summer', name: 'Summer', window: { from: '05-14', until: '08-13' } }
  await admin.db
    .insertInto('series')
    .values({
      network_id: admin.seeded.networkId,
      slug: 'summer',
      name: 'Summer',
      status: 'scheduled',
      plan: JSON.stringify(plan),
      created_at: now,
    })
    .execute()
  const refused = await cora.call(contract.createConvening, { body: details({ series: 'summer' }) })
  expect(refused.problem).toMatchObject({ code: 'convening.window', facts: { from: '05-14', until: '08-13' } })
  const june = new Date('2027-06-12T15:00:00Z')
  const dates = { startsAt: june, endsAt: new Date(+june + 4 * HOUR), registrationClosesAt: june, series: 'summer' }
  expect((await cora.call(contract.createConvening, { body: details(dates) })).status).toBe(201)
  const unknown = await cora.call(contract.createConvening, { body: details({ ...dates, series: 'winter' }) })
  expect(unknown.problem.code).toBe('convening.series_unknown')
})
