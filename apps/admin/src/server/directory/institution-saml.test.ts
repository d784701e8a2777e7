import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import { addPerson } from '@copractice/services/testing'
import { runSql } from '@copractice/store/testing'
import { request, samlProvider, type Says } from '../testing/saml-provider.ts'
import { selfSigned } from '../testing/self-signed.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const DAY_MS = 86_400_000
const ACS = '/sign-in/institution/saml'
const idp = samlProvider('riverside')
const other = samlProvider('hillside')
let admin: StartedAdmin, office: Browser, institutionId: InstitutionId
beforeAll(async () => {
  admin = await startAdmin()
  institutionId = Object.values(admin.seeded.institutions)[0] as InstitutionId
  await somebody('nora@office.example', 'network_admin')
  office = await admin.signedIn('nora@office.example')
  await setUp({ kind: 'saml', metadata: idp.metadata() })
  const body = { domain: 'riverside.example', speaker: (await shown()).speaker }
  await office.call(contract.addSignInDomain, { params: { institutionId }, body })
  const on = { params: { institutionId }, body: { isOn: true, isOnly: false } }
  await office.call(contract.switchInstitutionSignIn, on)
  await somebody('a@riverside.example', 'coordinator')
})
afterAll(() => admin.close())
beforeEach(() => runSql(admin.db, 'delete from auth.sign_in_attempt'))

async function somebody(email: string, role: 'network_admin' | 'coordinator') {
  const { networkId, regionId } = admin.seeded
  const personId = await addPerson(admin.db, { networkId, name: email, email })
  const place = { region_id: role === 'coordinator' ? regionId : null, institution_id: null }
  await admin.db
    .insertInto('role_grant')
    .values({ network_id: networkId, person_id: personId, role, ...place })
    .execute()
}
const setUp = (body: object) => office.call(contract.saveInstitutionSignIn, { params: { institutionId }, body })
const shown = async () => (await office.call(contract.showInstitutionSignIn, { params: { institutionId } })).value

async function begin(browser: Browser, email = 'a@riverside.example') {
  const { value } = await browser.call(contract.beginInstitutionSignIn, { body: { email } })
  return value.url
}
/** As the provider's page posts it: from another site, so that no Lax cookie of ours comes along. */
async function post(xml: string): Promise<string> {
  const body = new URLSearchParams({ SAMLResponse: Buffer.from(xml).toString('base64') })
  const headers = { origin: 'https://riverside.example', 'sec-fetch-site': 'cross-site' }
  const answered = await fetch(admin.browser().base + ACS, { method: 'POST', redirect: 'manual', headers, body })
  return answered.headers.get('location')!
}
const finish = async (browser: Browser, location: string) =>
  location.startsWith(`${ACS}/finish`) ? (await browser.raw('GET', location)).headers.get('location')! : location
const codeOf = (location: string) => new URLSearchParams(location.split('?')[1]).get('code')

/** The whole way, with an assertion that says something else than usual. */
async function comes(says: Says = {}, make = (xml: string) => idp.sign(xml)) {
  const browser = admin.browser()
  const url = await begin(browser)
  const location = await finish(browser, await post(make(idp.response(url, says))))
  return { browser, location, code: codeOf(location) }
}
const detail = async () => (await shown()).settings!.lastError!.detail

it('asks the provider by a redirect that names us and where to answer, and signs in who it vouches for', async () => {
  const browser = admin.browser()
  const url = await begin(browser)
  expect(url.startsWith(idp.ssoUrl)).toBe(true)
  const asked = request(url)
  expect(asked).toMatchObject({
    acs: 'http://admin.example/sign-in/institution/saml',
    issuer: 'http://admin.example/sign-in/institution/saml/metadata.xml',
  })
  const location = await post(idp.sign(idp.response(url)))
  expect(location).toMatch(/\/finish\?answer=[\w-]{43}$/)
  expect(await finish(browser, location)).toBe('/')
  const { value } = await browser.call(contract.whoAdministers)
  expect(value).toMatchObject({ email: 'a@riverside.example', reach: 'regions' })
})

