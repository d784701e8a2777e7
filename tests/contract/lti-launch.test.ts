import { createHmac, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NetworkId, PlatformId } from '@copractice/core/kernel'
import { startLmsSimulator, type LmsSimulator, type SimulatedCourse } from '@copractice/lms-simulator'
import { deleteVisitors, updatePlatformStatus } from '@copractice/store/connection'
import { deleteExpiredSessions } from '@copractice/store/directory'
import { begin, finish, launch, LTI, type Changes, type Claims } from './lti/launch-by-hand.ts'
import { openTool, type OpenTool, type Reply } from './lti/open-tool.ts'

/**
 * What a tool has to accept and to reject, row by row of the table of LTI 1.3 launches (Security Framework, Core, the
 * certification list). The number in front of a title is the row's. Every rejection is a page of the 4xx kind that names
 * its code, and gives no session.
 */
const course: SimulatedCourse = {
  id: 'cep-610',
  title: 'Community Engagement Fundamentals',
  label: 'CEP 610',
  term: 'Fall 2026',
  people: [
    {
      id: '11',
      name: 'Amara Okonjo',
      givenName: 'Amara',
      familyName: 'Okonjo',
      email: 'amara@x.example',
      role: 'learner',
    },
    {
      id: '12',
      name: 'Eleanor Voss',
      givenName: 'Eleanor',
      familyName: 'Voss',
      email: 'e@x.example',
      role: 'instructor',
    },
  ],
  links: [{ id: 'cohort', title: 'Our cohort', kind: 'navigation' }],
}
const now = () => Math.floor(Date.now() / 1000)

let tool: OpenTool
/** How far the tool's clock is ahead, in milliseconds. */
let ahead = 0
let lms: LmsSimulator
let clientId: string
let platformId: string
beforeAll(async () => {
  tool = await openTool(() => new Date(Date.now() + ahead))
  lms = await startLmsSimulator({ profile: 'moodle', name: 'Riverside State', port: 0, courses: [course] })
  ;({ clientId, platformId } = await tool.connect(lms))
})
afterAll(async () => {
  await lms.close()
  await tool.close()
})

const go = (changes: Changes = {}) => launch(tool, lms, changes)
const withClaims = (claims: Claims) => go({ claims })
type Policy = { unknown_deployments?: 'refuse' | 'park'; anonymous_launches?: 'refuse' | 'visit' }
const policy = (set: Policy) => tool.db.updateTable('lti_platform').set(set).where('id', '=', platformId).execute()
const claim = (name: string, value: unknown): Claims => ({ [`${LTI}${name}`]: value })
type Session = { token: string; startAt: string; launch: Record<string, unknown> & { standing: { role: string } } }
const session = (reply: Reply) => JSON.parse(reply.text) as Session

function expectRefused(reply: Reply, code: string): void {
  expect(reply.code).toBe(code)
  expect(reply.status).toBeGreaterThanOrEqual(400)
  expect(reply.status).toBeLessThan(500)
  expect(reply.text).not.toContain('"token"')
  expect(reply.headers.get('content-type')).toContain('text/html')
}
function expectAccepted(reply: Reply): Session {
  expect([reply.code, reply.status]).toEqual([undefined, 200])
  expect(session(reply).token).toMatch(/^[\w-]{43}$/)
  return session(reply)
}

/** Replaces part of a compact token, leaving the signature as it was. */
const rewrite = (token: string, part: 0 | 1, change: (json: Record<string, unknown>) => Record<string, unknown>) => {
  const parts = token.split('.')
  const json = JSON.parse(Buffer.from(parts[part]!, 'base64url').toString()) as Record<string, unknown>
  parts[part] = Buffer.from(JSON.stringify(change(json))).toString('base64url')
  return parts.join('.')
}

