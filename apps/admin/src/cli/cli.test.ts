import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { insertLaunchRefusal } from '@copractice/store/connection'
import type { OpenDatabase } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { runCli } from './cli.ts'

/** The commands open the database by its address, as an operator's do; where there is no Postgres, in a folder. */
let folder: string
let open: OpenDatabase
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'copractice-cli-'))
  open = await openTestDb()
  const { connection } = open
  vi.stubEnv('COPRACTICE_FOLDER', folder)
  vi.stubEnv('DATABASE_URL', connection.kind === 'postgres' ? connection.url : undefined)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await open.close()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

async function run(...words: string[]) {
  const out = vi.spyOn(console, 'log').mockImplementation(() => {})
  const err = vi.spyOn(console, 'error').mockImplementation(() => {})
  const raw = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  await runCli(words)
  const code = process.exitCode
  process.exitCode = undefined
  const told = [...err.mock.calls, ...raw.mock.calls].map(([line]) => String(line).trim())
  const answer = out.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>)
  vi.restoreAllMocks()
  return { answer: answer[0], told, code }
}

const platform = (changes: Record<string, string> = {}) =>
  Object.entries({
    '--institution': 'Riverside State',
    '--issuer': 'https://lms.example',
    '--client-id': '10',
    '--deployment-id': '7:a',
    '--authorization-endpoint': 'https://lms.example/mod/lti/auth.php',
    '--token-endpoint': 'https://lms.example/mod/lti/token.php',
    '--jwks-uri': 'https://lms.example/mod/lti/certs.php',
    ...changes,
  }).flat()

describe('refusal', () => {
  it('says what is kept under a reference, however it is typed, and nothing under another', async () => {
    const at = new Date()
    const facts = { claim: 'sub' }
    await insertLaunchRefusal(open.db, {
      reference: '7KQ4-MX29',
      platform: null,
      code: 'launch.claim_refused',
      facts,
      at,
    })
    const { answer, told, code } = await run('refusal', '--reference', '7kq4 mx29')
    expect(told).toEqual([])
    expect(answer).toMatchObject({ reference: '7KQ4-MX29', code: 'launch.claim_refused', facts, issuer: null })
    expect(code).toBeUndefined()
    const other = await run('refusal', '--reference', 'AAAA-BBBB')
    expect([other.told, other.code]).toEqual([['Nothing is kept under AAAA-BBBB.'], 1])
  })
})

describe('a deployment that begins with an empty database', () => {
  it('is told where to begin', async () => {
    const { told, code } = await run('invite', '--institution', 'Riverside State')
    expect([told.length, code]).toEqual([1, 1])
    expect(told[0]).toContain('network add')
  })
  it('adds a network, an institution and an administrator', async () => {
    expect((await run('network', 'add', '--name', 'Valleys', '--time-zone', 'America/Chicago')).code).toBeUndefined()
    const unknown = await run('invite', '--institution', 'Riverside State')
    expect([unknown.told, unknown.code]).toEqual([
      [expect.stringContaining('No institution is called Riverside State in the network Valleys')],
      1,
    ])
    const campus = [
      'institution',
      'add',
      '--name',
      'Riverside State',
      '--time-zone',
      'America/Chicago',
      '--region',
      'North',
    ]
    expect((await run(...campus)).answer).toMatchObject({ network: 'Valleys', region: 'North' })
    expect((await run(...campus)).code).toBe(1)
    const granted = ['grant', '--email', 'Ada@x.example', '--role', 'network_admin']
    expect((await run(...granted)).answer).toMatchObject({ change: 'granted', email: 'ada@x.example' })
    expect((await run(...granted)).answer).toMatchObject({ change: 'unchanged' })
    expect((await run('grant', '--email', 'a@x.example', '--role', 'coordinator')).told).toEqual([
      'A coordinator needs --region.',
    ])
  })
})

