import { describe, expect, it } from 'vitest'
import { InstitutionId, RegionId } from '../kernel/ids.ts'
import type { Grant } from './actor.ts'
import { faultOfAssertion, type AssertionRead } from './judge-assertion.ts'
import { judgeClaims, judgeSamlPerson, judgeSubject } from './judge-institution-answer.ts'
import { judgeSignInCheck, type SignInFindings } from './judge-sign-in-check.ts'
import { isOtherSpeaker, maySetUpSignIn } from './may-set-up-sign-in.ts'
import { domainOfAddress, isIssuerForEverybody, readSignInDomain } from './sign-in-domain.ts'

const regionId = RegionId.parse('0b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const institutionId = InstitutionId.parse('2b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const elsewhere = InstitutionId.parse('3b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')

it.each<[string, readonly Grant[], string]>([
  ['a network admin', [{ role: 'network_admin' }], 'all'],
  ['its own admin', [{ role: 'institution_admin', institutionId }], 'settings'],
  ['another institution’s admin', [{ role: 'institution_admin', institutionId: elsewhere }], 'none'],
  ['a coordinator of its region', [{ role: 'coordinator', regionId }], 'read'],
  ['a coordinator of another region', [{ role: 'coordinator', regionId: RegionId.parse(elsewhere) }], 'none'],
  ['support', [{ role: 'support' }], 'read'],
  ['support who is its admin too', [{ role: 'support' }, { role: 'institution_admin', institutionId }], 'settings'],
  ['nobody', [], 'none'],
])('%s may do this about a sign-in: %s', (_who, grants, expected) => {
  expect(maySetUpSignIn({ grants }, { institutionId, regionId })).toBe(expected)
})

it('no coordinator reads it of an institution outside every region', () => {
  const grants: readonly Grant[] = [{ role: 'coordinator', regionId }]
  expect(maySetUpSignIn({ grants }, { institutionId, regionId: null })).toBe('none')
})

it.each([
  [' @Riverside.EDU. ', 'riverside.edu'],
  ['a-b.c1.example', 'a-b.c1.example'],
  ['gmail.com', 'sign_in.domain_public'],
  ['Outlook.com', 'sign_in.domain_public'],
  ['riverside', 'sign_in.domain_unusable'],
  ['a@b.edu', 'sign_in.domain_unusable'],
  ['-a.edu', 'sign_in.domain_unusable'],
  ['a..edu', 'sign_in.domain_unusable'],
  ['10.0.0.1', 'sign_in.domain_unusable'],
  [`${'a'.repeat(64)}.edu`, 'sign_in.domain_unusable'],
])('reads the domain %j as %s', (typed, expected) => {
  const read = readSignInDomain(typed)
  expect(read.ok ? read.value : read.refusal.code).toBe(expected)
})

it('takes the domain after the last @ of an address', () => {
  expect(domainOfAddress('"a@b"@Riverside.edu')).toBe('riverside.edu')
})

it.each([
  ['https://login.microsoftonline.com/common/v2.0', true],
  ['https://login.microsoftonline.com/organizations/v2.0', true],
  ['https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0', true],
  ['https://login.microsoftonline.com/', true],
  ['https://login.microsoftonline.com/2b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11/v2.0', false],
  ['https://accounts.google.com', false],
  ['https://cilogon.org', true],
  ['https://cilogon.org/riverside', true],
  ['https://test.cilogon.org', true],
  ['https://auth.globus.org', true],
  ['https://orcid.org', true],
  ['https://cilogon.org.riverside.example', false],
  ['https://notcilogon.org', false],
  ['https://login.example.edu/common', false],
])('%s answers for everybody: %s', (issuer, expected) => {
  expect(isIssuerForEverybody(issuer)).toBe(expected)
})

it('another issuer, kind, certificate, client or address is another speaker; fewer certificates are not', () => {
  const before = { kind: 'saml', issuer: 'a', clientId: '', ssoUrl: 'https://a', certificates: ['1', '2'] } as const
  expect(isOtherSpeaker(undefined, before)).toBe(true)
  expect(isOtherSpeaker(before, { ...before, certificates: ['2'] })).toBe(false)
  expect(isOtherSpeaker(before, { ...before, certificates: ['1', '3'] })).toBe(true)
  expect(isOtherSpeaker(before, { ...before, issuer: 'b' })).toBe(true)
  expect(isOtherSpeaker(before, { ...before, ssoUrl: 'https://b' })).toBe(true)
  const oidc = { kind: 'oidc', issuer: 'a', clientId: 'c', ssoUrl: null, certificates: [] } as const
  expect(isOtherSpeaker(before, oidc)).toBe(true)
  expect(isOtherSpeaker(oidc, oidc)).toBe(false)
  expect(isOtherSpeaker(oidc, { ...oidc, clientId: 'd' })).toBe(true)
})

describe('claims', () => {
  const claims = { iss: 'https://idp.example', sub: 's', email: ' Ana@Riverside.edu' }
  const google = { ...claims, iss: 'https://accounts.google.com', email_verified: true }
  const code = (given: Parameters<typeof judgeClaims>[0]) => {
    const judged = judgeClaims(given, ['riverside.edu'])
    return judged.ok ? judged.value.email : judged.refusal.code
  }
  it.each([
    ['of an own provider that says nothing of verifying', claims, 'ana@riverside.edu'],
    ['verified, as text', { ...claims, email_verified: 'true' }, 'ana@riverside.edu'],
    ['not verified', { ...claims, email_verified: false }, 'sign_in.address_unverified'],
    ['not verified, as text', { ...claims, email_verified: 'false' }, 'sign_in.address_unverified'],
    ['without an address', { ...claims, email: undefined }, 'sign_in.address_missing'],
    ['with several addresses', { ...claims, email: ['a@riverside.edu'] }, 'sign_in.address_missing'],
    ['of a domain below', { ...claims, email: 'a@x.riverside.edu' }, 'sign_in.domain_foreign'],
    ['of Google, of the organisation', { ...google, hd: 'riverside.edu' }, 'ana@riverside.edu'],
    ['of Google, of a private account', google, 'sign_in.domain_foreign'],
    ['of Google, of another organisation', { ...google, hd: 'hillside.edu' }, 'sign_in.domain_foreign'],
    ['of Google, unsaid', { ...google, hd: 'riverside.edu', email_verified: undefined }, 'sign_in.address_unverified'],
  ])('%s: %s', (_what, given, expected) => {
    expect(code(given)).toBe(expected)
  })
})

it('reads an address and a steady name of what providers send, and takes no transient name', () => {
  const attributes = {
    mail: ['ana@personal.example', 'Ana@Riverside.edu'],
    'urn:oasis:names:tc:SAML:attribute:subject-id': ['ana@riverside.edu'],
  }
  const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
  const judge = (nameId: string | null, nameIdFormat: string | null, more = {}) =>
    judgeSamlPerson({ nameId, nameIdFormat, attributes: more }, ['riverside.edu'])
  expect(judge('x', null, attributes)).toMatchObject({
    value: { email: 'ana@riverside.edu', subjects: ['ana@riverside.edu', 'x'] },
  })
  expect(judge('x', transient, attributes)).toMatchObject({ value: { subjects: ['ana@riverside.edu'] } })
  expect(judge('x', transient, { mail: attributes.mail })).toMatchObject({
    refusal: { code: 'sign_in.subject_missing' },
  })
  expect(judge('b@riverside.edu', 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress')).toMatchObject({
    value: { email: 'b@riverside.edu' },
  })
  expect(judge('b@riverside.edu', null)).toMatchObject({ refusal: { code: 'sign_in.address_missing' } })
})

it('knows somebody again by any of their names', () => {
  const vouched = { email: 'a@b.edu', subjects: ['1', '2'] } as const
  expect(judgeSubject([], vouched)).toBe('new')
  expect(judgeSubject(['2'], vouched)).toBe('same')
  expect(judgeSubject(['3'], vouched)).toBe('changed')
})

describe('an assertion', () => {
  const nowMs = Date.UTC(2026, 10, 22, 12)
  const expected = { issuer: 'idp', audience: 'us', recipient: 'acs', requestId: '_1', nowMs }
  const confirmation = {
    method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
    recipient: 'acs',
    inResponseTo: '_1',
    notBefore: null,
    notOnOrAfter: nowMs + 1,
  }
  const right: AssertionRead = {
    version: '2.0',
    issuer: 'idp',
    audiences: [['us']],
    notBefore: nowMs,
    notOnOrAfter: nowMs + 1,
    confirmations: [confirmation],
    hasAuthnStatement: true,
    algorithms: ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2001/04/xmlenc#sha256'],
  }
  const confirmed = (more: object): Partial<AssertionRead> => ({ confirmations: [{ ...confirmation, ...more }] })
  it.each<[string, Partial<AssertionRead>, string | null]>([
    ['as it should be', {}, null],
    ['60 seconds over, but for a moment', { notOnOrAfter: nowMs - 59_999 }, null],
    ['60 seconds over', { notOnOrAfter: nowMs - 60_000 }, 'time'],
    ['60 seconds early', { notBefore: nowMs + 60_000 }, null],
    ['a moment earlier than that', { notBefore: nowMs + 60_001 }, 'time'],
    ['with an unreadable time', { notOnOrAfter: Number.NaN }, 'time'],
    ['without an end', { notOnOrAfter: null }, 'time'],
    ['of SAML 1.1', { version: '1.1' }, 'version'],
    ['of another issuer', { issuer: 'idp2' }, 'issuer'],
    ['for nobody in particular', { audiences: [] }, 'audience'],
    ['for two audiences at once, one of them not us', { audiences: [['us'], ['them']] }, 'audience'],
    ['without a sign-in', { hasAuthnStatement: false }, 'statement'],
    ['confirmed by nothing', { confirmations: [] }, 'confirmation'],
    ['confirmed twice', { confirmations: [confirmation, confirmation] }, 'confirmation'],
    ['confirmed by a key', confirmed({ method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' }), 'confirmation'],
    ['for another address', confirmed({ recipient: 'acs2' }), 'recipient'],
    ['for no address', confirmed({ recipient: null }), 'recipient'],
    ['for another request', confirmed({ inResponseTo: '_2' }), 'request'],
    ['for no request', confirmed({ inResponseTo: null }), 'request'],
    ['confirmed without an end', confirmed({ notOnOrAfter: null }), 'time'],
    ['signed by SHA-1', { algorithms: [...right.algorithms, 'http://www.w3.org/2000/09/xmldsig#sha1'] }, 'algorithm'],
    ['without a signature', { algorithms: [] }, 'algorithm'],
  ])('%s', (_what, more, fault) => {
    expect(faultOfAssertion({ ...right, ...more }, expected)).toBe(fault)
  })
})

describe('the self-test', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  const seconds = (count: number) => new Date(now.getTime() + count * 1000)
  const right: SignInFindings = {
    now,
    issuer: 'https://idp.example',
    provider: { kind: 'oidc', discovery: { ok: true, issuer: 'https://idp.example' }, keys: { ok: true, usable: 2 } },
    theirTime: seconds(29),
    domains: [{ domain: 'a.edu', confirmedAt: now }],
    isOn: true,
  }
  const saml = (until: Date): Partial<SignInFindings> => ({
    provider: { kind: 'saml', endpoint: { ok: false, why: 'x' }, certificates: [{ from: seconds(-1), until }] },
  })
  const wrong = (more: Partial<SignInFindings>) =>
    judgeSignInCheck({ ...right, ...more }).flatMap(({ state, code }) => (state === 'ok' ? [] : [`${state} ${code}`]))
  it.each<[string, Partial<SignInFindings>, string[]]>([
    ['nothing', {}, []],
    ['a clock that drifts', { theirTime: seconds(-30) }, ['warn clock_drifts']],
    ['a clock that is apart', { theirTime: seconds(61) }, ['fail clock_apart']],
    ['no clock', { theirTime: null }, ['warn clock_unknown']],
    ['no domain', { domains: [] }, ['fail domains_none']],
    ['a domain that waits', { domains: [{ domain: 'a.edu', confirmedAt: null }] }, ['fail domains_wait']],
    [
      'one of two that waits',
      { domains: [...right.domains, { domain: 'b.edu', confirmedAt: null }] },
      ['warn domains_wait'],
    ],
    ['being off', { isOn: false }, ['warn off']],
    [
      'a provider that is silent',
      { provider: { kind: 'oidc', discovery: { ok: false, why: 'x' }, keys: null }, theirTime: null },
      ['fail discovery_out', 'fail keys_not_asked'],
    ],
    [
      'no key',
      {
        provider: { kind: 'oidc', discovery: { ok: true, issuer: 'https://b.example' }, keys: { ok: true, usable: 0 } },
      },
      ['fail issuer_differs', 'fail keys_none'],
    ],
    ['a certificate of 29 days', saml(seconds(30 * 86_400 - 1)), ['warn endpoint_out', 'warn certificates_end']],
    [
      'nothing where the next certificate stands beside one of 29 days',
      {
        provider: {
          kind: 'saml',
          endpoint: { ok: true },
          certificates: [
            { from: seconds(-1), until: seconds(29 * 86_400) },
            { from: seconds(20 * 86_400), until: seconds(400 * 86_400) },
          ],
        },
      },
      [],
    ],
    ['a certificate that ended', saml(now), ['warn endpoint_out', 'fail certificates_over']],
  ])('finds %s', (_what, more, expected) => {
    expect(wrong(more)).toEqual(expected)
  })
})
