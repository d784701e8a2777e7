import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { NetworkId, PlatformId } from '@copractice/core/kernel'
import { startLmsSimulator, type LmsSimulator } from '@copractice/lms-simulator'
import { loadSession, renewSession } from '@copractice/services/directory'
import { seedNetwork } from '@copractice/services/testing'
import { setDeployment, updatePlatformStatus } from '@copractice/store/connection'
import type { Trx } from '@copractice/store/database'
import { startKeyPage, type KeyPage } from './lti/key-page.ts'
import { begin, finish, launch, LTI, type Begun, type Changes } from './lti/launch-by-hand.ts'
import { openTool, type OpenTool, type Reply } from './lti/open-tool.ts'

/** What the numbered table does not name: forged keys, issuers that look alike, broken key pages, clocks, strangers. */
let tool: OpenTool
let lms: LmsSimulator
let keyPage: KeyPage
let clientId: string
let deploymentId: string
let now = new Date()
const pass = (seconds: number) => (now = new Date(now.getTime() + seconds * 1000))
beforeAll(async () => {
  tool = await openTool(() => now)
  lms = await startLmsSimulator({ profile: 'moodle', name: 'Riverside State', port: 0, courses: [course] })
  keyPage = await startKeyPage()
  ;({ clientId, deploymentId } = await tool.connect(lms))
})
afterAll(async () => {
  keyPage.close()
  await lms.close()
  await tool.close()
})
beforeEach(() => {
  now = new Date()
})

const course = {
  id: 'c',
  title: 'C',
  label: 'C',
  term: 'T',
  people: [
    { id: '11', name: 'Amara Okonjo', givenName: 'Amara', familyName: 'Okonjo', email: 'a@x.example', role: 'learner' },
  ],
  links: [{ id: 'l', title: 'L', kind: 'navigation' }],
} as const satisfies Parameters<typeof startLmsSimulator>[0]['courses'][number]

const go = (changes: Changes = {}) => launch(tool, lms, changes)
const outcome = (reply: Reply) => reply.code ?? reply.status
const seconds = () => Math.floor(now.getTime() / 1000)
const named = (text: string) => /class="ref">([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(text)?.[1]

describe('keys that come with the message', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'mine', alg: 'RS256', use: 'sig' }

  it('prove nothing, whichever header brings them, and no address in a header is called', async () => {
    keyPage.answer = (_req, res) => res.end(JSON.stringify({ keys: [jwk] }))
    keyPage.asked = 0
    for (const header of [{ jwk }, { jku: keyPage.url }, { x5u: keyPage.url }, { x5c: ['MIIB'] }])
      expect(outcome(await go({ how: { kid: 'mine', key, header } }))).toBe('launch.header_refused')
    expect(keyPage.asked).toBe(0)
  })
  it.each([
    { crit: ['exp'], exp: 4_102_444_800 },
    { crit: ['b64'], b64: false },
    { crit: [] },
    { crit: 'x' },
    { b64: false },
  ])('extensions %o are refused, since none is understood', async (more) => {
    const extended = (token: string) => {
      const [header, ...rest] = token.split('.')
      const read = JSON.parse(Buffer.from(header!, 'base64url').toString()) as object
      return [Buffer.from(JSON.stringify({ ...read, ...more })).toString('base64url'), ...rest].join('.')
    }
    expect(outcome(await go({ token: extended }))).toBe('launch.header_refused')
  })
})

