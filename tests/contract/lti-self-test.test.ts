import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NetworkId, PlatformId } from '@copractice/core/kernel'
import type { CheckStep } from '@copractice/core/connection'
import { startLmsSimulator, type LmsSimulator, type Profile } from '@copractice/lms-simulator'
import { createLti } from '@copractice/lti'
import { checkPlatform } from '@copractice/services/connection'
import { saveConfirmedAddresses } from '@copractice/store/connection'
import { begin, finish, launch } from './lti/launch-by-hand.ts'
import { openTool, type OpenTool } from './lti/open-tool.ts'

const person = { id: '11', name: 'A', givenName: 'A', familyName: 'B', email: 'a@x.example', role: 'learner' } as const
const link = { id: 'l', title: 'L', kind: 'assignment' } as const
const course = { id: 'c', title: 'C', label: 'C', term: 'T', people: [person], links: [link] }
const SCORE = 'https://purl.imsglobal.org/spec/lti-ags/scope/score'

describe.each<Profile>(['canvas', 'moodle'])('the self-test of a connection to %s', (profile) => {
  let tool: OpenTool
  let lms: LmsSimulator
  let platformId: PlatformId
  let ahead = 0
  beforeAll(async () => {
    // Only half of a second is lost to a Date header; the clocks of one machine are as good as equal.
    tool = await openTool(() => new Date(Date.now() + ahead))
    lms = await startLmsSimulator({ profile, name: 'Riverside State', port: 0, courses: [course] })
    platformId = (await tool.connect(lms)).platformId as PlatformId
  })
  afterAll(async () => {
    await lms.close()
    await tool.close()
  })

  const at = () => ({ networkId: tool.networkId as NetworkId, platformId })
  const check = () => checkPlatform({ db: tool.db, lti: tool.lti, clock: () => new Date(Date.now() + ahead) }, at())
  const told = (steps: readonly CheckStep[] = []) =>
    Object.fromEntries(
      steps.filter(({ state }) => state !== 'ok').map(({ step, state, code }) => [step, `${state} ${code}`]),
    )

  it('says what cannot be known before anybody has come in, and that the rest is well', async () => {
    expect(told((await check())?.steps)).toEqual({
      roster: 'skipped check.no_course_yet',
      columns: 'skipped check.no_course_yet',
      last_launch: 'skipped check.no_launch_yet',
    })
  })

  it('reads roster and columns of the course that somebody came from, and keeps its result', async () => {
    expect((await launch(tool, lms)).status).toBe(200)
    const checked = await check()
    expect(told(checked?.steps)).toEqual({})
    expect(checked?.steps.find(({ step }) => step === 'roster')?.facts).toEqual({ count: 1 })
    const kept = await tool.db.selectFrom('connection_check').selectAll().executeTakeFirstOrThrow()
    expect([kept.finished_at, (kept.steps as CheckStep[]).length]).toEqual([checked!.finishedAt, 13])
  })

  it('asks every scope by itself, and names the one that the LMS does not allow', async () => {
    const scopes = ['https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly', SCORE]
    const registered = {
      name: lms.tools()[0]!.name,
      loginUrl: `${tool.url}/lti/login`,
      launchUrl: `${tool.url}/lti/launch`,
      jwksUrl: `${tool.url}/lti/jwks.json`,
      domain: new URL(tool.url).host,
    }
    lms.registerTool({ ...registered, scopes })
    expect(told((await check())?.steps)).toMatchObject({
      scope_lineitem: 'fail check.scope_missing',
      scope_result_readonly: 'fail check.scope_missing',
      scope_roster: 'fail check.scope_missing',
    })
    lms.registerTool(registered)
  })

  it('tells clocks apart: from 30 seconds a warning, beyond what launches are forgiven a fault', async () => {
    ahead = 45_000
    expect(told((await check())?.steps)['clock']).toBe('warn check.clock_off')
    ahead = 75_000
    expect(told((await check())?.steps)['clock']).toBe('fail check.clock_too_far')
    ahead = 0
  })

  it('names keys that are no keys, an LMS that does not answer, and ours when something else answers there', async () => {
    await tool.db.updateTable('lti_platform').set({ jwks_uri: lms.url }).execute()
    expect(told((await check())?.steps)['lms_keys']).toBe('fail check.lms_keys_unusable')
    await tool.db
      .updateTable('lti_platform')
      .set({
        jwks_uri: 'http://127.0.0.1:9/jwks',
        token_endpoint: 'http://127.0.0.1:9/token',
        confirmed_addresses: ['http://127.0.0.1:9/jwks', 'http://127.0.0.1:9/token'],
      })
      .execute()
    expect(told((await check())?.steps)).toMatchObject({
      lms_keys: 'fail check.lms_keys_unreachable',
      clock: 'skipped check.clock_unknown',
      scope_score: 'fail check.token_unreachable',
    })
    await tool.db
      .updateTable('lti_platform')
      .set({ jwks_uri: lms.endpoints.jwks, token_endpoint: lms.endpoints.token, confirmed_addresses: [] })
      .execute()
    const secrets = ['a secret of the contract tests, long enough'] as const
    const log = pino({ level: 'silent' })
    const astray = createLti({ db: tool.db, publicUrl: lms.url, secrets, allowLocalPlatforms: true, log })
    const checked = await checkPlatform({ db: tool.db, lti: astray, clock: () => new Date() }, at())
    expect(told(checked?.steps)).toEqual({ our_keys: 'fail check.our_keys_other' })
    const outside = createLti({ db: tool.db, publicUrl: tool.url, secrets, allowLocalPlatforms: false, log })
    expect(
      told((await checkPlatform({ db: tool.db, lti: outside, clock: () => new Date() }, at()))?.steps),
    ).toMatchObject({
      lms_keys: 'fail check.lms_address_refused',
      our_keys: 'warn check.our_address_inner',
      scope_score: 'fail check.lms_address_refused',
    })
    // Names: those of our own network are not told from those that there are not.
    const byName = async (host: string) => {
      const [jwks_uri, token_endpoint] = [`https://${host}/jwks`, `https://${host}/token`]
      await tool.db.updateTable('lti_platform').set({ jwks_uri, token_endpoint }).execute()
      await saveConfirmedAddresses(tool.db, at(), [jwks_uri, token_endpoint])
      const { steps = [] } = (await checkPlatform({ db: tool.db, lti: outside, clock: () => new Date() }, at())) ?? {}
      return steps.filter(({ step }) => step === 'lms_keys' || step.startsWith('scope_'))
    }
    const inner = await byName('localhost')
    expect(inner[0]).toMatchObject({ code: 'check.lms_address_refused', state: 'fail' })
    expect(await byName('no-such-name.invalid')).toEqual(inner)
    await tool.db
      .updateTable('lti_platform')
      .set({ jwks_uri: lms.endpoints.jwks, token_endpoint: lms.endpoints.token, confirmed_addresses: [] })
      .execute()
  })

  it('tells of addresses outside the issuer’s host, and calls none of them unless somebody stands for them', async () => {
    const { port } = new URL(lms.url)
    const elsewhere = (address: string) => address.replace(`127.0.0.1:${port}`, `localhost:${port}`)
    const [jwks_uri, token_endpoint] = [elsewhere(lms.endpoints.jwks), elsewhere(lms.endpoints.token)]
    expect(jwks_uri).not.toBe(lms.endpoints.jwks)
    const begun = await begin(tool, lms)
    await tool.db
      .updateTable('lti_platform')
      .set({ jwks_uri, token_endpoint, token_audience: lms.endpoints.token })
      .execute()
    await saveConfirmedAddresses(tool.db, at(), [])
    const found = await check()
    expect(told(found?.steps)).toMatchObject({
      lms_keys: 'fail check.lms_address_elsewhere',
      scope_score: 'fail check.lms_address_elsewhere',
      scope_roster: 'fail check.lms_address_elsewhere',
      columns: 'fail check.lms_address_elsewhere',
    })
    expect(found?.steps.find(({ step }) => step === 'lms_keys')?.facts).toEqual({ detail: jwks_uri })
    // Nobody is sent there, and whoever was on the way is not let in by what is there.
    for (const refused of [(await begin(tool, lms)).reply, await finish(tool, lms, begun)])
      expect([refused.status, refused.code]).toEqual([403, 'launch.addresses_unconfirmed'])

    await saveConfirmedAddresses(tool.db, at(), [jwks_uri, token_endpoint])
    expect((await launch(tool, lms)).status).toBe(200)
    expect(told((await check())?.steps)).toEqual({})
    await tool.db
      .updateTable('lti_platform')
      .set({
        jwks_uri: lms.endpoints.jwks,
        token_endpoint: lms.endpoints.token,
        token_audience: null,
        confirmed_addresses: [],
      })
      .execute()
  })

  it('is one at a time, and goes on after one that was cut off', async () => {
    const both = await Promise.all([check(), check()])
    expect(both.filter(Boolean)).toHaveLength(1)
    const row = tool.db.updateTable('connection_check')
    await row.set({ finished_at: null, started_at: new Date() }).execute()
    expect(await check()).toBeUndefined()
    await row.set({ started_at: new Date(Date.now() - 61_000) }).execute()
    expect(await check()).toBeDefined()
  })

  it('tells a connection that is not confirmed, and asks for no access and its courses nothing', async () => {
    // Would fail, were it asked.
    const token_endpoint = 'http://127.0.0.1:9/token'
    await tool.db.updateTable('lti_platform').set({ status: 'parked', token_endpoint }).execute()
    expect(told((await check())?.steps)).toEqual({
      confirmed: 'warn check.connection_parked',
      scope_lineitem: 'skipped check.connection_off',
      scope_lineitem_readonly: 'skipped check.connection_off',
      scope_result_readonly: 'skipped check.connection_off',
      scope_score: 'skipped check.connection_off',
      scope_roster: 'skipped check.connection_off',
      roster: 'skipped check.connection_off',
      columns: 'skipped check.connection_off',
    })
  })
})
