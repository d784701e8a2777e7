import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLmsSimulator, type LmsSimulator } from '@copractice/lms-simulator'
import { begin, finish } from './lti/launch-by-hand.ts'
import { openTool, sendRaw, type OpenTool } from './lti/open-tool.ts'

let tool: OpenTool
let lms: LmsSimulator
beforeAll(async () => {
  tool = await openTool()
  const person = {
    id: '11',
    name: 'A',
    givenName: 'A',
    familyName: 'B',
    email: 'a@x.example',
    role: 'learner',
  } as const
  const course = { id: 'c', title: 'C', label: 'C', term: 'T', people: [person], links: [] }
  lms = await startLmsSimulator({
    profile: 'moodle',
    name: 'Riverside State',
    port: 0,
    courses: [{ ...course, links: [{ id: 'l', title: 'L', kind: 'navigation' }] }],
  })
  await tool.connect(lms)
})
afterAll(async () => {
  await lms.close()
  await tool.close()
})

const form = 'application/x-www-form-urlencoded'
const ROUTES = ['/lti/login', '/lti/launch', '/lti/jwks.json', '/lti/register', '/lti/register/x', '/lti/', '/lti/none']

const RUBBISH: [string, Record<string, string>, Buffer | string][] = [
  ['nothing', {}, ''],
  ['an empty form', { 'content-type': form }, ''],
  ['random bytes', { 'content-type': form }, randomBytes(5000)],
  ['random bytes that say they are JSON', { 'content-type': 'application/json' }, randomBytes(500)],
  ['broken percent signs', { 'content-type': form }, 'iss=%&login_hint=%zz&state=%E0%A4%A&id_token=%C0%80'],
  ['a zero byte', { 'content-type': form }, 'iss=%00&login_hint=a%00b&target_link_uri=%00&state=%00&id_token=%00.%00.'],
  [
    'half a surrogate',
    { 'content-type': form },
    'iss=%ED%A0%80&login_hint=x&target_link_uri=x&state=%ED%A0%80&id_token=x',
  ],
  ['a state with a space', { 'content-type': form }, 'state=a%20b'],
  ['repeated parameters', { 'content-type': form }, 'iss=a&iss=b&state=a&state=b&id_token=a&id_token=b'],
  [
    'nested parameters',
    { 'content-type': form },
    'iss[$ne]=x&login_hint[a][b]=c&state[]=1&id_token[$gt]=&__proto__[x]=1',
  ],
  [
    'names of the prototype',
    { 'content-type': form },
    'constructor=1&__proto__=1&toString=1&state=constructor&id_token=x',
  ],
  [
    'SQL',
    { 'content-type': form },
    "iss=';drop table lti_login;--&login_hint=1&target_link_uri=1&state=' or 1=1&id_token=x",
  ],
  ['a thousand parameters', { 'content-type': form }, Array.from({ length: 1000 }, (_, i) => `p${i}=1`).join('&')],
  ['a token of one dot', { 'content-type': form }, 'state=x&id_token=.'],
  ['a token of words', { 'content-type': form }, 'state=x&id_token=eyJhbGciOiJSUzI1NiJ9.bnVsbA.x'],
  ['another charset', { 'content-type': `${form}; charset=utf-7` }, 'iss=+AGE-'],
  ['an unknown encoding', { 'content-type': form, 'content-encoding': 'zstd9' }, 'iss=a'],
  ['gzip that is none', { 'content-type': form, 'content-encoding': 'gzip' }, 'iss=a'],
  ['a multipart body', { 'content-type': 'multipart/form-data; boundary=x' }, '--x\r\n\r\n--x--'],
  ['an odd content type', { 'content-type': ';;;' }, 'iss=a'],
  [
    'odd cookies',
    { 'content-type': form, cookie: 'lti-browser=%; lti-browser; =;;; lti-browser=\t' },
    'state=x&id_token=x',
  ],
]

describe.each(RUBBISH)('%s', (_what, headers, body) => {
  it.each(ROUTES)('posted to %s is refused as the sender’s own doing', async (route) => {
    const status = await sendRaw(`${tool.url}${route}`, 'POST', headers, body)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })
})

it.each(['/lti/login', '/lti/launch'])('a body of 5 MB to %s is refused with 413', async (route) => {
  const body = `id_token=${'a'.repeat(5_000_000)}`
  expect(await sendRaw(`${tool.url}${route}`, 'POST', { 'content-type': form }, body)).toBe(413)
})

it.each(['PUT', 'DELETE', 'PATCH', 'GET'])('%s of a launch is refused', async (method) => {
  const status = await sendRaw(`${tool.url}/lti/launch`, method, {}, '')
  expect(status).toBe(405)
})

it.each([
  '/lti/login?iss=a&iss=b',
  '/lti/login?iss[$ne]=x&login_hint=1&target_link_uri=1',
  '/lti/login?%',
  '/lti/login?iss=%00&login_hint=%00&target_link_uri=%00',
  '/lti/register?openid_configuration=a',
  `/lti/register/${'x'.repeat(5000)}?openid_configuration=a&openid_configuration=b`,
  '/lti/register/x?openid_configuration=http://169.254.169.254/',
  '/lti/%2e%2e/lti/none',
])('GET %s is refused', async (path) => {
  const { status } = await tool.get(path)
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
})

it('lives on, and still lets the right ones in', async () => {
  const begun = await begin(tool, lms)
  expect((await finish(tool, lms, begun)).status).toBe(200)
  const keys = (await (await fetch(`${tool.url}/lti/jwks.json`)).json()) as { keys: object[] }
  expect(keys.keys).toHaveLength(1)
})

it('keeps each refusal under the reference that its page shows, without names or tokens', async () => {
  const begun = await begin(tool, lms)
  const page = await finish(tool, lms, begun, { claims: { nonce: 'another', name: 'Amara' } })
  const reference = /class="ref">([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(page.text)![1]!
  const row = await tool.db
    .selectFrom('launch_refusal')
    .selectAll()
    .where('reference', '=', reference)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ code: 'launch.nonce_mismatch', network_id: tool.networkId, facts: {} })
  const platform = await tool.db.selectFrom('lti_platform').select('last_error_code').executeTakeFirstOrThrow()
  expect(platform.last_error_code).toBe('launch.nonce_mismatch')
})

it('says nothing about who else is connected', async () => {
  const { reply } = await begin(tool, lms, { login: { client_id: 'another' } })
  expect(reply.text).not.toContain('Riverside')
  expect(reply.text).not.toContain(lms.issuer)
})
