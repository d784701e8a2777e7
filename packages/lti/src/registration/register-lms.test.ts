import { afterAll, beforeAll, expect, it } from 'vitest'
import type { InstitutionId, NetworkId } from '@copractice/core/kernel'
import { insertInvite } from '@copractice/store/connection'
import type { OpenDatabase } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { hashSecret } from '../launch/browser-cookie.ts'
import { createOutgoing, type Outgoing } from '../net/outgoing.ts'
import { registerLms } from './register-lms.ts'

const now = new Date('2026-11-22T10:00:00Z')
let open: OpenDatabase
let networkId: NetworkId, institutionId: InstitutionId
beforeAll(async () => {
  open = await openTestDb()
  const network = open.db.insertInto('network').values({ name: 'Valley', slug: 'valley', time_zone: 'UTC' })
  const network_id = (await network.returning('id').executeTakeFirstOrThrow()).id
  const school = { name: 'Riverside State', kind: 'campus', letter: 'R', colour: 1, time_zone: 'UTC' } as const
  const institution = open.db.insertInto('institution').values({ network_id, ...school, member_since: null })
  networkId = network_id as NetworkId
  institutionId = (await institution.returning('id').executeTakeFirstOrThrow()).id as InstitutionId
})
afterAll(() => open.close())

/** Registers an LMS that answers so; what was asked of it comes back, with the connection's status. */
async function register(configuration: Readonly<Record<string, string>>, address: string) {
  const invite = `invite ${address} ${configuration['registration_endpoint']}`
  const expiresAt = new Date(now.getTime() + 1000)
  const row = { networkId, institutionId, tokenHash: hashSecret(invite), createdBy: null, createdAt: now, expiresAt }
  await insertInvite(open.db, row)
  const asked: (string | undefined)[][] = []
  const send: Outgoing['send'] = async ({ method, url, headers }) => {
    asked.push([method, url, headers?.['authorization']])
    const text = JSON.stringify(method === 'GET' ? configuration : { client_id: `client of ${url}` })
    return { status: 200, text, header: () => null }
  }
  const outgoing = { ...createOutgoing({ allowLocal: false }), send }
  const request = { invite, openidConfiguration: address, registrationToken: 'token' }
  const deps = { db: open.db, outgoing, publicUrl: 'https://space.example.org', clock: () => now }
  const refused = await registerLms(request, deps).then(
    () => null,
    (error: unknown) => (error as { code?: string }).code,
  )
  return { asked, refused }
}

const hosted = (environment: string, registersAt: string) => ({
  issuer: `https://canvas${environment}.instructure.com`,
  authorization_endpoint: `https://sso${environment}.canvaslms.com/api/lti/authorize_redirect`,
  token_endpoint: `https://sso${environment}.canvaslms.com/login/oauth2/token`,
  jwks_uri: `https://sso${environment}.canvaslms.com/api/lti/security/jwks`,
  registration_endpoint: `https://${registersAt}/api/lti/registrations`,
  authorization_server: `sso${environment}.canvaslms.com`,
})

it.each([
  ['canvas.instructure.com', '', 'riverside.instructure.com'],
  ['sso.canvaslms.com', '', 'canvas.riverside.example'],
  ['sso.beta.canvaslms.com', '.beta', 'riverside.beta.instructure.com'],
])('a school on hosted Canvas, described at %s, is registered at its own name', async (host, environment, own) => {
  const address = `https://${host}/api/lti/security/openid-configuration?registration_token=token`
  const { asked, refused } = await register(hosted(environment, own), address)
  expect(refused).toBeNull()
  expect(asked).toEqual([
    ['GET', address, 'Bearer token'],
    ['POST', `https://${own}/api/lti/registrations`, 'Bearer token'],
  ])
})

it.each([
  ['not Instructure’s', 'https://files.example/openid-configuration'],
  ['a school’s own', 'https://riverside.instructure.com/files/openid-configuration'],
  ['another page of Instructure’s', 'https://canvas.instructure.com/files/1/openid-configuration'],
  ['another environment’s', 'https://sso.beta.canvaslms.com/api/lti/security/openid-configuration'],
])('hosted Canvas described at an address that is %s registers nothing', async (_what, address) => {
  const { asked, refused } = await register(hosted('', 'riverside.instructure.com'), address)
  expect([refused, asked.length]).toEqual(['registration.issuer_mismatch', 1])
})

it('any other LMS registers tools at its issuer’s host alone', async () => {
  const own = 'https://moodle.example'
  const endpoints = { authorization_endpoint: own, token_endpoint: own, jwks_uri: own }
  const configuration = { issuer: own, ...endpoints, registration_endpoint: 'https://elsewhere.example/register' }
  expect((await register(configuration, `${own}/openid`)).refused).toBe('registration.issuer_mismatch')
})
