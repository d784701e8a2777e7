import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InstitutionId, NetworkId, PlatformId } from '@copractice/core/kernel'
import { startLmsSimulator, type LmsSimulator, type Profile } from '@copractice/lms-simulator'
import { toolDetails } from '@copractice/lti'
import { checkPlatform, createRegistrationInvite, registerPlatform } from '@copractice/services/connection'
import { seedNetwork } from '@copractice/services/testing'
import { listOpenInvites, updatePlatformStatus } from '@copractice/store/connection'
import { begin, launch } from './lti/launch-by-hand.ts'
import { openTool, type OpenTool } from './lti/open-tool.ts'

let tool: OpenTool
let now = new Date()
beforeAll(async () => {
  tool = await openTool(() => now)
})
afterAll(() => tool.close())

const networkId = () => tool.networkId as NetworkId
const invite = async () => {
  const institutionId = tool.institutionId as InstitutionId
  return (
    await createRegistrationInvite(
      tool.db,
      { networkId: networkId(), institutionId, by: null, spaceUrl: tool.url },
      now,
    )
  ).url
}
const open = (url: string) => tool.get(url.slice(tool.url.length))
const platforms = () => tool.db.selectFrom('lti_platform').selectAll().orderBy('created_at').execute()

const person = { id: '11', name: 'A', givenName: 'A', familyName: 'B', email: 'a@x.example', role: 'learner' } as const
const link = { id: 'l', title: 'L', kind: 'navigation' } as const
const course = { id: 'c', title: 'C', label: 'C', term: 'T', people: [person], links: [link] }
const startLms = (profile: Profile, changes: Partial<Parameters<typeof startLmsSimulator>[0]> = {}) =>
  startLmsSimulator({ profile, name: 'Riverside State', port: 0, courses: [course], ...changes })

describe.each<Profile>(['canvas', 'moodle'])('%s registers itself', (profile) => {
  let lms: LmsSimulator
  let url: string
  let platformId: PlatformId
  beforeAll(async () => {
    lms = await startLms(profile)
    url = await invite()
  })
  afterAll(() => lms.close())

  it('with an invite, and is told to close the window', async () => {
    const reply = await open(lms.registrationUrl(url))
    expect([reply.code, reply.status]).toEqual([undefined, 200])
    expect(reply.text).toContain('org.imsglobal.lti.close')
    const platform = (await platforms()).at(-1)!
    expect(platform).toMatchObject({ profile, issuer: lms.issuer, status: 'parked', jwks_uri: lms.endpoints.jwks })
    expect(platform.institution_id).toBe(tool.institutionId)
    platformId = platform.id as PlatformId
    const written = await tool.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('subject', '=', `platform:${platformId}`)
      .execute()
    expect(written).toMatchObject([{ action: 'connection.registered_itself', facts: { issuer: lms.issuer } }])
  })
  it('once: the invite is used up', async () => {
    const before = lms.tools().length
    expect((await open(lms.registrationUrl(url))).code).toBe('registration.invite_unknown')
    expect(lms.tools()).toHaveLength(before)
  })
  it('and waits until an administrator of ours confirms it', async () => {
    const { clientId } = lms.tools()[0]!
    lms.activateTool(clientId)
    const login = { client_id: clientId, lti_deployment_id: undefined }
    expect((await begin(tool, lms, { login })).reply.code).toBe('launch.connection_parked')

    await tool.db.transaction().execute((trx) => updatePlatformStatus(trx, networkId(), platformId, 'active'))
    expect((await launch(tool, lms, { login })).status).toBe(200)
    const other = { 'https://purl.imsglobal.org/spec/lti/claim/deployment_id': 'another' }
    expect((await launch(tool, lms, { login, claims: other })).code).toBe('launch.deployment_unknown')
    const refused = tool.db.selectFrom('launch_refusal').select('facts').where('code', '=', 'launch.deployment_unknown')
    expect(await refused.where('platform_id', '=', platformId).execute()).toEqual([
      { facts: { deployment: 'another' } },
    ])

    await tool.db.transaction().execute((trx) => updatePlatformStatus(trx, networkId(), platformId, 'disabled'))
    expect((await begin(tool, lms, { login })).reply.code).toBe('launch.connection_disabled')
  })
})