describe('platform add', () => {
  it('registers once; again it says that nothing changed, or what it updated', async () => {
    const first = await run('platform', 'add', ...platform())
    expect(first.answer).toMatchObject({ change: 'registered', deployment: 'added', issuer: 'https://lms.example' })
    expect(first.answer!['tool']).toMatchObject({ launchUrl: 'http://localhost:3000/lti/launch' })
    expect((await run('platform', 'add', ...platform())).answer).toMatchObject({
      change: 'unchanged',
      deployment: 'known',
    })
    const moved = platform({ '--jwks-uri': 'https://lms.example/keys', '--deployment-id': '7:b' })
    expect((await run('platform', 'add', ...moved)).answer).toMatchObject({
      change: 'updated',
      deployment: 'added',
      platformId: first.answer!['platformId'],
    })
  })
  it('makes an institution that is missing and says so, but none for an LMS that is registered already', async () => {
    const eastholm = { '--institution': 'Eastholm', '--client-id': 'east' }
    expect((await run('platform', 'add', ...platform(eastholm))).answer).toMatchObject({ made: ['institution'] })
    expect((await run('platform', 'add', ...platform(eastholm))).answer).toMatchObject({ made: [] })
    const refused = await run('platform', 'add', ...platform({ '--institution': 'Nowhere' }))
    expect([refused.told, refused.code]).toEqual([[expect.stringContaining('No institution is called Nowhere')], 1])
  })
  it('does not give one institution’s LMS to another', async () => {
    await run('institution', 'add', '--name', 'Hillside', '--time-zone', 'UTC')
    const { told, code } = await run('platform', 'add', ...platform({ '--institution': 'Hillside' }))
    expect(code).toBe(1)
    expect(told[0]).not.toContain('Riverside')
  })
  it.each([
    ['--issuer', ['platform', 'add', '--institution', 'X']],
    ['--issuer', ['platform', 'add', ...platform({ '--issuer': 'nonsense' })]],
    ['--profile', ['platform', 'add', ...platform({ '--profile': 'blackboard' })]],
    ['--odd', ['platform', 'add', ...platform({ '--odd': 'x' })]],
  ])('names %s when it is used wrongly, with exit code 2', async (option, words) => {
    const { told, code } = await run(...words)
    expect(code).toBe(2)
    expect(told.join(' ')).toContain(option)
  })
})