describe('refuses', () => {
  it.each<[string, Says, string, string | null]>([
    ['another issuer', { issuer: 'https://other.example' }, 'sign_in.not_proved', 'issuer'],
    ['another audience', { audience: 'https://other.example' }, 'sign_in.not_proved', 'signature'],
    ['another recipient', { recipient: 'https://other.example/acs' }, 'sign_in.not_proved', 'recipient'],
    ['an assertion for another request', { confirmed: '_another' }, 'sign_in.not_proved', 'signature'],
    ['an assertion for no request', { confirmed: null }, 'sign_in.not_proved', 'request'],
    ['one that is over', { notOnOrAfter: -61 }, 'sign_in.answer_too_old', 'time'],
    ['one of the future', { notBefore: 120 }, 'sign_in.answer_too_old', 'time'],
    ['no success', { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }, 'sign_in.provider_refused', 'Responder'],
    ['an address of another domain', { email: 'a@hillside.example' }, 'sign_in.domain_foreign', 'hillside.example'],
    ['no address', { email: null }, 'sign_in.address_missing', null],
    ['a name that is another each time', { format: 'transient' }, 'sign_in.subject_missing', null],
    ['somebody else at the same address', { nameId: 'newcomer' }, 'sign_in.subject_changed', 'riverside.example'],
  ])('%s', async (_what, says, code, why) => {
    expect((await comes(says)).code).toBe(code)
    expect(await detail()).toBe(why)
  })

  it.each<[string, (xml: string) => string, string]>([
    ['no signature', (xml) => idp.sign(xml, { what: 'none' }), 'signature'],
    ['a signature over the response alone', (xml) => idp.sign(xml, { what: 'Response' }), 'signature'],
    ['another provider’s key', (xml) => idp.sign(xml, { by: other.own }), 'signature'],
    ['what was changed after it was signed', (xml) => idp.sign(xml).replace('a@riverside', 'b@riverside'), 'signature'],
    [
      'SHA-1',
      (xml) => {
        const weak = {
          digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
          algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
        }
        return idp.sign(xml, weak)
      },
      'algorithm',
    ],
    ['a document type', (xml) => `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${idp.sign(xml)}`, 'unread'],
    ['what is no XML', () => '<a', 'unread'],
  ])('%s', async (_what, make, why) => {
    await runSql(admin.db, `update institution_sign_in set last_error_detail = 'unread'`)
    expect((await comes({}, make)).code).toBe('sign_in.not_proved')
    expect(await detail()).toBe(why)
  })

  it('signatures wrapped around: the signed assertion moved away, another in its place', async () => {
    const evil = (xml: string) => {
      const signed = idp.sign(xml)
      const assertion = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(signed)![0]
      const forged = assertion
        .replace(/<(ds:)?Signature[\s\S]*<\/(ds:)?Signature>/, '')
        .replace('a@riverside.example', 'nora@riverside.example')
        .replace(/ ID="[^"]+"/, ' ID="_forged"')
      return { signed, assertion, forged }
    }
    const wrappings: ((xml: string) => string)[] = [
      (xml) => {
        const { signed, assertion, forged } = evil(xml)
        return signed.replace(assertion, `${forged}${assertion}`)
      },
      (xml) => {
        const { signed, assertion, forged } = evil(xml)
        return signed.replace(assertion, `${forged}<samlp:Extensions>${assertion}</samlp:Extensions>`)
      },
      (xml) => {
        // The signature goes into the forged one and still points at the moved one.
        const { signed, assertion, forged } = evil(xml)
        const signature = /<(?:ds:)?Signature[\s\S]*<\/(?:ds:)?Signature>/.exec(assertion)![0]
        const moved = signature.replace(
          /(<\/(?:ds:)?Signature>)$/,
          `<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${assertion.replace(signature, '')}</ds:Object>$1`,
        )
        return signed.replace(assertion, forged.replace('</saml:Issuer>', `</saml:Issuer>${moved}`))
      },
    ]
    for (const wrap of wrappings) {
      expect((await comes({}, wrap)).code).toBe('sign_in.not_proved')
      expect(await detail()).toBe('assertions')
    }
  })

  it('a comment that would cut an address short: what is signed is read whole', async () => {
    const cut = await comes({ email: 'a@riverside.example<!-- -->.evil.example' })
    expect(cut.code).toBe('sign_in.domain_foreign')
  })

  it.each(['constructor', '__proto__', 'toString', 'getAssertionXml'])(
    'nobody for an attribute called %s',
    async (name) => {
      const more = `<saml:Attribute Name="${name}"><saml:AttributeValue>x</saml:AttributeValue></saml:Attribute>`
      const given = await comes({}, (xml) => idp.sign(xml.replace('<saml:AttributeStatement>', `$&${more}${more}`)))
      expect(given.location).toBe('/')
    },
  )

  it('what nobody asked for', async () => {
    expect((await comes({ inResponseTo: null })).code).toBe('sign_in.not_begun_here')
    expect((await comes({ inResponseTo: '_unknown' })).code).toBe('sign_in.too_old')
    expect(codeOf(await post(''))).toBe('sign_in.not_proved')
    expect(codeOf((await admin.browser().raw('POST', ACS)).headers.get('location')!)).toBe('sign_in.not_proved')
  })
})

