import { generateKeyPair } from 'jose'
import { expect, it } from 'vitest'
import type { NetworkId, PlatformId } from '@copractice/core/kernel'
import type { ServicePlatform } from '@copractice/store/connection'
import { requestToken } from './access-tokens.ts'

const platform: ServicePlatform = {
  networkId: 'n' as NetworkId,
  platformId: 'p' as PlatformId,
  issuer: 'https://lms.example.edu',
  clientId: 'c',
  status: 'active',
  profile: 'moodle',
  authorizationEndpoint: 'https://lms.example.edu/auth',
  jwksUri: 'https://lms.example.edu/jwks',
  tokenEndpoint: 'https://lms.example.edu/token',
  tokenAudience: null,
  confirmedAddresses: [],
}
const { privateKey } = await generateKeyPair('RS256')
const clock = () => new Date('2026-11-21T10:00:00Z')
const keys = { signingKey: async () => ({ kid: 'k', key: privateKey }) }
const asked = (status: number, text: string) => {
  const send = async () => ({ status, text, header: () => null })
  return requestToken(platform, 'a', { keys, outgoing: { send }, clock } as unknown as Parameters<
    typeof requestToken
  >[2])
}

it.each([
  [400, '{"error":"invalid_scope"}', { kind: 'refused', code: 'lms.invalid_scope' }],
  [400, '{"error":"invalid_client"}', { kind: 'unauthorized', reason: expect.stringContaining('(invalid_client)') }],
  [400, 'Bad request', { kind: 'unauthorized', reason: expect.stringContaining('(400)') }],
  [401, '', { kind: 'unauthorized' }],
  [403, '<html>', { kind: 'unauthorized', reason: expect.stringContaining('(403)') }],
  [404, '<html>', { kind: 'unauthorized', reason: expect.stringContaining('(404)') }],
  [302, '', { kind: 'unauthorized', reason: expect.stringContaining('(302)') }],
  [429, '', { kind: 'busy' }],
  [503, '', { kind: 'unreachable' }],
  [200, '<html>', { kind: 'refused', code: 'lms.answer_unreadable' }],
])('an answer of %i with %s gives no token, and says nothing of a course or column', async (status, text, trouble) => {
  await expect(asked(status, text)).rejects.toMatchObject({ trouble })
})

it.each([undefined, 7, 'a\0b', 'a\ud800'])(
  'takes granted scopes that are no text (%j) for those asked for',
  async (scope) => {
    expect(await asked(200, JSON.stringify({ access_token: 't', scope }))).toMatchObject({ token: 't', scopes: 'a' })
  },
)
