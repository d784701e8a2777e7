import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  checkConnection,
  confirmAddresses,
  findRefusal,
  listSigningKeys,
  rotateSigningKeys,
  saveDeployment,
  setLaunchPolicy,
  showConnection,
  showToolDetails,
} from '@copractice/core/connection'
import { inviteLmsAdministrator, listAuditEntries, showInstitution } from '@copractice/core/directory'
import { addPerson, seedNetwork } from '@copractice/services/testing'
import { insertLaunchRefusal } from '@copractice/store/connection'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

let admin: StartedAdmin
let cora: Browser
let riversides: Browser
let elsewhere: Browser
const at = () => ({
  institutionId: admin.seeded.institutions.riverside as string,
  platformId: admin.seeded.platforms.riverside as string,
})

beforeAll(async () => {
  admin = await startAdmin()
  cora = await admin.signedIn(admin.cora)
  riversides = await admin.signedIn(await grant('institution_admin', admin.seeded.institutions.riverside))
  const other = await seedNetwork(admin.db)
  elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
})
afterAll(() => admin.close())

async function grant(role: 'institution_admin' | 'network_admin', institutionId: string | null, at = 'riverside') {
  const { networkId } = admin.seeded
  const email = `${role}@${at}.example`
  const personId = await addPerson(admin.db, { networkId, name: role, email })
  const row = { network_id: networkId, person_id: personId, role, region_id: null, institution_id: institutionId }
  await admin.db.insertInto('role_grant').values(row).execute()
  return email
}