describe('issuers that look alike', () => {
  const lookAlikes = (issuer: string) => {
    const url = new URL(issuer)
    return [
      `${issuer}/`,
      `${issuer}.evil.example`,
      `${issuer}#`,
      `${issuer}?`,
      ` ${issuer}`,
      `${issuer}\u200b`,
      issuer.replace(url.hostname, `${url.hostname}.`),
      issuer.replace(url.protocol, url.protocol === 'http:' ? 'https:' : 'http:'),
      issuer.replace('://', '://x@'),
      issuer.replace('1', '\u0661'),
      issuer.toUpperCase(),
    ].filter((each) => each !== issuer)
  }
  it('are not known at a login', async () => {
    for (const iss of lookAlikes(lms.issuer)) {
      const { reply } = await begin(tool, lms, { login: { iss } })
      expect([iss, outcome(reply)]).toEqual([iss, 'launch.platform_unknown'])
    }
  })
  it('are not the one the login went to', async () => {
    for (const iss of lookAlikes(lms.issuer))
      expect([iss, outcome(await go({ claims: { iss } }))]).toEqual([iss, 'launch.issuer_mismatch'])
  })
  it('do not let one LMS speak for another that is connected too', async () => {
    const other = await startLmsSimulator({ profile: 'moodle', name: 'Harbor', port: 0, courses: [course] })
    try {
      await tool.connect(other)
      const begun = await begin(tool, lms)
      const stated = { nonce: begun.nonce, iss: lms.issuer, aud: clientId }
      const id_token = await other.signIdToken({
        ...stated,
        [`${LTI}deployment_id`]: deploymentId,
        [`${LTI}target_link_uri`]: begun.target,
      })
      const reply = await tool.post('/lti/launch', { id_token, state: begun.state }, begun.browser)
      expect(['launch.key_unknown', 'launch.signature_wrong']).toContain(reply.code)
    } finally {
      await other.close()
    }
  })
})

describe('keys that change while somebody is on the way', () => {
  it('let in who began before and is signed for after, and the other way round', async () => {
    pass(60)
    expect(outcome(await go())).toBe(200)
    const before = await begin(tool, lms)
    const signedBefore = await lms.signIdToken({ nonce: before.nonce })
    const between = await begin(tool, lms)
    await lms.rotateKeys({ overlap: true })
    expect(outcome(await finish(tool, lms, between))).toBe(200)
    expect(outcome(await finish(tool, lms, before, { token: () => signedBefore }))).toBe(200)
  })
  it('let in with the new key when the old one is gone', async () => {
    pass(60)
    const begun = await begin(tool, lms)
    await lms.rotateKeys({ overlap: false })
    expect(outcome(await finish(tool, lms, begun))).toBe(200)
  })
})

describe('a key page that', () => {
  const pages: [string, KeyPage['answer']][] = [
    ['hangs', () => {}],
    ['sends a byte and hangs', (_req, res) => res.write('{')],
    ['redirects', (_req, res) => res.writeHead(302, { location: lms.endpoints.jwks }).end()],
    ['is huge', (_req, res) => res.end(`{"keys":[],"x":"${'x'.repeat(2_000_000)}"}`)],
    ['is HTML', (_req, res) => res.setHeader('content-type', 'text/html').end('<!doctype html><title>Sign in</title>')],
  ]
  const readFrom = (uri: string) =>
    tool.db
      .updateTable('lti_platform')
      .set({ jwks_uri: uri, confirmed_addresses: [uri] })
      .where('client_id', '=', clientId)
      .execute()

  it.each(pages)('%s refuses the launch in seconds, and not the next one', async (_what, answer) => {
    const fresh = `${keyPage.url}?${Math.random()}`
    await readFrom(fresh)
    keyPage.answer = answer
    const from = performance.now()
    const reply = await go()
    expect([reply.code, reply.status]).toEqual(['launch.keys_unreachable', 401])
    expect(performance.now() - from).toBeLessThan(8000)
    expect(reply.text).not.toContain(keyPage.url)

    pass(6)
    const right = await (await fetch(lms.endpoints.jwks)).text()
    keyPage.answer = (_req, res) => res.end(right)
    expect(outcome(await go({ claims: { iat: seconds(), exp: seconds() + 60 } }))).toBe(200)
    await readFrom(lms.endpoints.jwks)
  })
})

describe('an LMS whose clock is', () => {
  beforeEach(() => {
    now = new Date(Math.floor(Date.now() / 1000) * 1000)
  })
  it.each([
    ['60 seconds ahead', { iat: 60, exp: 120 }, 200],
    ['61 seconds ahead', { iat: 61, exp: 121 }, 'launch.token_from_future'],
    ['59 seconds behind, its token over by as much', { iat: -119, exp: -59 }, 200],
    ['60 seconds behind, its token over by as much', { iat: -120, exp: -60 }, 'launch.token_expired'],
    ['right, but valid only from 61 seconds on', { iat: 0, exp: 120, nbf: 61 }, 'launch.token_from_future'],
  ] as const)('%s', async (_what, times, expected) => {
    const claims = Object.fromEntries(Object.entries(times).map(([claim, off]) => [claim, seconds() + off]))
    expect(outcome(await go({ claims }))).toBe(expected)
  })
})