describe('the login', () => {
  it.each(['iss', 'login_hint', 'target_link_uri'])('1 rejects a login without %s', async (name) => {
    const { reply } = await begin(tool, lms, { login: { [name]: undefined } })
    expectRefused(reply, 'launch.login_incomplete')
  })
  it.each([{ iss: 'https://stranger.example' }, { client_id: 'stranger' }])('2 rejects %o', async (login) => {
    const { reply } = await begin(tool, lms, { login })
    expectRefused(reply, 'launch.platform_unknown')
  })
  it('3 accepts a login by POST and by GET, and without client_id', async () => {
    expectAccepted(await go({ login: { client_id: undefined } }))
    const fields = { iss: lms.issuer, login_hint: 'h', target_link_uri: `${tool.url}/lti/launch` }
    const byGet = await tool.get(`/lti/login?${new URLSearchParams(fields).toString()}`)
    expect(byGet.status).toBe(302)
    const asked = new URL(byGet.headers.get('location')!)
    expect(asked.href.startsWith(lms.endpoints.authorization)).toBe(true)
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: clientId,
      redirect_uri: `${tool.url}/lti/launch`,
      login_hint: 'h',
    })
    expect(asked.searchParams.get('state')).toMatch(/^[\w-]{120,}$/)
    expect(asked.searchParams.has('lti_message_hint')).toBe(false)
  })
  it.each(['https://evil.example/x', '//evil.example/x', 'javascript:alert(1)', 'http://localhost:1/lti/launch'])(
    '4 rejects a login that wants to go to %s',
    async (target) => {
      const { reply } = await begin(tool, lms, { login: { target_link_uri: target } })
      expectRefused(reply, 'launch.target_foreign')
    },
  )
})