describe('the page of a connection', () => {
  it('shows courses, links, people and refusals in figures, and the one thing to do next', async () => {
    const { value } = await cora.call(showConnection, { params: at() })
    expect(value).toMatchObject({
      institution: 'Riverside State',
      profile: 'canvas',
      status: 'active',
      next: 'check',
      deployments: [{ id: '1', status: 'active' }],
      courses: 1,
      courseLinks: 2,
      unboundLinks: 1,
      deliveries: { waiting: 0, arrived: 0, refused: 0, givenUp: 0 },
      check: null,
    })
    expect(value.latestLinks).toHaveLength(2)
    expect(JSON.stringify(value)).not.toMatch(/Ana Okonjo|Ravi Nair/)
  })

  it('tells refusals by code, and what is next after one', async () => {
    const { networkId, platforms } = admin.seeded
    const platform = { networkId, platformId: platforms.riverside }
    for (const [reference, code] of [
      ['AAAA-0001', 'launch.state_unknown'],
      ['AAAA-0002', 'launch.deployment_unknown'],
      ['AAAA-0003', 'launch.deployment_unknown'],
    ] as const)
      await insertLaunchRefusal(admin.db, { reference, platform, code, facts: { claim: 'x' }, at: admin.clock.now })
    const { value } = await cora.call(showConnection, { params: at() })
    expect(value.week).toMatchObject({
      refused: 3,
      byCode: [
        { code: 'launch.deployment_unknown', count: 2 },
        { code: 'launch.state_unknown', count: 1 },
      ],
    })
    expect([value.next, value.strangeDeployments]).toEqual(['add_deployment', []])
    // Anybody can send what no signature proves: it does not become the connection's trouble.
    for (const code of ['launch.lms_error', 'launch.browser_mismatch', 'launch.signature_wrong'])
      await insertLaunchRefusal(admin.db, { reference: code.slice(-9), platform, code, facts: {}, at: admin.clock.now })
    expect((await cora.call(showConnection, { params: at() })).value.next).toBe('add_deployment')
    const facts = { deployment: '7:unseen' }
    const named = { reference: 'AAAA-0004', platform, code: 'launch.deployment_unknown', facts, at: admin.clock.now }
    await insertLaunchRefusal(admin.db, named)
    const strange = async () => (await cora.call(showConnection, { params: at() })).value.strangeDeployments
    expect((await strange()).map(({ id }) => id)).toEqual(['7:unseen'])
    await cora.call(saveDeployment, { params: at(), body: { deploymentId: '7:unseen', status: 'active' } })
    expect(await strange()).toEqual([])
  })

  it('lets a deployment launch that was not known, and switches it off; each is written down', async () => {
    for (const status of ['active', 'disabled'] as const) {
      const body = { deploymentId: '7:abc', status }
      expect((await riversides.call(saveDeployment, { params: at(), body })).status).toBe(204)
      const { deployments } = (await cora.call(showConnection, { params: at() })).value
      expect(deployments.find(({ id }) => id === '7:abc')?.status).toBe(status)
    }
    const { items } = (await cora.call(listAuditEntries)).value
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['connection.deployment_on', 'connection.deployment_off']),
    )
  })

  it('takes what becomes of launches that the standard leaves open, and writes it down', async () => {
    const shown = async () => (await cora.call(showConnection, { params: at() })).value.policy
    expect(await shown()).toEqual({ unknownDeployments: 'refuse', anonymousLaunches: 'refuse' })
    const set = await riversides.call(setLaunchPolicy, { params: at(), body: { anonymousLaunches: 'visit' } })
    expect([set.status, set.value]).toEqual([200, { unknownDeployments: 'refuse', anonymousLaunches: 'visit' }])
    await riversides.call(setLaunchPolicy, { params: at(), body: { unknownDeployments: 'park' } })
    expect(await shown()).toEqual({ unknownDeployments: 'park', anonymousLaunches: 'visit' })
    const { items } = (await cora.call(listAuditEntries)).value
    expect(items.find(({ action }) => action === 'connection.policy_set')?.facts).toMatchObject({
      unknownDeployments: 'park',
      deploymentsBefore: 'refuse',
      anonymousLaunches: 'visit',
      anonymousBefore: 'visit',
    })
  })

  it('tells of addresses outside the issuer’s host, and takes somebody’s word for those they saw', async () => {
    const shown = async () => (await cora.call(showConnection, { params: at() })).value
    const { tokenEndpoint } = await shown()
    const platform = admin.db.updateTable('lti_platform').where('id', '=', admin.seeded.platforms.riverside)
    await platform.set({ token_endpoint: 'https://elsewhere.example/token' }).execute()
    expect(await shown()).toMatchObject({
      unconfirmedAddresses: ['https://elsewhere.example/token'],
      next: 'confirm_addresses',
    })
    const confirm = (addresses: string[]) => riversides.call(confirmAddresses, { params: at(), body: { addresses } })
    const other = await confirm(['https://elsewhere.example/token', 'https://other.example/keys'])
    expect([other.status, other.problem.code]).toEqual([409, 'connection.addresses_changed'])
    expect((await confirm(['https://elsewhere.example/token'])).status).toBe(204)
    expect(await shown()).toMatchObject({
      unconfirmedAddresses: [],
      confirmedAddresses: ['https://elsewhere.example/token'],
    })
    // A confirmation is of one address, not of whatever comes after it.
    await platform.set({ token_endpoint: 'https://later.example/token' }).execute()
    expect((await shown()).unconfirmedAddresses).toEqual(['https://later.example/token'])
    await platform.set({ token_endpoint: tokenEndpoint }).execute()
    const { items } = (await cora.call(listAuditEntries)).value
    expect(items.find(({ action }) => action === 'connection.addresses_confirmed')?.facts).toMatchObject({
      addresses: 'https://elsewhere.example/token',
    })
  })

  it('runs the self-test, keeps its result, and says on the page what came of it', async () => {
    // The seeded LMS is on no network: its addresses are refused before anything is sent.
    const { status, value } = await riversides.call(checkConnection, { params: at() })
    expect([status, value.steps.length]).toEqual([201, 13])
    expect(value.steps.find(({ step }) => step === 'lms_keys')?.state).toBe('fail')
    const shown = (await cora.call(showConnection, { params: at() })).value
    expect(shown.check).toEqual(value)
    await admin.db.updateTable('lti_platform').set({ last_error_at: null }).execute()
    expect((await cora.call(showConnection, { params: at() })).value.next).toBe('mend')
    await admin.db.updateTable('connection_check').set({ finished_at: null, started_at: new Date() }).execute()
    const busy = await cora.call(checkConnection, { params: at() })
    expect([busy.status, busy.problem.code]).toEqual([409, 'connection.check_running'])
  })

  it('is nowhere for another institution, another network, and under another institution’s address', async () => {
    const hillsides = { institutionId: admin.seeded.institutions.hillside as string }
    const theirs = { ...hillsides, platformId: admin.seeded.platforms.hillside as string }
    const body = { deploymentId: 'x', status: 'active' as const }
    const answers = [
      await riversides.call(showConnection, { params: theirs }),
      await riversides.call(checkConnection, { params: theirs }),
      await riversides.call(saveDeployment, { params: theirs, body }),
      await cora.call(showConnection, { params: { ...at(), ...hillsides } }),
      await elsewhere.call(showConnection, { params: at() }),
      await elsewhere.call(checkConnection, { params: at() }),
      await elsewhere.call(saveDeployment, { params: at(), body }),
      await riversides.call(setLaunchPolicy, { params: theirs, body: { anonymousLaunches: 'visit' } }),
      await riversides.call(confirmAddresses, { params: theirs, body: { addresses: ['https://x.example'] } }),
      await elsewhere.call(setLaunchPolicy, { params: at(), body: { anonymousLaunches: 'visit' } }),
    ]
    expect(answers.map(({ status, problem }) => [status, problem.code])).toEqual(
      answers.map(() => [404, 'directory.not_found']),
    )
  })
})