describe('parameters', () => {
  it('sent twice, nested or as a list are refused and use nothing up', async () => {
    const begun = await begin(tool, lms)
    const id_token = await lms.signIdToken({ nonce: begun.nonce })
    const [token, state] = [encodeURIComponent(id_token), encodeURIComponent(begun.state)]
    const bodies: [string, string][] = [
      [`id_token=${token}&state=${state}&state=${state}`, 'launch.parameter_repeated'],
      [`id_token=${token}&id_token=${token}&state=${state}`, 'launch.parameter_repeated'],
      [`id_token=${token}&state[]=${state}`, 'launch.state_missing'],
      [`id_token[x]=${token}&state=${state}`, 'launch.token_missing'],
      [`id_token=${token}&state=${state}%00`, 'launch.request_unreadable'],
    ]
    for (const [body, code] of bodies)
      expect([body.length, outcome(await tool.post('/lti/launch', body, begun.browser))]).toEqual([body.length, code])
    expect(outcome(await tool.post('/lti/launch', { id_token, state: begun.state }, begun.browser))).toBe(200)
  })
  it('of 300 KB are refused with a page', async () => {
    const reply = await tool.post('/lti/launch', `id_token=${'a'.repeat(300_000)}&state=x`)
    expect([reply.status, reply.code]).toEqual([413, 'launch.request_too_large'])
  })
})

describe('text that no database holds', () => {
  it.each([
    { sub: 'a\0b' },
    { sub: 'a\uD800' },
    { [`${LTI}deployment_id`]: 'a\0b' },
    { [`${LTI}resource_link`]: { id: 'a\0b' } },
    { [`${LTI}context`]: { id: 'a\0b' } },
    { [`${LTI}roles`]: ['a\0b'] },
  ])('in %o is refused', async (claims) => {
    expect(outcome(await go({ claims }))).toBe('launch.claim_refused')
  })
  it.each(['a\0b', `${'a'.repeat(19)}😀`])('in a header keeps nobody from finding the refusal (%j)', async (alg) => {
    const header = Buffer.from(JSON.stringify({ alg })).toString('base64url')
    const reply = await go({ token: (token) => token.replace(/^[^.]+/, header) })
    const kept = tool.db.selectFrom('launch_refusal').select('code').where('reference', '=', named(reply.text)!)
    expect([reply.code, await kept.execute()]).toEqual([reply.code, [{ code: 'launch.algorithm_refused' }]])
  })
  it('in what may be left out is left out', async () => {
    const listed = { section_names: String.raw`["a\u0000b", "\ud800"]` }
    const odd = {
      name: 'a\0b',
      email: 'a\0b@x.example',
      locale: '\0',
      [`${LTI}custom`]: { time_zone: '\0', context_history: 'a\0b', group_ids: '1,\0', '\0': 'x', ...listed },
      [`${LTI}role_scope_mentor`]: ['\0'],
      [`${LTI}launch_presentation`]: { return_url: 'https://x.example/\0' },
      [`${LTI}context`]: { id: 'c', title: 'a\0b', label: '\0' },
      'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': { scope: ['\0'], lineitems: 'https://x.example/\0' },
      'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': {
        context_memberships_url: 'https://x.example/\0',
      },
    }
    expect(outcome(await go({ claims: odd }))).toBe(200)
  })
})

