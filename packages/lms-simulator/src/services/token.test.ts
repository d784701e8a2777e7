import { randomUUID } from 'node:crypto'
import { generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Profile } from '../options.ts'
import { openCampus, type Campus } from '../testing/campus.ts'
import { askForAccess, assertion } from '../testing/fake-tool.ts'
import { SCOPE } from './scopes.ts'

const now = () => Math.floor(Date.now() / 1000)

describe.each<Profile>(['canvas', 'moodle'])('the token endpoint of %s', (profile) => {
  let campus: Campus
  beforeAll(async () => {
    campus = await openCampus(profile)
  })
  afterAll(() => campus.close())
  const ask = async (changes: Record<string, unknown> = {}, scope = SCOPE.score) =>
    askForAccess(campus.sim, await assertion(campus.sim, campus.tool, campus.ids, changes), scope)

  it('grants an hour for the scopes it knows, and fewer than asked', async () => {
    const response = await ask({}, `${SCOPE.score} https://example.org/unknown`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(profile === 'canvas' ? 'application/json' : 'text/html')
    expect(JSON.parse(await response.text())).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      scope: SCOPE.score,
    })
  })

  it.each<[string, Record<string, unknown>]>([
    ['another audience', { aud: 'https://elsewhere.example/token' }],
    ['an assertion that is over', { iat: 1_000, exp: 1_300 }],
    ['no jti', { jti: undefined }],
    ['no exp', { exp: undefined }],
    ['another sub', { sub: 'somebody' }],
    ['an unknown client', { iss: 'nobody', sub: 'nobody' }],
    ['an iat far ahead', { iat: now() + 3_600 }],
  ])('refuses %s', async (_what, changes) => {
    const response = await ask(changes)
    expect(response.status).toBe(400)
    expect(JSON.parse(await response.text())).toHaveProperty('error')
  })

  it('refuses an assertion used before', async () => {
    const jti = randomUUID()
    expect((await ask({ jti })).status).toBe(200)
    expect((await ask({ jti })).status).toBe(400)
  })

  it('refuses an assertion signed with a key that is not in the tool’s set', async () => {
    const { privateKey } = await generateKeyPair('RS256')
    const claims = {
      iss: campus.ids.clientId,
      sub: campus.ids.clientId,
      aud: campus.sim.endpoints.token,
      iat: now(),
      exp: now() + 60,
      jti: randomUUID(),
    }
    const jwt = await campus.tool.sign(claims, { key: privateKey })
    expect((await askForAccess(campus.sim, jwt, SCOPE.score)).status).toBe(400)
  })

  it('refuses scopes the tool may not have', async () => {
    expect((await ask({}, 'https://example.org/unknown')).status).toBe(400)
  })

  it('refuses services without the scope', async () => {
    const token = await campus.access([SCOPE.score])
    const claims = campus.sim.idTokenClaims()['https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice'] as {
      context_memberships_url: string
    }
    const response = await fetch(claims.context_memberships_url, { headers: { Authorization: `Bearer ${token}` } })
    expect(response.status).toBe(401)
  })
})

describe('the clock', () => {
  it('Moodle refuses an iat 20 seconds ahead, Canvas takes it', async () => {
    for (const [profile, status] of [
      ['moodle', 400],
      ['canvas', 200],
    ] as const) {
      const campus = await openCampus(profile)
      const jwt = await assertion(campus.sim, campus.tool, campus.ids, { iat: now() + 20 })
      expect((await askForAccess(campus.sim, jwt, SCOPE.score)).status).toBe(status)
      await campus.close()
    }
  })
})