describe('a refusal by its reference', () => {
  const find = (who: Browser, reference: string) => who.call(findRefusal, { params: { reference } })

  it('is found however it was typed, with its connection and what was noted', async () => {
    for (const typed of ['AAAA-0001', ' aaaa0001', 'aaaa 0001']) {
      const { value } = await find(riversides, encodeURIComponent(typed))
      expect(value).toMatchObject({
        reference: 'AAAA-0001',
        code: 'launch.state_unknown',
        facts: { claim: 'x' },
        institution: { name: 'Riverside State' },
        connection: { profile: 'canvas' },
        invitedAt: null,
      })
    }
  })

  it('answers alike for another institution’s, another network’s, nobody’s and none', async () => {
    const { networkId, platforms } = admin.seeded
    const platform = { networkId, platformId: platforms.hillside }
    const common = { code: 'launch.state_unknown', facts: {}, at: admin.clock.now }
    await insertLaunchRefusal(admin.db, { ...common, reference: 'BBBB-0001', platform })
    await insertLaunchRefusal(admin.db, { ...common, reference: 'CCCC-0001', platform: null })
    expect((await find(cora, 'BBBB-0001')).status).toBe(200)
    const answers = [
      await find(riversides, 'BBBB-0001'),
      await find(riversides, 'CCCC-0001'),
      await find(riversides, 'DDDD-0001'),
      await find(riversides, 'no'),
      await find(cora, 'CCCC-0001'),
      await find(elsewhere, 'AAAA-0001'),
    ]
    const alike = { code: 'refusal.unknown', facts: {} }
    expect(answers.map(({ status, problem }) => [status, problem])).toEqual(answers.map(() => [404, alike]))
  })

  it('of a registration is found by whoever may see to the invited institution, and stands with the invite until it is used', async () => {
    const { networkId, institutions } = admin.seeded
    const params = { institutionId: institutions.riverside }
    const invites = async (who: Browser) => (await who.call(showInstitution, { params })).value.invites
    await riversides.call(inviteLmsAdministrator, { params })
    const [made] = await invites(cora)
    expect(made).toMatchObject({ lastRefusal: null })
    await riversides.call(inviteLmsAdministrator, { params })
    const one = { invite: { networkId, id: made!.id }, platform: null, facts: { status: 401, lms: 'lms.example' } }
    const tried = (reference: string, code: string, minutes: number) => {
      const at = new Date(admin.clock.now.getTime() + minutes * 60_000)
      return insertLaunchRefusal(admin.db, { ...one, reference, code, at })
    }
    await tried('EEEE-0001', 'registration.configuration_unreadable', 1)
    await tried('EEEE-0002', 'registration.lms_refused', 2)

    // The one that something happened with comes first, with the latest of it.
    const shown = await invites(riversides)
    const latest = { code: 'registration.lms_refused', reference: 'EEEE-0002', at: expect.any(Date) }
    expect(shown.map(({ lastRefusal }) => lastRefusal)).toEqual([latest, null])
    expect(shown[0]).toMatchObject({ id: made!.id, madeAt: made!.madeAt })
    for (const who of [cora, riversides])
      expect((await find(who, 'EEEE-0001')).value).toMatchObject({
        code: 'registration.configuration_unreadable',
        facts: { status: 401, lms: 'lms.example' },
        institution: { id: institutions.riverside, name: 'Riverside State' },
        connection: null,
        invitedAt: made!.madeAt,
      })
    const hillsides = await admin.signedIn(await grant('institution_admin', institutions.hillside, 'hillside'))
    for (const who of [hillsides, elsewhere])
      expect((await find(who, 'EEEE-0001')).problem).toEqual({ code: 'refusal.unknown', facts: {} })

    const change = (changes: { used_at: Date } | { expires_at: Date }, id: string) =>
      admin.db.updateTable('registration_invite').set(changes).where('id', '=', id).execute()
    await change({ used_at: admin.clock.now }, made!.id)
    expect((await invites(cora)).map(({ lastRefusal }) => lastRefusal)).toEqual([null])
    expect((await find(cora, 'EEEE-0002')).status).toBe(200)
    await change({ expires_at: admin.clock.now }, shown[1]!.id)
    expect(await invites(cora)).toEqual([])
  })
})

