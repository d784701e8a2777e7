import { afterEach, describe, expect, it } from 'vitest'
import type { Profile } from './options.ts'
import { openCampus, type Campus } from './testing/campus.ts'

const TOOL = 'https://purl.imsglobal.org/spec/lti-tool-configuration'
let campus: Campus
afterEach(() => campus.close())

const request = (changes: Record<string, unknown> = {}) => ({
  application_type: 'web',
  grant_types: ['client_credentials', 'implicit'],
  response_types: ['id_token'],
  redirect_uris: ['http://localhost:3999/lti/launch'],
  initiate_login_uri: 'http://localhost:3999/lti/login',
  client_name: 'Registers itself',
  jwks_uri: 'http://localhost:3999/lti/jwks.json',
  token_endpoint_auth_method: 'private_key_jwt',
  scope: 'https://purl.imsglobal.org/spec/lti-ags/scope/score https://example.org/unknown',
  [TOOL]: {
    domain: 'localhost:3999',
    target_link_uri: 'http://localhost:3999/lti/launch',
    claims: ['iss', 'sub'],
    messages: [
      { type: 'LtiResourceLinkRequest', label: 'Open', placements: ['course_navigation'] },
      {
        type: 'LtiDeepLinkingRequest',
        target_link_uri: 'http://localhost:3999/lti/choose',
        label: 'Choose',
        custom_parameters: { a: 'b' },
        placements: ['link_selection'],
      },
    ],
  },
  ...changes,
})

function start() {
  const { searchParams } = new URL(campus.sim.registrationUrl('http://localhost:3999/lti/register?invite=1'))
  return {
    configuration: searchParams.get('openid_configuration') ?? '',
    token: searchParams.get('registration_token') ?? '',
  }
}
const register = (token: string, body: unknown) =>
  fetch(campus.sim.endpoints.registration, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

describe.each<Profile>(['canvas', 'moodle'])('a tool that registers itself at %s', (profile) => {
  it('finds the configuration, which names this issuer', async () => {
    campus = await openCampus(profile)
    const configuration = await (await fetch(start().configuration)).json()
    expect(configuration).toMatchObject({
      issuer: campus.sim.issuer,
      authorization_endpoint: campus.sim.endpoints.authorization,
      registration_endpoint: campus.sim.endpoints.registration,
      'https://purl.imsglobal.org/spec/lti-platform-configuration': { product_family_code: profile },
    })
  })

  it('stays off until an admin turns it on', async () => {
    campus = await openCampus(profile)
    const reply = JSON.parse(await (await register(start().token, request())).text()) as Record<string, unknown>
    const made = campus.sim.tools().find((tool) => tool.name === 'Registers itself')
    expect(made).toMatchObject({ active: false, clientId: reply.client_id })
    campus.sim.activateTool(String(reply.client_id))
    expect(campus.sim.tools().at(-1)?.active).toBe(true)
  })

  it('uses its token once', async () => {
    campus = await openCampus(profile)
    const { token } = start()
    expect((await register(token, request())).status).toBe(200)
    expect((await register(token, request())).status).toBe(401)
    expect((await register('made-up', request())).status).toBe(401)
  })

  it('is refused when something is missing', async () => {
    campus = await openCampus(profile)
    expect((await register(start().token, request({ jwks_uri: undefined }))).status).toBe(
      profile === 'canvas' ? 422 : 400,
    )
  })
})

describe('what only Moodle does', () => {
  it('answers with the deployment and the deep linking message alone', async () => {
    campus = await openCampus('moodle')
    const reply = JSON.parse(await (await register(start().token, request())).text()) as Record<
      string,
      Record<string, unknown>
    >
    expect(reply[TOOL]).toMatchObject({
      deployment_id: '2',
      messages: [{ type: 'LtiDeepLinkingRequest', target_link_uri: 'http://localhost:3999/lti/choose' }],
    })
    expect(JSON.stringify(reply[TOOL]?.messages)).not.toContain('label')
  })

  it('wants the domain with its port', async () => {
    campus = await openCampus('moodle')
    const configuration = { ...(request()[TOOL] as Record<string, unknown>), domain: 'localhost' }
    expect((await register(start().token, request({ [TOOL]: configuration }))).status).toBe(400)
  })
})

describe('what only Canvas does', () => {
  it('tells no deployment, and refuses a placement it does not know', async () => {
    campus = await openCampus('canvas')
    expect(await (await register(start().token, request())).text()).not.toContain('deployment_id')
    const configuration = {
      ...(request()[TOOL] as Record<string, unknown>),
      messages: [{ type: 'LtiResourceLinkRequest', placements: ['moon'] }],
    }
    expect((await register(start().token, request({ [TOOL]: configuration }))).status).toBe(422)
  })
})