describe('an LMS that does not register itself', () => {
  type Configuration = {
    title: string
    target_link_uri: string
    oidc_initiation_url: string
    public_jwk_url: string
    scopes: string[]
    custom_fields: Record<string, string>
    extensions: {
      domain: string
      privacy_level: string
      settings: { icon_url: string; placements: { placement: string; message_type: string; target_link_uri: string }[] }
    }[]
  }
  /** Which message each of our placements takes in Canvas (its Lti::ResourcePlacement). */
  const TAKES: Record<string, string> = {
    course_navigation: 'LtiResourceLinkRequest',
    assignment_selection: 'LtiDeepLinkingRequest',
    link_selection: 'LtiDeepLinkingRequest',
    module_index_menu_modal: 'LtiDeepLinkingRequest',
    course_assignments_menu: 'LtiDeepLinkingRequest',
  }
  const configuration = async () => JSON.parse((await tool.get('/lti/canvas-config.json')).text) as Configuration

  /** By hand: what an administrator gives to our form after theirs has told the ids. */
  const connectByHand = (lms: LmsSimulator, ids: Readonly<{ clientId: string; deploymentId: string }>) =>
    registerPlatform(
      tool.db,
      {
        networkId: networkId(),
        institutionId: tool.institutionId as InstitutionId,
        by: null,
        deploymentId: ids.deploymentId,
        details: {
          issuer: lms.issuer,
          clientId: ids.clientId,
          authorizationEndpoint: lms.endpoints.authorization,
          tokenEndpoint: lms.endpoints.token,
          jwksUri: lms.endpoints.jwks,
        },
      },
      now,
    )

  it('gets a Canvas configuration by its address, without an invite, that tells of no network or school', async () => {
    const reply = await tool.get('/lti/canvas-config.json')
    expect([reply.status, reply.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('application/json'),
    ])
    expect(reply.text).not.toMatch(/Riverside|A network|register/)
    const { extensions, scopes, ...rest } = await configuration()
    expect(rest).toMatchObject({
      title: 'Copractice',
      target_link_uri: `${tool.url}/lti/launch`,
      oidc_initiation_url: `${tool.url}/lti/login`,
      public_jwk_url: `${tool.url}/lti/jwks.json`,
      custom_fields: { context_history: '$Context.id.history' },
    })
    expect(scopes).toHaveLength(5)
    const [{ domain, privacy_level: privacy, settings }] = extensions as [Configuration['extensions'][number]]
    expect([domain, privacy]).toEqual([new URL(tool.url).host, 'public'])
    expect(Object.fromEntries(settings.placements.map((one) => [one.placement, one.message_type]))).toEqual(TAKES)
    const icon = await tool.get(new URL(settings.icon_url).pathname)
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, expect.stringContaining('image/svg+xml')])
  })

  it('launches from a Canvas that was set up by it, with every custom field it names', async () => {
    const lms = await startLms('canvas')
    const {
      oidc_initiation_url: loginUrl,
      target_link_uri: launchUrl,
      public_jwk_url: jwksUrl,
      ...given
    } = await configuration()
    const ids = lms.registerTool({
      name: given.title,
      loginUrl,
      launchUrl,
      jwksUrl,
      domain: given.extensions[0]!.domain,
      custom: given.custom_fields,
      scopes: given.scopes,
    })
    expect(await connectByHand(lms, ids)).toMatchObject({ ok: true, value: { change: 'registered' } })
    const login = { client_id: ids.clientId }
    const { status, text } = await launch(tool, lms, { login })
    const { launch: told } = JSON.parse(text) as { launch: { sections: string[]; timeZone: string; profile: string } }
    expect([status, told.profile, told.sections, told.timeZone]).toEqual([200, 'canvas', ['C'], expect.any(String)])
    const check = { db: tool.db, lti: tool.lti, clock: () => now }
    const platformId = (await platforms()).at(-1)!.id as PlatformId
    const steps = (await checkPlatform(check, { networkId: networkId(), platformId }))!.steps
    expect(steps.filter(({ state }) => state === 'fail')).toEqual([])
    await lms.close()
  })

  it('launches from a Moodle that was set up by hand with what our form shows', async () => {
    const lms = await startLms('moodle')
    const shown = toolDetails(tool.url)
    const custom = Object.fromEntries(
      shown.custom.moodle.split('\n').map((line) => line.split('=') as [string, string]),
    )
    const ids = lms.registerTool({ ...shown, name: 'Copractice', custom })
    await connectByHand(lms, ids)
    expect((await launch(tool, lms, { login: { client_id: ids.clientId } })).status).toBe(200)
    const again = await connectByHand(lms, ids)
    expect(again).toMatchObject({ ok: true, value: { change: 'unchanged' } })
    // A second client of the same LMS: from now on a login has to say which it is.
    expect((await connectByHand(lms, { ...ids, clientId: 'another' })).ok).toBe(true)
    const unsaid = { client_id: undefined, lti_deployment_id: undefined }
    expect((await begin(tool, lms, { login: unsaid })).reply.code).toBe('launch.platform_ambiguous')
    await lms.close()
  })
})