it('lets nobody who posts at random keep an address from signing in, and takes ten tries at one request', async () => {
  for (let n = 0; n < 81; n++) await post('<a')
  expect(codeOf(await post('<a'))).toBe('sign_in.too_many')
  const browser = admin.browser()
  const url = await begin(browser)
  const answers = async (xml: string) => codeOf(await post(xml))
  const unsigned = idp.response(url)
  for (let n = 0; n < 9; n++) expect(await answers(unsigned)).toBe('sign_in.not_proved')
  const location = await post(idp.sign(unsigned))
  expect(await finish(browser, location)).toBe('/')
  const another = idp.response(await begin(browser))
  for (let n = 0; n < 10; n++) await post(another)
  expect(await answers(idp.sign(another))).toBe('sign_in.too_many')
})

it('takes an answer once, and only in the browser that asked', async () => {
  const browser = admin.browser()
  const url = await begin(browser)
  const xml = idp.sign(idp.response(url))
  const location = await post(xml)
  expect(codeOf(await post(xml))).toBe('sign_in.too_old')
  const stranger = admin.browser()
  await begin(stranger)
  expect(codeOf(await finish(stranger, location))).toBe('sign_in.other_browser')
  expect(codeOf(await finish(admin.browser(), location))).toBe('sign_in.other_browser')
  expect(await finish(browser, location)).toBe('/')
  expect(codeOf(await finish(browser, location))).toBe('sign_in.too_old')
})

it('lets nobody in when it was switched off between the answer and its browser', async () => {
  const browser = admin.browser()
  const location = await post(idp.sign(idp.response(await begin(browser))))
  const turn = (isOn: boolean) =>
    office.call(contract.switchInstitutionSignIn, { params: { institutionId }, body: { isOn, isOnly: false } })
  await turn(false)
  expect(codeOf(await finish(browser, location))).toBe('sign_in.switched_off')
  await turn(true)
})

it('goes on while certificates change: with both, an answer by either is taken, then by the new one alone', async () => {
  const now = Date.now()
  const next = selfSigned('next', new Date(now - DAY_MS), new Date(now + 20.5 * DAY_MS))
  const both = { kind: 'saml', metadata: idp.metadata([idp.own.certificate, next.certificate]) }
  expect((await setUp(both)).status).toBe(200)
  expect((await comes()).location).toBe('/')
  expect((await comes({}, (xml) => idp.sign(xml, { by: next }))).location).toBe('/')

  const pem = `-----BEGIN CERTIFICATE-----\n${next.certificate}\n-----END CERTIFICATE-----`
  const byHand = { kind: 'saml_by_hand', entityId: idp.entityId, ssoUrl: idp.ssoUrl, certificates: pem }
  expect((await setUp(byHand)).status).toBe(200)
  expect((await comes()).code).toBe('sign_in.not_proved')
  expect((await comes({}, (xml) => idp.sign(xml, { by: next }))).location).toBe('/')
  expect((await shown()).settings!.certificates).toMatchObject([{ name: 'CN=next', until: expect.any(Date) }])

  const { value } = await office.call(contract.checkInstitutionSignIn, { params: { institutionId } })
  const found = Object.fromEntries(value.steps.map(({ step, code, about }) => [step, `${code} ${about}`]))
  expect(found['certificates']).toBe('certificates_end 20')
  const over = selfSigned('over', new Date(now - 9 * DAY_MS), new Date(now - DAY_MS))
  await setUp({ ...byHand, certificates: over.certificate })
  const after = await office.call(contract.checkInstitutionSignIn, { params: { institutionId } })
  expect(after.value.steps.find(({ step }) => step === 'certificates')).toMatchObject({ code: 'certificates_over' })
  await setUp({ kind: 'saml', metadata: idp.metadata() })
})

it.each([
  ['no XML', 'hello', 'sign_in.metadata_unreadable'],
  ['a document type', idp.metadata(undefined, '<!DOCTYPE a>'), 'sign_in.metadata_unreadable'],
  ['no certificate', idp.metadata([]), 'sign_in.metadata_unreadable'],
  ['a broken certificate', idp.metadata(['QUJD']), 'sign_in.metadata_unreadable'],
  [
    'an inner address',
    idp.metadata().replaceAll('https://riverside.example/sso', 'https://10.0.0.1/sso'),
    'sign_in.address_refused',
  ],
  [
    'a script’s address',
    idp.metadata().replaceAll('https://riverside.example/sso', 'javascript:alert(1)'),
    'sign_in.address_refused',
  ],
])('refuses metadata with %s', async (_what, metadata, code) => {
  const { status, problem } = await setUp({ kind: 'saml', metadata })
  expect([status, problem.code]).toEqual([422, code])
})

it('publishes its own metadata for whoever sets it up at the provider', async () => {
  const response = await admin.browser().raw('GET', `${ACS}/metadata.xml`)
  expect(response.headers.get('content-type')).toContain('application/samlmetadata+xml')
  const text = await response.text()
  expect(text).toContain('entityID="http://admin.example/sign-in/institution/saml/metadata.xml"')
  expect(text).toContain('Location="http://admin.example/sign-in/institution/saml"')
  expect(text).toContain('WantAssertionsSigned="true"')
})