describe('platform check', () => {
  it('tells each step in plain words with what to do in that LMS, and ends with 1 when one fails', async () => {
    vi.stubEnv('COPRACTICE_SECRET', 'a secret of the command line tests')
    vi.stubEnv('LTI_TOOL_URL', 'http://127.0.0.1:9')
    const elsewhere = {
      '--client-id': 'checked',
      '--jwks-uri': 'http://127.0.0.1:9/certs',
      '--token-endpoint': 'http://127.0.0.1:9/token',
    }
    const { answer: added } = await run('platform', 'add', ...platform(elsewhere))
    const { answer, code } = await run('platform', 'check', '--id', String(added!['platformId']))
    vi.stubEnv('COPRACTICE_SECRET', undefined)
    vi.stubEnv('LTI_TOOL_URL', undefined)
    expect([answer!['state'], answer!['profile'], code]).toEqual(['fail', 'moodle', 1])
    const steps = answer!['steps'] as { step: string; state: string; code: string; found: string; todo: string }[]
    expect(steps).toHaveLength(13)
    expect(steps.find(({ step }) => step === 'lms_keys')).toMatchObject({
      state: 'fail',
      code: 'check.lms_address_refused',
      found: 'The LMS names an address that we may not call. The address does not begin with https.',
      todo: expect.stringContaining('https://'),
    })
    expect(JSON.stringify(steps)).not.toMatch(/\{\{|found\.|do\.check/)
  })
  it('has beside it what becomes of launches that the standard leaves open', async () => {
    const { answer: added } = await run('platform', 'add', ...platform({ '--client-id': 'decided' }))
    const id = String(added!['platformId'])
    const set = (...choice: string[]) => run('platform', 'policy', '--id', id, ...choice)
    expect((await set()).answer).toMatchObject({ unknownDeployments: 'refuse', anonymousLaunches: 'refuse' })
    expect((await set('--unknown-deployments', 'park')).answer).toMatchObject({ unknownDeployments: 'park' })
    expect((await set()).answer).toMatchObject({ unknownDeployments: 'park', anonymousLaunches: 'refuse' })
  })
  it('names no connection that there is not', async () => {
    for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000'])
      expect(await run('platform', 'check', '--id', id)).toMatchObject({
        told: [`There is no connection ${id}.`],
        code: 1,
      })
  })
})

it('invites an LMS with an address that is told once', async () => {
  const { answer } = await run('invite', '--institution', 'Riverside State')
  expect(answer!['url']).toMatch(/^http:\/\/localhost:3000\/lti\/register\/[\w-]{43}$/)
})

it('rotates keys only with the secret that seals them', async () => {
  expect((await run('keys', 'rotate')).told).toEqual([expect.stringContaining('COPRACTICE_SECRET')])
  vi.stubEnv('COPRACTICE_SECRET', 'a secret of more than thirty-two characters')
  const { answer } = await run('keys', 'rotate')
  expect(answer!['listed']).toContain(answer!['added'])
})

it('says in one line that a database cannot be used', async () => {
  const { DATABASE_URL } = process.env
  vi.stubEnv('DATABASE_URL', 'postgres://user:word@127.0.0.1:1/none')
  const { told, code } = await run('invite', '--institution', 'X')
  vi.stubEnv('DATABASE_URL', DATABASE_URL)
  expect([told.length, code]).toEqual([1, 1])
  expect(told[0]).not.toContain('word')
})

describe('blueprint', () => {
  it('makes a programme in a network, says what it would make first, and makes nothing the second time', async () => {
    await run('network', 'add', '--name', 'Prevention', '--time-zone', 'America/Chicago')
    const apply = ['blueprint', 'apply', 'pttc', '--network', 'Prevention']
    const series = ['series-one', 'series-two', 'series-three']
    expect((await run(...apply, '--preview')).answer).toMatchObject({ would: { series } })
    expect((await run(...apply)).answer).toMatchObject({ made: { series, templates: ['inquiry-meeting'] } })
    const nothing = { limits: [], series: [], credentials: [], templates: [] }
    expect((await run(...apply)).answer).toMatchObject({ made: nothing })
  })
  it('names those there are when there is none of that name', async () => {
    const { told, code } = await run('blueprint', 'apply', '../pttc', '--network', 'Prevention')
    expect([told, code]).toEqual([[expect.stringMatching(/no blueprint is called .*campus-compact, .*pttc/i)], 1])
  })
})

it('names who has a mail domain and takes it from them, with their sign-in, and they can read of it', async () => {
  const { answer: network } = await run('network', 'add', '--name', 'Far Hills', '--time-zone', 'America/New_York')
  const campus = ['--network', 'Far Hills', '--name', 'Squatters', '--time-zone', 'America/New_York']
  const { answer: institution } = await run('institution', 'add', ...campus)
  const at = { network_id: network!['networkId'] as string, institution_id: institution!['institutionId'] as string }
  const now = new Date()
  await open.db
    .insertInto('institution_sign_in')
    .values({
      ...at,
      kind: 'oidc',
      issuer: 'https://idp.far.example',
      client_id: 'c',
      is_on: true,
      client_secret_sealed: 'x',
      saved_at: now,
    })
    .execute()
  const domains = ['taken.example', 'asked.example'].map((domain, nth) => ({
    ...at,
    domain,
    added_at: now,
    confirmed_at: nth ? null : now,
  }))
  await open.db.insertInto('institution_domain').values(domains).execute()
  const held = { domain: 'taken.example', network: 'Far Hills', institution: 'Squatters' }
  expect((await run('domain', '--name', '@Taken.Example')).answer).toMatchObject({ ...held, change: 'none' })
  expect((await run('domain', '--name', 'taken.example', '--release')).answer).toMatchObject({
    ...held,
    change: 'released',
  })
  for (const domain of ['taken.example', 'asked.example']) {
    const { told, code } = await run('domain', '--name', domain, '--release')
    expect([told, code]).toEqual([[`No institution has ${domain} confirmed.`], 1])
  }
  expect(await open.db.selectFrom('institution_sign_in').select('is_on').execute()).toEqual([{ is_on: false }])
  expect(await open.db.selectFrom('institution_domain').select('domain').execute()).toEqual([
    { domain: 'asked.example' },
  ])
  const entries = await open.db.selectFrom('audit_entry').select(['network_id', 'action', 'actor_id']).execute()
  expect(entries.filter(({ action }) => action.startsWith('sign_in'))).toEqual([
    { network_id: at.network_id, action: 'sign_in.domain_released', actor_id: null },
    { network_id: at.network_id, action: 'sign_in.switched_off', actor_id: null },
  ])
})