it('tells what to enter in an LMS, the same for everybody, and no network or school', async () => {
  const { value } = await riversides.call(showToolDetails)
  expect(value).toMatchObject({
    launchUrl: 'https://space.example/lti/launch',
    canvasConfigUrl: 'https://space.example/lti/canvas-config.json',
    domain: 'space.example',
    custom: { moodle: 'context_history=$Context.id.history\ngroup_ids=$Moodle.Person.userGroupIds' },
  })
  expect((await elsewhere.call(showToolDetails)).value).toEqual(value)
})

describe('signing keys', () => {
  it('are a network admin’s alone', async () => {
    for (const who of [cora, riversides]) {
      expect((await who.call(listSigningKeys)).status).toBe(404)
      expect((await who.call(rotateSigningKeys)).status).toBe(404)
    }
  })

  it('show which signs now, which is next and which is retired; a new one comes an hour apart', async () => {
    const nina = await admin.signedIn(await grant('network_admin', null))
    // The self-test above asked for tokens, and so made the first.
    const shown = (await nina.call(listSigningKeys)).value
    expect([shown.rotatesEveryDays, shown.jwksUrl]).toEqual([90, 'https://space.example/lti/jwks.json'])
    const first = shown.keys[0]!.kid
    const soon = await nina.call(rotateSigningKeys)
    expect([soon.status, soon.problem.code]).toEqual([409, 'keys.rotated_recently'])

    const hours = (count: number) => (admin.clock.now = new Date(admin.clock.now.getTime() + count * 3_600_000))
    hours(2)
    const second = (await nina.call(rotateSigningKeys)).value.kid
    const states = async () => (await nina.call(listSigningKeys)).value.keys.map(({ kid, state }) => [kid, state])
    expect(await states()).toEqual([
      [first, 'current'],
      [second, 'next'],
    ])
    hours(1)
    expect(await states()).toEqual([
      [first, 'retired'],
      [second, 'current'],
    ])
    hours(24)
    expect(await states()).toEqual([[second, 'current']])
    const { items } = (await nina.call(listAuditEntries)).value
    expect(items.filter(({ action }) => action === 'keys.rotated')).toHaveLength(1)
  })
})
