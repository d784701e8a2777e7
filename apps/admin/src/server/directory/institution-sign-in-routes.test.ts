import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import { addPerson, seedNetwork, type SeededNetwork } from '@copractice/services/testing'
import { runSql } from '@copractice/store/testing'
import { oidcProvider } from '../testing/oidc-provider.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

type Role = 'network_admin' | 'coordinator' | 'institution_admin' | 'support'

let admin: StartedAdmin, provider: Awaited<ReturnType<typeof oidcProvider>>
let institutionId: InstitutionId, networkAdmin: Browser, institutionAdmin: Browser
beforeAll(async () => {
  admin = await startAdmin(new Date(), { allowLocalPlatforms: true })
  provider = await oidcProvider()
  institutionId = Object.values(admin.seeded.institutions)[0] as InstitutionId
  networkAdmin = await admin.signedIn(await somebody('nora@office.example', 'network_admin'))
  institutionAdmin = await admin.signedIn(await somebody('ivo@elsewhere.example', 'institution_admin'))
  await setUp(networkAdmin)
  await addDomain(networkAdmin, 'riverside.example')
  await switchTo({ isOn: true })
})
afterAll(async () => {
  provider.close()
  await admin.close()
})
beforeEach(async () => {
  provider.answer = {}
  provider.discovery = {}
  await runSql(admin.db, 'delete from auth.sign_in_attempt')
})

async function somebody(email: string, role: Role, { networkId, regionId }: SeededNetwork = admin.seeded) {
  const personId = await addPerson(admin.db, { networkId, name: email, email })
  const place = {
    region_id: role === 'coordinator' ? regionId : null,
    institution_id: role === 'institution_admin' ? institutionId : null,
  }
  await admin.db
    .insertInto('role_grant')
    .values({ network_id: networkId, person_id: personId, role, ...place })
    .execute()
  return email
}
const params = () => ({ institutionId })
const setUp = (by: Browser, more: object = {}, issuer = provider.issuer) =>
  by.call(contract.saveInstitutionSignIn, {
    params: params(),
    body: { kind: 'oidc', issuer, clientId: 'copractice', clientSecret: provider.secret, ...more },
  })
const speakerSeen = async (by: Browser, at = params()) =>
  (await by.call(contract.showInstitutionSignIn, { params: at })).value.speaker
const addDomain = async (by: Browser, domain: string, at = params()) =>
  by.call(contract.addSignInDomain, { params: at, body: { domain, speaker: await speakerSeen(by, at) } })
const switchTo = ({ isOn = true, isOnly = false }, by = networkAdmin) =>
  by.call(contract.switchInstitutionSignIn, { params: params(), body: { isOn, isOnly } })
const shown = async (by = networkAdmin) => (await by.call(contract.showInstitutionSignIn, { params: params() })).value
const offerTo = async (email: string) =>
  (await admin.browser().call(contract.offerInstitutionSignIn, { body: { email } })).value.offer
const begin = (email: string, browser: Browser, to?: string) =>
  browser.call(contract.beginInstitutionSignIn, { body: { email, ...(to && { to }) } })

/** The whole way: to the provider, and back in the same browser. */
async function comesThrough(email: string, { claims = {}, browser = admin.browser(), to = '' } = {}) {
  const plain = provider.answer
  provider.answer = { ...plain, claims: { email, email_verified: true, ...plain.claims, ...claims } }
  const begun = await begin(email, browser, to || undefined)
  expect(begun.status).toBe(201)
  const response = await browser.raw('GET', provider.signsIn(begun.value.url))
  provider.answer = plain
  const location = response.headers.get('location')!
  return { browser, location, code: new URLSearchParams(location.split('?')[1]).get('code') }
}
const whoIs = (browser: Browser) => browser.call(contract.whoAdministers)
const cora = (name: string) => somebody(`${name}@riverside.example`, 'coordinator')