describe('the answer of the LMS', () => {
  it('5 gives no session for an error', async () => {
    const { state, browser } = await begin(tool, lms)
    expectRefused(await tool.post('/lti/launch', { error: 'login_required', state }, browser), 'launch.lms_error')
  })
  it('6 rejects a launch without state', async () => {
    expectRefused(await go({ state: () => undefined }), 'launch.state_missing')
  })
  it('7 rejects a launch in another browser, and still accepts it in the one that began it', async () => {
    const begun = await begin(tool, lms)
    expectRefused(await finish(tool, lms, begun, { launchBrowser: { cookies: '' } }), 'launch.browser_mismatch')
    const other = await begin(tool, lms)
    const launchBrowser = { cookies: other.browser.cookies }
    expectRefused(await finish(tool, lms, begun, { launchBrowser }), 'launch.browser_mismatch')
    expectAccepted(await finish(tool, lms, begun))
  })
  it('8 rejects a state that was used, also when fifty use it at once', async () => {
    const begun = await begin(tool, lms)
    const replies = await Promise.all(Array.from({ length: 50 }, () => finish(tool, lms, begun)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const reply of replies.filter(({ status }) => status !== 200)) expectRefused(reply, 'launch.state_unknown')
  })
  it('9 rejects an id_token by GET', async () => {
    const { state, nonce, browser } = await begin(tool, lms)
    const query = new URLSearchParams({ state, id_token: await lms.signIdToken({ nonce }) }).toString()
    expectRefused(await tool.get(`/lti/launch?${query}`, browser), 'launch.method_not_allowed')
  })
})

describe('nonce and times', () => {
  it.each([undefined, '', 7])('10 rejects nonce %s', async (nonce) => {
    expectRefused(await withClaims({ nonce }), 'launch.nonce_missing')
  })
  it('11 rejects the nonce of another login', async () => {
    const other = await begin(tool, lms)
    expectRefused(await withClaims({ nonce: other.nonce }), 'launch.nonce_mismatch')
  })
  it('12 rejects a token that was used before, under a new state', async () => {
    const first = await begin(tool, lms)
    const token = await lms.signIdToken({ nonce: first.nonce })
    expectAccepted(await finish(tool, lms, first, { token: () => token }))
    expectRefused(await go({ token: () => token }), 'launch.nonce_mismatch')
  })
  it('13 rejects a token expired for more than a minute, and accepts one within it', async () => {
    expectRefused(await withClaims({ exp: now() - 70, iat: now() - 130 }), 'launch.token_expired')
    expectAccepted(await withClaims({ exp: now() - 50, iat: now() - 110 }))
  })
  it.each([{ exp: undefined }, { iat: undefined }, { exp: '9999999999' }, { iat: 'now' }, { exp: null }, { exp: [1] }])(
    '14 rejects %o',
    async (claims) => {
      expectRefused(await withClaims(claims), 'launch.claim_refused')
    },
  )
  it('15 rejects a token from more than a minute ahead, and accepts one within it', async () => {
    expectRefused(await withClaims({ iat: now() + 3600, exp: now() + 7200 }), 'launch.token_from_future')
    expectRefused(await withClaims({ nbf: now() + 90 }), 'launch.token_from_future')
    expectAccepted(await withClaims({ iat: now() + 50, exp: now() + 110 }))
  })
})

describe('signature and keys', () => {
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const pem = foreign.export({ type: 'pkcs8', format: 'pem' }) as string

  it('16 rejects alg none', async () => {
    expectRefused(await go({ how: { alg: 'none' } }), 'launch.algorithm_refused')
    const stripped = (token: string) =>
      `${rewrite(token, 0, (header) => ({ ...header, alg: 'none' }))
        .split('.')
        .slice(0, 2)
        .join('.')}.`
    expectRefused(await go({ token: stripped }), 'launch.algorithm_refused')
  })
  it('17 rejects HS256 with the public key as its secret', async () => {
    const { keys } = (await (await fetch(lms.endpoints.jwks)).json()) as { keys: { n: string }[] }
    const hs256 = (token: string) => {
      const [header, payload] = rewrite(token, 0, (json) => ({ ...json, alg: 'HS256' })).split('.')
      return `${header}.${payload}.${createHmac('sha256', JSON.stringify(keys[0])).update(`${header}.${payload}`).digest('base64url')}`
    }
    expectRefused(await go({ token: hs256 }), 'launch.algorithm_refused')
  })
  it('18 rejects the right key id with another key', async () => {
    expectRefused(await go({ how: { key: pem } }), 'launch.signature_wrong')
    expectRefused(
      await go({ token: (token) => rewrite(token, 1, (json) => ({ ...json, sub: '12' })) }),
      'launch.signature_wrong',
    )
  })
  it('19 rejects a key id that is not in the key set', async () => {
    expectRefused(await go({ how: { kid: 'nobody', key: pem } }), 'launch.key_unknown')
  })
  it.each([null, ''])('20 rejects key id %s', async (kid) => {
    expectRefused(await go({ how: { kid } }), 'launch.key_missing')
  })
  it('22 rejects keys that come with the message', async () => {
    for (const header of [{ jku: lms.endpoints.jwks }, { jwk: {} }, { x5u: 'https://x' }, { x5c: [] }])
      expectRefused(await go({ how: { header } }), 'launch.header_refused')
    const critical = (token: string) => rewrite(token, 0, (header) => ({ ...header, crit: ['exp'], exp: 1 }))
    expectRefused(await go({ token: critical }), 'launch.header_refused')
  })
})

describe('issuer and audience', () => {
  it('23 rejects another issuer, also when only a slash or a letter differs', async () => {
    for (const iss of [`${lms.issuer}/`, lms.issuer.replace('http', 'HTTP'), 'https://stranger.example', undefined, 7])
      expectRefused(await withClaims({ iss }), 'launch.issuer_mismatch')
    for (const iss of [`${lms.issuer}/`, lms.issuer.toUpperCase()])
      expectRefused((await begin(tool, lms, { login: { iss } })).reply, 'launch.platform_unknown')
  })
  it.each([['other'], [7], [''], [[]], [null], [undefined], [{}], [[7]]])('24 rejects audience %o', async (aud) => {
    const reply = await withClaims({ aud })
    expectRefused(reply, 'launch.audience_mismatch')
    expect(reply.status).toBe(401)
  })
  it('25 accepts our client id alone in a list, without azp', async () => {
    expectAccepted(await withClaims({ aud: [clientId], azp: undefined }))
  })
  it('26 accepts our client id beside another of ours at that LMS, with azp ours', async () => {
    await tool.db
      .insertInto('lti_platform')
      .columns([
        'network_id',
        'institution_id',
        'profile',
        'issuer',
        'client_id',
        'authorization_endpoint',
        'token_endpoint',
        'jwks_uri',
        'status',
      ])
      .expression((eb) =>
        eb
          .selectFrom('lti_platform')
          .select(['network_id', 'institution_id', 'profile', 'issuer', eb.val('our-second').as('client_id')])
          .select(['authorization_endpoint', 'token_endpoint', 'jwks_uri', eb.val('disabled' as const).as('status')])
          .where('id', '=', platformId),
      )
      .execute()
    expectAccepted(await withClaims({ aud: [clientId, 'our-second'], azp: clientId }))
    await tool.db.deleteFrom('lti_platform').where('client_id', '=', 'our-second').execute()
  })
  it('27 rejects several audiences without azp', async () => {
    expectRefused(await withClaims({ aud: [clientId, 'other'], azp: undefined }), 'launch.audience_mismatch')
  })
  it('28 rejects an audience beside us that is not ours', async () => {
    expectRefused(await withClaims({ aud: [clientId, 'other'], azp: clientId }), 'launch.audience_mismatch')
  })
  it('29 rejects an azp that is not our client id', async () => {
    expectRefused(await withClaims({ azp: 'other' }), 'launch.audience_mismatch')
    expectRefused(await withClaims({ aud: [clientId], azp: 'other' }), 'launch.audience_mismatch')
  })
})

describe('claims', () => {
  it.each([undefined, '1.3.1', '1.3', 1.3])('30 rejects version %s', async (version) => {
    expectRefused(await withClaims(claim('version', version)), 'launch.version_unsupported')
  })
  it('31 rejects a message without type', async () => {
    expectRefused(await withClaims(claim('message_type', undefined)), 'launch.claim_refused')
  })
  it.each(['LtiUnknownRequest', 'constructor', 7])('32 rejects message type %s', async (type) => {
    expectRefused(await withClaims(claim('message_type', type)), 'launch.message_unsupported')
  })
  it.each([undefined, '', 7])('33 rejects deployment %s', async (id) => {
    expectRefused(await withClaims(claim('deployment_id', id)), 'launch.claim_refused')
  })
  it('34 rejects a deployment we do not know, also when only its case differs', async () => {
    const plain = { login: { lti_deployment_id: undefined } }
    expectRefused(await go({ ...plain, claims: claim('deployment_id', '77') }), 'launch.deployment_unknown')
    await tool.db
      .insertInto('lti_deployment')
      .values({ network_id: tool.networkId, platform_id: platformId, deployment_id: 'a:B' })
      .execute()
    expectAccepted(await go({ ...plain, claims: claim('deployment_id', 'a:B') }))
    expectRefused(await go({ ...plain, claims: claim('deployment_id', 'A:b') }), 'launch.deployment_unknown')
    expectRefused(await go({ claims: claim('deployment_id', 'a:B') }), 'launch.deployment_unknown')
  })
  it('34 rejects and parks it where the connection says so, until somebody confirms it', async () => {
    await policy({ unknown_deployments: 'park' })
    const met = (id: string) => go({ login: { lti_deployment_id: undefined }, claims: claim('deployment_id', id) })
    for (const _ of [1, 2]) expectRefused(await met('park:me'), 'launch.deployment_parked')
    expectRefused(await met('park:ME'), 'launch.deployment_parked')
    const parked = tool.db.selectFrom('lti_deployment').select('deployment_id').where('status', '=', 'parked')
    expect((await parked.execute()).map((row) => row.deployment_id).sort()).toEqual(['park:ME', 'park:me'])
    // A connection that is switched off and on again confirms nothing by the way.
    const at = [tool.networkId as NetworkId, platformId as PlatformId] as const
    for (const status of ['disabled', 'active'] as const)
      await tool.db.transaction().execute((trx) => updatePlatformStatus(trx, ...at, status))
    expectRefused(await met('park:me'), 'launch.deployment_parked')
    await tool.db
      .updateTable('lti_deployment')
      .set({ status: 'active' })
      .where('deployment_id', '=', 'park:me')
      .execute()
    expectAccepted(await met('park:me'))
    // Only what the LMS has signed is listed.
    expect((await go({ claims: claim('deployment_id', 'park:x'), how: { kid: null } })).status).toBe(401)
    await policy({ unknown_deployments: 'refuse' })
    expectRefused(await met('park:other'), 'launch.deployment_unknown')
    expect(await parked.execute()).toHaveLength(1)
  })
  it('34 takes one deployment as a connection’s first, of any number that come at once', async () => {
    const fresh = await startLmsSimulator({ profile: 'moodle', name: 'Harbor', port: 0, courses: [course] })
    try {
      const { platformId: id } = await tool.connect(fresh)
      const known = tool.db
        .selectFrom('lti_deployment')
        .select(['deployment_id', 'status'])
        .where('platform_id', '=', id)
      await tool.db.deleteFrom('lti_deployment').where('platform_id', '=', id).execute()
      const one = (name: string) =>
        launch(tool, fresh, { login: { lti_deployment_id: undefined }, claims: claim('deployment_id', name) })
      await fetch(fresh.endpoints.jwks)
      const names = Array.from({ length: 12 }, (_, index) => `first:${index % 4}`)
      const replies = await Promise.all(names.map(async (name) => ({ name, reply: await one(name) })))
      const rows = await known.execute()
      expect(rows.map(({ status }) => status)).toEqual(['active'])
      for (const { name, reply } of replies)
        if (name === rows[0]!.deployment_id) expectAccepted(reply)
        else expectRefused(reply, 'launch.deployment_unknown')
    } finally {
      await fresh.close()
    }
  })
  it('35 rejects a message without target', async () => {
    expectRefused(await withClaims(claim('target_link_uri', undefined)), 'launch.claim_refused')
  })
  it('36 rejects a signed target other than the login’s', async () => {
    expectRefused(await withClaims(claim('target_link_uri', `${tool.url}/lti/launch?x=1`)), 'launch.target_mismatch')
    expectRefused(await withClaims(claim('target_link_uri', 'https://evil.example/')), 'launch.target_mismatch')
  })
  it.each([[undefined], [{}], [{ id: '' }], [{ id: 7 }], ['x']])('37 rejects resource link %o', async (link) => {
    expectRefused(await withClaims(claim('resource_link', link)), 'launch.claim_refused')
  })
  it.each([[undefined], ['Learner'], [[7]], [{}]])('38 rejects roles %o', async (roles) => {
    expectRefused(await withClaims(claim('roles', roles)), 'launch.claim_refused')
  })
  it('39 accepts no roles at all, as a guest', async () => {
    expect(expectAccepted(await withClaims(claim('roles', []))).launch.standing.role).toBe('guest')
  })
  it('40 accepts unknown roles as a guest, and short names', async () => {
    expect(expectAccepted(await withClaims(claim('roles', ['urn:x:Dean']))).launch.standing.role).toBe('guest')
    expect(expectAccepted(await withClaims(claim('roles', ['Instructor']))).launch.standing.role).toBe('instructor')
  })
  it.each([undefined, ''])('41 rejects sub %s: nobody’s work could be kept for them', async (sub) => {
    expectRefused(await withClaims({ sub }), 'launch.person_missing')
  })
  it('41 lets somebody without sub visit where the connection says so: nobody, and nobody twice', async () => {
    await policy({ anonymous_launches: 'visit' })
    const named = { name: 'Amara Okonjo', given_name: 'Amara', family_name: 'Okonjo', email: 'amara@x.example' }
    const roles = claim('roles', ['http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor'])
    const before = await tool.db.selectFrom('course_member').select('person_id').execute()
    const visits = []
    for (const sub of [undefined, '', undefined])
      visits.push(expectAccepted(await withClaims({ sub, ...named, ...roles })))
    const people = visits.map((visit) => (visit as unknown as { personId: string }).personId)
    expect(new Set(people).size).toBe(3)
    for (const { launch, startAt } of visits) {
      expect(launch).toMatchObject({ name: null, email: null, roles: [], standing: { role: 'guest' } })
      expect(startAt).toBe('/home')
    }
    const rows = await tool.db.selectFrom('person').selectAll().where('id', 'in', people).execute()
    for (const row of rows) expect(row).toMatchObject({ name: null, email: null, is_test: true, is_anonymous: true })
    // Nothing by which anybody could be them again, and no course that they are of.
    expect(await tool.db.selectFrom('identity').select('id').where('person_id', 'in', people).execute()).toEqual([])
    expect(await tool.db.selectFrom('course_member').select('person_id').execute()).toEqual(before)
    const sessions = tool.db.selectFrom('space_session').selectAll().where('person_id', 'in', people)
    for (const row of await sessions.execute()) expect([row.course_link_id, row.cohort_id]).toEqual([null, null])
    const remain = async () =>
      (await tool.db.selectFrom('person').select('id').where('id', 'in', people).execute()).length
    await deleteVisitors(tool.db)
    expect(await remain()).toBe(3)
    await deleteExpiredSessions(tool.db, new Date(Date.now() + 2 * 3_600_000))
    await deleteVisitors(tool.db)
    expect(await remain()).toBe(0)

    // Somebody's work is opened for nobody.
    const review = { ...claim('message_type', 'LtiSubmissionReviewRequest'), ...claim('for_user', { user_id: '11' }) }
    expectRefused(await withClaims({ sub: undefined, ...review }), 'launch.person_missing')
    await policy({ anonymous_launches: 'refuse' })
    expectRefused(await withClaims({ sub: undefined }), 'launch.person_missing')
  })
  it('42 rejects ids longer than 255 characters, and accepts 255', async () => {
    expectRefused(await withClaims({ sub: 's'.repeat(256) }), 'launch.claim_refused')
    expectRefused(await withClaims(claim('deployment_id', 'd'.repeat(256))), 'launch.claim_refused')
    expectAccepted(await withClaims({ sub: 's'.repeat(255) }))
  })
  it('43 accepts a launch without name, e-mail, context, grades and roster', async () => {
    const bare = {
      name: undefined,
      given_name: undefined,
      family_name: undefined,
      email: undefined,
      ...claim('context', undefined),
    }
    const services = {
      'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': undefined,
      'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': undefined,
    }
    expect(expectAccepted(await withClaims({ sub: 'bare', ...bare, ...services })).launch).toMatchObject({
      name: null,
      email: null,
    })
  })
  it.each([{}, { id: '' }, { title: 'no id' }])('44 rejects context %o', async (context) => {
    expectRefused(await withClaims(claim('context', context)), 'launch.claim_refused')
  })
  it('45 accepts claims it does not know', async () => {
    expectAccepted(await withClaims({ 'https://example.org/claim/x': { deep: [1, { y: null }] }, amr: ['mfa'] }))
  })
  it('48 accepts a legacy claim with a bad signature, and moves nothing', async () => {
    const lti1p1 = { user_id: 'old', oauth_consumer_key: 'k', oauth_consumer_key_sign: 'bm8=' }
    const { launch } = expectAccepted(await withClaims(claim('lti1p1', lti1p1)))
    expect(launch['sub']).toBe('11')
  })
  it('49 accepts markup in names and titles as the text that it is', async () => {
    const title = '</script><img src=x onerror=alert(1)>'
    const reply = await withClaims({ sub: 'markup', name: title, ...claim('context', { id: 'c', title }) })
    expect(expectAccepted(reply).launch).toMatchObject({ name: title, context: { title } })
  })
  it('50 accepts another sub with the same e-mail as another person', async () => {
    const personOf = (reply: Reply) => (expectAccepted(reply) as unknown as { personId: string }).personId
    const one = personOf(await withClaims({ sub: 'one', email: 'same@x.example' }))
    expect(personOf(await withClaims({ sub: 'two', email: 'same@x.example' }))).not.toBe(one)
  })
})

describe('keys that change', () => {
  it('21 accepts a new key that is found by looking once more', async () => {
    ahead = 6000 // past the rest that follows the unknown key of row 19
    expectAccepted(await go())
    await lms.rotateKeys({ overlap: true })
    expectAccepted(await go())
    await lms.rotateKeys({ overlap: false })
    expectAccepted(await go())
  })
})