describe('a connection that is changed behind this server', () => {
  const change = (changed: { status: 'active' | 'disabled' } | { client_id: string }) =>
    tool.db.updateTable('lti_platform').set(changed).where('issuer', '=', lms.issuer).execute()
  const end = async (begun: Begun) => outcome(await finish(tool, lms, begun))

  it('counts as it is at the launch, and a login that was refused for it is still good', async () => {
    const begun = await begin(tool, lms)
    await change({ status: 'disabled' })
    expect(await end(begun)).toBe('launch.connection_disabled')
    // The login of before may be remembered for a second; its launch is refused.
    const next = await begin(tool, lms)
    expect(next.reply.code ?? (await end(next))).toBe('launch.connection_disabled')
    await change({ status: 'active' })
    expect([await end(begun), await end(begun)]).toEqual([200, 'launch.state_unknown'])
  })
  it('ends the sessions that people hold from it, at once and for good, and so does a deployment', async () => {
    const { networkId, platformId } = await tool.db
      .selectFrom('lti_platform')
      .select(['network_id as networkId', 'id as platformId'])
      .where('client_id', '=', clientId)
      .executeTakeFirstOrThrow()
    const at = { networkId: networkId as NetworkId, platformId: platformId as PlatformId }
    const come = async () => (JSON.parse((await go()).text) as { token: string }).token
    const holds = async (token: string) => (await loadSession(tool.db, token, now)) !== undefined
    const within = (change: (trx: Trx) => Promise<unknown>) => tool.db.transaction().execute(change)
    const platform = (status: 'active' | 'disabled') =>
      within((trx) => updatePlatformStatus(trx, at.networkId, at.platformId, status))
    const deployment = (id: string, status: 'active' | 'disabled') =>
      within((trx) => setDeployment(trx, at, id, status))

    const first = await come()
    const renewed = (await renewSession(tool.db, (await loadSession(tool.db, first, now))!, now)).token
    expect([await holds(first), await holds(renewed)]).toEqual([true, true])
    await platform('disabled')
    expect([await holds(first), await holds(renewed)]).toEqual([false, false])
    await platform('active')
    expect([await holds(first), await holds(renewed)]).toEqual([false, false])

    const second = await come()
    await deployment('another', 'disabled')
    expect(await holds(second)).toBe(true)
    await deployment(deploymentId, 'disabled')
    expect(await holds(second)).toBe(false)
    await deployment(deploymentId, 'active')
    expect(await holds(second)).toBe(false)
    // One that was opened in the moment of switching off is none either.
    const third = await come()
    await tool.db.updateTable('lti_platform').set({ status: 'disabled' }).where('id', '=', platformId).execute()
    expect(await holds(third)).toBe(false)
    await platform('active')
  })
  it('is another’s when its client is another’s', async () => {
    const begun = await begin(tool, lms)
    await change({ client_id: 'of another account' })
    expect(await end(begun)).toBe('launch.audience_mismatch')
    await change({ client_id: clientId })
    expect(await end(begun)).toBe(200)
  })
})

describe('a refusal', () => {
  const withoutReference = (text: string) =>
    text.replaceAll(/[0-9A-Z]{4}-[0-9A-Z]{4}/g, 'R').replaceAll(/nonce="[\w-]+"/g, 'N')

  it('is the same whether another tenant’s LMS is connected or nobody’s', async () => {
    const other = await seedNetwork(tool.db)
    const platform = await tool.db
      .selectFrom('lti_platform')
      .selectAll()
      .where('client_id', '=', clientId)
      .executeTakeFirstOrThrow()
    const { id: _, ...copy } = platform
    await tool.db
      .insertInto('lti_platform')
      .values({
        ...copy,
        network_id: other.networkId,
        institution_id: other.institutions.riverside,
        issuer: 'https://secret-campus.example',
        client_id: 'theirs',
      })
      .execute()
    const ask = async (login: Record<string, string>) => (await begin(tool, lms, { login })).reply
    const theirs = await ask({ iss: 'https://secret-campus.example', client_id: 'not-theirs' })
    const nobodys = await ask({ iss: 'https://nobody.example', client_id: 'not-theirs' })
    expect(theirs.status).toBe(nobodys.status)
    expect(withoutReference(theirs.text)).toBe(withoutReference(nobodys.text))
    // The other tenant's client, answered by this LMS.
    expect((await begin(tool, lms, { login: { client_id: 'theirs' } })).reply.code).toBe('launch.platform_unknown')
  })

  it('names no tenant, person, address or token, and is found under its reference', async () => {
    const begun = await begin(tool, lms)
    const id_token = await lms.signIdToken({ nonce: 'of another' })
    const replies = [
      await tool.post('/lti/launch', { id_token, state: begun.state }, begun.browser),
      await go({ claims: { sub: undefined } }),
      await go({ claims: { [`${LTI}deployment_id`]: '77' }, login: { lti_deployment_id: undefined } }),
      await go({ how: { kid: 'nobody' } }),
      await tool.post('/lti/launch', { error: 'access_denied Amara', state: begun.state }, begun.browser),
    ]
    const secrets = ['Amara', 'Okonjo', 'a@x.example', 'Riverside', lms.issuer, clientId, id_token, begun.state]
    for (const reply of replies) {
      for (const secret of secrets) expect([reply.code, reply.text.includes(secret)]).toEqual([reply.code, false])
      const row = await tool.db
        .selectFrom('launch_refusal')
        .selectAll()
        .where('reference', '=', named(reply.text)!)
        .executeTakeFirstOrThrow()
      expect([row.code, row.at]).toEqual([reply.code, now])
      expect(JSON.stringify(row.facts)).not.toMatch(/Okonjo|x\.example|eyJ/)
    }
  })
})