describe('a registration is refused', () => {
  let lms: LmsSimulator
  beforeAll(async () => {
    lms = await startLms('moodle')
  })
  afterAll(() => lms.close())

  it('without an invite, or after its 7 days', async () => {
    expect((await open(lms.registrationUrl(`${tool.url}/lti/register/${'x'.repeat(43)}`))).code).toBe(
      'registration.invite_unknown',
    )
    const url = await invite()
    now = new Date(now.getTime() + 8 * 86_400_000)
    expect((await open(lms.registrationUrl(url))).code).toBe('registration.invite_unknown')
    now = new Date()
  })
  it('when it is not the LMS that opens the address', async () => {
    expect((await open(await invite())).code).toBe('registration.request_incomplete')
  })
  it('when the LMS does not take its own token again, and the invite still holds', async () => {
    const url = await invite()
    expect(
      (await open(lms.registrationUrl(url).replace(/registration_token=[^&]+/, 'registration_token=spent'))).code,
    ).toBe('registration.lms_refused')
    expect((await open(lms.registrationUrl(url))).status).toBe(200)
  })
  it('and is kept for whoever may see its invite, with the LMS’s host and nothing secret', async () => {
    const url = await invite()
    const token = url.slice(url.lastIndexOf('/') + 1)
    const institution = { networkId: networkId(), institutionId: tool.institutionId as InstitutionId }
    // Invites of other tests were made at this very moment.
    now = new Date(now.getTime() + 1)
    const shown = async () => (await listOpenInvites(tool.db, institution, now))[0]!
    const kept = (reference: string) =>
      tool.db.selectFrom('launch_refusal').selectAll().where('reference', '=', reference).executeTakeFirstOrThrow()
    const repeated = `${url}?openid_configuration=a&openid_configuration=b`
    const spent = lms.registrationUrl(url).replace(/registration_token=[^&]+/, 'registration_token=spent')
    const host = new URL(lms.issuer).host
    const away = 'https://ana:hidden@127.0.0.2:1/own?key=hidden'
    const tries = [
      [url, 'registration.request_incomplete', {}],
      [repeated, 'registration.request_incomplete', {}],
      [spent, 'registration.lms_refused', { status: expect.any(Number), lms: host }],
      [`${url}?openid_configuration=${encodeURIComponent(away)}`, expect.any(String), { lms: '127.0.0.2:1' }],
    ] as const
    for (const [address, code, facts] of tries) {
      const reply = await open(address)
      expect(reply.code).toEqual(code)
      expect(reply.text).toContain('Your network’s coordinator can look')
      const { lastRefusal, ...one } = await shown()
      expect(reply.text).toContain(lastRefusal!.reference)
      const row = await kept(lastRefusal!.reference)
      expect(row).toMatchObject({ network_id: institution.networkId, invite_id: one.id, platform_id: null, facts })
      for (const secret of [token, 'hidden', 'spent']) expect(JSON.stringify(row)).not.toContain(secret)
      now = new Date(now.getTime() + 1)
    }
    const { id } = await shown()
    expect((await open(lms.registrationUrl(url))).status).toBe(200)
    expect((await listOpenInvites(tool.db, institution, now)).map((each) => each.id)).not.toContain(id)
    // Used up: from now on it is nobody's, and says so.
    const after = await open(lms.registrationUrl(url))
    expect(after.text).toContain('who operates Copractice, and nobody else')
    expect(await kept(/[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(after.text)![0])).toMatchObject({
      code: 'registration.invite_unknown',
      network_id: null,
      invite_id: null,
    })
  })
  it('when its token endpoint knows the client id it gave us as another institution’s', async () => {
    const { db } = tool
    const other = await seedNetwork(db)
    const lms = await startLms('canvas')
    // Registered under another issuer; but to the host that gives the tokens, a client is one.
    const clientId = '10000000000002'
    const theirs = db.updateTable('lti_platform').where('id', '=', other.platforms.riverside)
    await theirs.set({ client_id: clientId, token_endpoint: lms.endpoints.token }).execute()
    const url = await invite()
    const before = await platforms()
    const refused = await open(lms.registrationUrl(url))
    expect(lms.tools().map((each) => each.clientId)).toEqual([clientId])
    expect([refused.status, refused.code]).toEqual([409, 'registration.already_registered'])
    expect(refused.text).not.toContain(other.slug)
    expect(await platforms()).toEqual(before)
    // Nothing was registered, so nothing has used the invite up.
    expect((await open(lms.registrationUrl(url))).status).toBe(200)
    await lms.close()
  })
  it('when issuer and configuration are of different hosts', async () => {
    const poser = await startLms('moodle', { issuer: 'https://lms.someone-else.example' })
    expect((await open(poser.registrationUrl(await invite()))).code).toBe('registration.issuer_mismatch')
    await poser.close()
  })
  it.each(['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'authorization_server'])(
    'when its %s is of another host, and the LMS is not called',
    async (name) => {
      let calls = 0
      const server = createServer((req, res) => {
        calls++
        const own = `http://${req.headers.host}`
        const endpoints = {
          authorization_endpoint: own,
          token_endpoint: own,
          jwks_uri: own,
          registration_endpoint: own,
        }
        res.end(JSON.stringify({ issuer: own, ...endpoints, [name]: 'https://lms.someone-else.example/x' }))
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
      const reply = await open(`${await invite()}?openid_configuration=${encodeURIComponent(address)}`)
      expect([reply.code, calls]).toEqual(['registration.issuer_mismatch', 1])
      server.closeAllConnections()
      server.close()
    },
  )
  it.each([
    ['a client id', { client_id: 'a\0b' }, {}, 'registration.lms_refused'],
    ['half a character in a client id', { client_id: 'a\ud800' }, {}, 'registration.lms_refused'],
    ['an endpoint', { client_id: 'a' }, { token_endpoint: 'OWN/\0' }, 'registration.configuration_unreadable'],
    ['an issuer', { client_id: 'a' }, { issuer: 'OWN/\ud800' }, 'registration.configuration_unreadable'],
  ])('when %s holds what no database keeps', async (_what, reply, changes, code) => {
    const server = createServer((req, res) => {
      const own = `http://${req.headers.host}`
      const issued = { issuer: own, authorization_endpoint: own, token_endpoint: own, jwks_uri: own }
      const configuration = { ...issued, registration_endpoint: own, ...changes }
      res.end(JSON.stringify(req.method === 'POST' ? reply : configuration).replaceAll('OWN', own))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const refused = await open(`${await invite()}?openid_configuration=${encodeURIComponent(address)}`)
    expect([refused.status, refused.code]).toEqual([400, code])
    server.closeAllConnections()
    server.close()
  })
  it.each(['http://127.0.0.1:1/none', 'file:///etc/passwd', 'nonsense'])(
    'when the configuration is at %s',
    async (address) => {
      const reply = await open(`${await invite()}?openid_configuration=${encodeURIComponent(address)}`)
      expect(reply.code).toMatch(/^registration\.(configuration_unreadable|address_refused)$/)
    },
  )
})