it('offers it by the domain alone, whoever has the address', async () => {
  const offer = { institution: expect.any(String), isOnly: false }
  expect(await offerTo('nobody-at-all@riverside.example')).toEqual(offer)
  expect(await offerTo(await cora('offered'))).toEqual(offer)
  expect(await offerTo('a@sub.riverside.example')).toBeNull()
  expect(await offerTo('a@xriverside.example')).toBeNull()
})

it('signs in with code, PKCE, state and nonce, goes on where somebody came to, and keeps when that was', async () => {
  const email = await cora('ada')
  const { browser, location } = await comesThrough(email, { to: '/cohorts?x=1', claims: { sub: 'ada' } })
  expect(location).toBe('/cohorts?x=1')
  expect((await whoIs(browser)).value).toMatchObject({ email, reach: 'regions' })
  const sought = new URL((await begin(email, admin.browser())).value.url).searchParams
  expect(Object.fromEntries(sought)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' })
  expect((await shown()).settings!.lastSignInAt).toBeInstanceOf(Date)
  // Where it goes on is a page of ours.
  expect((await comesThrough(email, { to: '//evil.example', claims: { sub: 'ada' } })).location).toBe('/')
})

describe('refuses, with a code, a reference and the last error for its administrators', () => {
  const now = () => Math.floor(Date.now() / 1000)
  it.each([
    ['another issuer', () => ({ claims: { iss: 'https://other.example' } }), 'sign_in.not_proved'],
    ['another audience', () => ({ claims: { aud: 'somebody-else' } }), 'sign_in.not_proved'],
    [
      'several audiences without us as azp',
      () => ({ claims: { aud: ['copractice', 'x'], azp: 'x' } }),
      'sign_in.not_proved',
    ],
    ['another nonce', () => ({ nonce: 'replayed' }), 'sign_in.not_proved'],
    ['an expired token', () => ({ claims: { iat: now() - 900, exp: now() - 600 } }), 'sign_in.answer_too_old'],
    ['another key', () => ({ signer: 'other' as const }), 'sign_in.not_proved'],
    ['no signature', () => ({ signer: 'none' as const }), 'sign_in.not_proved'],
    ['a signature with the shared secret', () => ({ signer: 'shared' as const }), 'sign_in.not_proved'],
    ['an address that was not verified', () => ({ claims: { email_verified: false } }), 'sign_in.address_unverified'],
    ['an address of another domain', () => ({ claims: { email: 'x@hillside.example' } }), 'sign_in.domain_foreign'],
    ['no address', () => ({ claims: { email: undefined } }), 'sign_in.address_missing'],
    ['an address that is nobody’s', () => ({ claims: { email: 'none@riverside.example' } }), 'directory.no_grant'],
  ])('%s', async (_what, answer, code) => {
    const email = 'strict@riverside.example'
    provider.answer = answer()
    const refused = await comesThrough(email)
    expect(refused.code).toBe(code)
    const reference = new URLSearchParams(refused.location.split('?')[1]).get('reference')
    expect((await shown()).settings!.lastError).toMatchObject({ code, reference })
    // Those who only read it learn nobody's address, and what is kept outlives whoever is removed.
    expect((await shown()).settings!.lastError!.detail ?? '').not.toContain('@')
    expect((await whoIs(refused.browser)).status).toBe(401)
  })
  beforeAll(async () => {
    await cora('strict')
  })
})

it('takes an answer once, in the browser that asked, within ten minutes', async () => {
  const email = await cora('bea')
  provider.answer = { claims: { email, sub: 'bea' } }
  const browser = admin.browser()
  const back = provider.signsIn((await begin(email, browser)).value.url)
  const other = admin.browser()
  await begin(email, other)
  for (const stranger of [admin.browser(), other])
    expect((await stranger.raw('GET', back)).headers.get('location')).toContain('code=sign_in.other_browser')
  expect((await browser.raw('GET', back)).headers.get('location')).toBe('/')
  expect((await browser.raw('GET', back)).headers.get('location')).toContain('code=sign_in.too_old')

  const late = provider.signsIn((await begin(email, browser)).value.url)
  await runSql(admin.db, `update institution_login set expires_at = now() - interval '1 hour'`)
  expect((await browser.raw('GET', late)).headers.get('location')).toContain('code=sign_in.too_old')
  expect((await browser.raw('GET', `/sign-in/institution/oidc/${institutionId}`)).headers.get('location')).toContain(
    'sign_in.too_old',
  )
})

it('redeems no code that another institution’s provider led the browser to', async () => {
  const email = await cora('mixed')
  const evil = await oidcProvider()
  const theirs = { institutionId: Object.values(admin.seeded.institutions)[1]! }
  const body = { kind: 'oidc', issuer: evil.issuer, clientId: 'copractice', clientSecret: evil.secret } as const
  await networkAdmin.call(contract.saveInstitutionSignIn, { params: theirs, body })
  await addDomain(networkAdmin, 'evil.example', theirs)
  await networkAdmin.call(contract.switchInstitutionSignIn, { params: theirs, body: { isOn: true, isOnly: false } })
  const victim = admin.browser()
  const atEvil = new URL((await begin('guest@evil.example', victim)).value.url).searchParams
  const led = new URL((await begin(email, admin.browser())).value.url)
  expect(led.searchParams.get('redirect_uri')).toBe((await shown()).ours.redirectUri)
  led.searchParams.set('state', atEvil.get('state')!)
  const back = await victim.raw('GET', provider.signsIn(led.href))
  expect(evil.calls).not.toContain('/token')
  expect(back.headers.get('location')).toContain('code=sign_in.not_proved')
  evil.close()
})

it('lets nobody in, and nobody stay, once it is switched off', async () => {
  const email = await cora('cleo')
  const { browser } = await comesThrough(email, { claims: { sub: 'cleo' } })
  expect((await whoIs(browser)).status).toBe(200)
  const begun = await begin(email, browser)
  await switchTo({ isOn: false })
  expect((await whoIs(browser)).status).toBe(401)
  expect(await offerTo(email)).toBeNull()
  const back = await browser.raw('GET', provider.signsIn(begun.value.url))
  expect(back.headers.get('location')).toContain('code=sign_in.switched_off')
  expect((await begin(email, browser)).problem.code).toBe('sign_in.switched_off')
  await switchTo({ isOn: true })
  expect((await whoIs(browser)).status).toBe(200)
})

it('remembers whom the provider means by an address, and lets another in only after a network admin cleared it', async () => {
  const email = await cora('dino')
  const former = await comesThrough(email, { claims: { sub: 'dino' } })
  expect(former.location).toBe('/')
  const other = await comesThrough(email, { claims: { sub: 'newcomer' } })
  expect(other.code).toBe('sign_in.subject_changed')
  const kept = (await comesThrough(await cora('kept'), { claims: { sub: 'kept' } })).browser
  expect((await shown()).settings!.lastError!.detail).toBe('riverside.example')
  expect((await comesThrough(await cora('dora'), { claims: { sub: 'dino' } })).code).toBe('sign_in.subject_taken')

  const forget = { params: params(), body: { email } }
  expect((await institutionAdmin.call(contract.forgetInstitutionSubject, forget)).status).toBe(404)
  expect((await networkAdmin.call(contract.forgetInstitutionSubject, forget)).status).toBe(204)
  expect((await networkAdmin.call(contract.forgetInstitutionSubject, forget)).problem.code).toBe(
    'sign_in.nothing_remembered',
  )
  expect([(await whoIs(former.browser)).status, (await whoIs(kept)).status]).toEqual([401, 200])
  expect((await comesThrough(email, { claims: { sub: 'newcomer' } })).location).toBe('/')
})

it('opens the institution’s own network alone, and adds no passkey, which would open every one', async () => {
  const other = await seedNetwork(admin.db)
  const email = await cora('both')
  await somebody(email, 'network_admin', other)
  const { browser } = await comesThrough(email, { claims: { sub: 'both' } })
  expect((await whoIs(browser)).value).toMatchObject({ network: { id: admin.seeded.networkId }, networks: [{}] })
  expect((await browser.call(contract.chooseNetwork, { body: { networkId: other.networkId } })).status).toBe(404)
  for (const call of [contract.listPasskeys, contract.beginPasskey] as const) {
    const { status, problem } = await browser.call(call)
    expect([status, problem.code]).toEqual([403, 'passkey.through_institution'])
  }
  expect((await whoIs(await admin.signedIn(email))).value.networks).toHaveLength(2)
})

it('is the only way where the institution says so, but for network admins, and not before somebody came by it', async () => {
  const email = await cora('only')
  const office = await somebody('boss@riverside.example', 'network_admin')
  const before = await admin.signedIn(email)
  await runSql(admin.db, 'update institution_sign_in set last_sign_in_at = null')
  expect((await switchTo({ isOnly: true })).problem.code).toBe('sign_in.nobody_yet')
  await comesThrough(email, { claims: { sub: 'only' } })
  expect((await switchTo({ isOnly: true })).status).toBe(204)

  expect(await offerTo(email)).toMatchObject({ isOnly: true })
  expect((await whoIs(before)).status).toBe(401)
  const mails = (await admin.mailsTo(email)).length
  const asked = await admin.browser().call(contract.requestSignIn, { body: { email } })
  expect(asked.status).toBe(201)
  expect(await admin.mailsTo(email)).toHaveLength(mails)
  expect((await whoIs(await admin.signedIn(office))).status).toBe(200)
  expect((await comesThrough(email, { claims: { sub: 'only' } })).location).toBe('/')
  // Another secret of the same provider reopens nothing; another client, by which nobody has come, does and says so.
  expect((await setUp(networkAdmin, { clientSecret: 'newer' })).value).toEqual({ withdrawn: 0, endsOnly: false })
  expect((await whoIs(before)).status).toBe(401)
  expect((await setUp(networkAdmin, { clientId: 'another' })).value).toEqual({ withdrawn: 0, endsOnly: true })
  expect((await whoIs(before)).status).toBe(200)
  await setUp(networkAdmin)
})

it('is switched off with the last of its confirmed domains', async () => {
  const remove = (domain: string) => networkAdmin.call(contract.removeSignInDomain, { params: { ...params(), domain } })
  const isOn = async () =>
    (await networkAdmin.call(contract.showInstitutionSignIn, { params: params() })).value.settings?.isOn
  await addDomain(networkAdmin, 'more.riverside.example')
  await remove('more.riverside.example')
  expect(await isOn()).toBe(true)
  await remove('riverside.example')
  expect(await isOn()).toBe(false)
  await addDomain(networkAdmin, 'riverside.example')
  expect((await switchTo({})).status).toBe(204)
})

it('never tells or stores the client secret in the clear', async () => {
  expect(JSON.stringify(await shown())).not.toContain(provider.secret)
  const [row] = await runSql(admin.db, 'select client_secret_sealed as sealed from institution_sign_in')
  expect((row as { sealed: string }).sealed).toMatch(/^v1\./)
  expect((await setUp(networkAdmin, { clientSecret: undefined })).status).toBe(200)
  const other = await setUp(networkAdmin, { clientSecret: undefined, clientId: 'another' })
  expect(other.problem.code).toBe('sign_in.secret_needed')
  provider.secret = 'changed-at-the-provider'
  const refused = await comesThrough(await cora('eve'))
  expect(refused.code).toBe('sign_in.provider_refused')
  expect((await shown()).settings!.lastError!.detail).toBe('invalid_client')
  provider.secret = 'shared-secret'
})

describe('the settings', () => {
  it('are a network admin’s and the institution’s own admin’s; others read or see nothing of them', async () => {
    const { networkId, regionId } = admin.seeded
    const coordinator = await admin.signedIn(await somebody('reg@office.example', 'coordinator'))
    const support = await admin.signedIn(await somebody('sup@office.example', 'support'))
    const elsewhere = await seedNetwork(admin.db)
    const stranger = await admin.signedIn(await somebody('far@office.example', 'network_admin', elsewhere))
    expect(regionId && networkId).toBeTruthy()
    const access = async (by: Browser) =>
      (await by.call(contract.showInstitutionSignIn, { params: params() })).value?.access
    expect(await Promise.all([networkAdmin, institutionAdmin, coordinator, support, stranger].map(access))).toEqual([
      'all',
      'settings',
      'read',
      'read',
      undefined,
    ])
    for (const by of [coordinator, stranger]) {
      expect((await setUp(by)).status).toBe(404)
      expect((await switchTo({ isOn: false }, by)).status).toBe(404)
      expect((await by.call(contract.removeInstitutionSignIn, { params: params() })).status).toBe(404)
      expect((await by.call(contract.checkInstitutionSignIn, { params: params() })).status).toBe(404)
    }
    expect((await setUp(support)).status).toBe(403)
  })

  it('speak for a domain only once a network admin confirmed it, and for none that another institution has', async () => {
    expect((await addDomain(institutionAdmin, '@Law.Riverside.Example.')).status).toBe(204)
    const waiting = async () => (await shown()).domains.find(({ domain }) => domain === 'law.riverside.example')
    expect(await waiting()).toMatchObject({ confirmedAt: null })
    expect(await offerTo('a@law.riverside.example')).toBeNull()
    const at = { params: { ...params(), domain: 'law.riverside.example' } }
    const one = { ...at, body: { speaker: await speakerSeen(networkAdmin) } }
    expect((await institutionAdmin.call(contract.confirmSignInDomain, one)).status).toBe(404)

    const other = await seedNetwork(admin.db)
    const far = await admin.signedIn(await somebody('rival@office.example', 'network_admin', other))
    const theirs = { institutionId: Object.values(other.institutions)[0]! }
    const claim = (domain: string) => addDomain(far, domain, theirs)
    expect((await claim('riverside.example')).problem.code).toBe('sign_in.domain_elsewhere')
    expect((await claim('law.riverside.example')).status).toBe(204)
    expect((await networkAdmin.call(contract.confirmSignInDomain, one)).problem.code).toBe('sign_in.domain_elsewhere')
    const given = { params: { ...theirs, domain: 'law.riverside.example' } }
    expect((await far.call(contract.removeSignInDomain, given)).status).toBe(204)
    expect((await networkAdmin.call(contract.confirmSignInDomain, one)).status).toBe(204)
    expect(await waiting()).toMatchObject({ confirmedAt: expect.any(Date) })
    expect((await institutionAdmin.call(contract.removeSignInDomain, at)).status).toBe(204)
  })

  it.each([
    ['gmail.com', 'sign_in.domain_public'],
    ['localhost', 'sign_in.domain_unusable'],
    ['two domains.example', 'sign_in.domain_unusable'],
  ])('refuse the domain %s', async (domain, code) => {
    expect((await addDomain(networkAdmin, domain)).problem.code).toBe(code)
  })

  it('wait for the network again when its institution’s admin lets another provider speak', async () => {
    const seen = { speaker: await speakerSeen(networkAdmin) }
    const changed = await setUp(institutionAdmin, {}, 'https://another.example')
    expect(changed.value).toMatchObject({ withdrawn: 1 })
    expect(await offerTo('a@riverside.example')).toBeNull()
    const one = { params: { ...params(), domain: 'riverside.example' }, body: seen }
    // Browser who looked before the change confirms nobody they did not see.
    expect((await networkAdmin.call(contract.confirmSignInDomain, one)).problem.code).toBe('sign_in.speaker_changed')
    const more = { params: params(), body: { domain: 'more.riverside.example', ...seen } }
    expect((await networkAdmin.call(contract.addSignInDomain, more)).problem.code).toBe('sign_in.speaker_changed')
    expect((await setUp(networkAdmin)).value).toMatchObject({ withdrawn: 0 })
    expect((await networkAdmin.call(contract.confirmSignInDomain, one)).status).toBe(204)
    expect(await offerTo('a@riverside.example')).not.toBeNull()

    // Nobody is remembered for another client, so that an address that changed hands would be let in.
    const clientId = 'another'
    expect((await setUp(institutionAdmin, { clientId })).value).toMatchObject({ withdrawn: 1 })
    expect((await networkAdmin.call(contract.confirmSignInDomain, one)).problem.code).toBe('sign_in.speaker_changed')
    expect((await setUp(networkAdmin)).value).toMatchObject({ withdrawn: 0 })
    expect((await networkAdmin.call(contract.confirmSignInDomain, one)).status).toBe(204)
    expect((await setUp(networkAdmin, { clientId })).value).toMatchObject({ withdrawn: 0 })
    expect(await offerTo('a@riverside.example')).not.toBeNull()
    expect((await setUp(networkAdmin)).value).toMatchObject({ withdrawn: 0 })
  })

  it('sign out, for good, who came by a provider that was replaced or removed, or of a domain that was taken away', async () => {
    const vera = await cora('vera')
    const comes = async () => (await comesThrough(vera, { claims: { sub: 'vera' } })).browser
    const back = async (browser: Browser) => {
      await setUp(networkAdmin)
      await addDomain(networkAdmin, 'riverside.example')
      await switchTo({ isOn: true })
      return (await whoIs(browser)).status
    }
    const domain = { params: { ...params(), domain: 'riverside.example' } }
    const byMail = await admin.signedIn(vera)
    const others = await comes()
    // A new secret is the same speaker.
    await setUp(networkAdmin)
    expect((await whoIs(others)).status).toBe(200)
    for (const ends of [
      () => setUp(networkAdmin, {}, 'https://another.example'),
      () => setUp(institutionAdmin, {}, 'https://another.example'),
      () => networkAdmin.call(contract.removeSignInDomain, domain),
      () => networkAdmin.call(contract.removeInstitutionSignIn, { params: params() }),
    ]) {
      const browser = await comes()
      expect((await whoIs(browser)).status).toBe(200)
      await ends()
      expect(await back(browser)).toBe(401)
    }
    expect((await whoIs(byMail)).status).toBe(200)
    const still = await comes()
    await addDomain(networkAdmin, 'lab.riverside.example')
    const lab = { params: { ...params(), domain: 'lab.riverside.example' } }
    await networkAdmin.call(contract.removeSignInDomain, lab)
    expect((await whoIs(still)).status).toBe(200)
  })

  it('stand in the audit log, without the secret', async () => {
    const { value } = await networkAdmin.call(contract.listAuditEntries, { query: { limit: '100' } })
    const actions = new Set(value.items.map(({ action }) => action))
    const some = ['set_up', 'domain_asked', 'domain_confirmed', 'domain_removed', 'switched_on', 'switched_off']
    for (const action of [...some, 'only_through', 'forgotten']) expect(actions).toContain(`sign_in.${action}`)
    expect(JSON.stringify(value)).not.toContain('shared-secret')
  })

  it('are tried without anybody signing in, in plain findings', async () => {
    const steps = async () =>
      Object.fromEntries(
        (await networkAdmin.call(contract.checkInstitutionSignIn, { params: params() })).value.steps.map((one) => [
          one.step,
          `${one.state} ${one.code}`,
        ]),
      )
    expect(await steps()).toEqual({
      discovery: 'ok discovery',
      keys: 'ok keys',
      clock: 'ok clock',
      domains: 'ok domains',
      use: 'ok on',
    })
    provider.discovery = { jwks_uri: `${provider.issuer}/.well-known/openid-configuration` }
    expect(await steps()).toMatchObject({ keys: 'fail keys_none' })
    provider.discovery = { issuer: 'https://other.example' }
    expect(await steps()).toMatchObject({ discovery: 'fail discovery_out' })
  })

  it('are gone with everything when removed', async () => {
    const email = await cora('last')
    const { browser } = await comesThrough(email, { claims: { sub: 'last' } })
    expect((await networkAdmin.call(contract.removeInstitutionSignIn, { params: params() })).status).toBe(204)
    expect(await shown()).toMatchObject({ settings: null, domains: [] })
    expect((await whoIs(browser)).status).toBe(401)
  })
})

it('calls no inner address and no http one, unless the operator allows local ones', async () => {
  const strict = await startAdmin()
  const { networkId, institutions } = strict.seeded
  const personId = await addPerson(strict.db, { networkId, name: 'N', email: 'n@office.example' })
  const grant = { network_id: networkId, person_id: personId, role: 'network_admin' as const }
  await strict.db
    .insertInto('role_grant')
    .values({ ...grant, region_id: null, institution_id: null })
    .execute()
  const by = await strict.signedIn('n@office.example')
  const at = { institutionId: Object.values(institutions)[0]! }
  const save = (issuer: string) =>
    by.call(contract.saveInstitutionSignIn, {
      params: at,
      body: { kind: 'oidc', issuer, clientId: 'c', clientSecret: 's' },
    })
  for (const issuer of [
    provider.issuer,
    'https://127.0.0.1',
    'https://10.1.2.3/a',
    'https://[::1]/',
    'http://idp.example',
  ])
    expect((await save(issuer)).problem.code).toBe('sign_in.address_refused')
  const everybody = await save('https://login.microsoftonline.com/common/v2.0')
  expect(everybody.problem.code).toBe('sign_in.issuer_for_everybody')

  // A name that leads inside is only known when it is called.
  expect((await save('https://localhost')).status).toBe(200)
  await addDomain(by, 'inner.example', at)
  await by.call(contract.switchInstitutionSignIn, { params: at, body: { isOn: true, isOnly: false } })
  const calls = provider.calls.length
  const begun = await strict.browser().call(contract.beginInstitutionSignIn, { body: { email: 'a@inner.example' } })
  expect([begun.status, begun.problem.code]).toEqual([502, 'sign_in.provider_unreachable'])
  expect(provider.calls).toHaveLength(calls)
  await strict.close()
})

it('answers 429 to an address that tries over and over, and counts nothing that no browser of ours brings', async () => {
  const tried = `/sign-in/institution/oidc/${institutionId}?state=x`
  const counted = async () => (await runSql(admin.db, 'select at from auth.sign_in_attempt')).length
  const stray = await admin.browser().raw('GET', tried)
  expect(stray.headers.get('location')).toContain('code=sign_in.other_browser')
  await admin.browser().raw('GET', '/sign-in/institution/saml/finish?answer=x')
  expect(await counted()).toBe(0)

  const browser = admin.browser()
  await setUp(networkAdmin)
  await addDomain(networkAdmin, 'riverside.example')
  await switchTo({ isOn: true })
  await begin('a@riverside.example', browser)
  await browser.raw('GET', tried)
  expect(await counted()).toBe(2)
  await runSql(
    admin.db,
    'insert into auth.sign_in_attempt select subject_hash, at from auth.sign_in_attempt, generate_series(1, 80)',
  )
  const begun = await begin('a@riverside.example', admin.browser())
  expect([begun.status, begun.problem.code]).toEqual([429, 'sign_in.too_many'])
  expect((await browser.raw('GET', tried)).headers.get('location')).toContain('code=sign_in.too_many')
})