describe('more visits from one address than are taken in within a minute', () => {
  it('are told when to come again, without being read, and kept once', async () => {
    const small = await openTool(() => now, 5)
    try {
      const begun = await small.connect(lms)
      const login = {
        login_hint: 'h',
        iss: lms.issuer,
        client_id: begun.clientId,
        target_link_uri: `${small.url}/lti/launch`,
      }
      const visit = () => small.post('/lti/login', login)
      const five = await Promise.all(Array.from({ length: 5 }, visit))
      expect(five.map(outcome)).toEqual(Array.from({ length: 5 }, () => 302))
      pass(20)
      const over = await Promise.all(Array.from({ length: 5 }, visit))
      expect(over.map(outcome)).toEqual(Array.from({ length: 5 }, () => 'launch.too_many'))
      expect(over.map(({ status, headers }) => [status, headers.get('retry-after')])).toContainEqual([429, '40'])
      const references = new Set(over.map(({ text }) => /class="ref">([0-9A-Z-]{9})</.exec(text)?.[1]))
      const kept = await small.db.selectFrom('launch_refusal').select(['reference', 'code', 'facts']).execute()
      expect(kept).toEqual([{ reference: [...references][0], code: 'launch.too_many', facts: { kind: 'login' } }])
      expect(references.size).toBe(1)
      // What is not read cannot be too large; a launch is another kind, and so is what is neither.
      expect(outcome(await small.post('/lti/login', 'x'.repeat(300_000)))).toBe('launch.too_many')
      expect(outcome(await small.post('/lti/launch', {}))).toBe('launch.state_missing')
      const elsewhere = [await small.get('/lti/x'), await small.get('/lti/register/y')]
      expect(elsewhere.map(outcome)).toEqual(['launch.address_unknown', 'launch.too_many'])
      // Nor do refusals below the limit fill the table: the rest of a minute's share one reference.
      const rows = async () => (await small.db.selectFrom('launch_refusal').select(['code', 'facts']).execute()).length
      const before = await rows()
      const state = new URL(five[0]!.headers.get('location')!).searchParams.get('state')!
      const ofConnection = await small.post('/lti/launch', { state, id_token: 'x' })
      expect(outcome(ofConnection)).toBe('launch.browser_mismatch')
      // Kept for nobody, so nobody but the operator finds it.
      expect(ofConnection.text).toContain('who operates Copractice, and nobody else')
      const more = [
        ofConnection,
        ...(await Promise.all(Array.from({ length: 3 }, () => small.post('/lti/launch', {})))),
      ]
      expect(more.slice(1).map(outcome)).toEqual(Array.from({ length: 3 }, () => 'launch.state_missing'))
      expect(new Set(more.map(({ text }) => /class="ref">([0-9A-Z-]{9})</.exec(text)?.[1])).size).toBe(1)
      expect(await rows()).toBe(before)
      pass(40)
      expect(outcome(await visit())).toBe(302)
    } finally {
      await small.close()
    }
  })
})
