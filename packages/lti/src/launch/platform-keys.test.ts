import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOutgoing } from '../net/outgoing.ts'
import { platformKeys, type PlatformKeys } from './platform-keys.ts'
import type { Refused } from './refused.ts'

let server: Server
let uri: string
let jwk: JWK
let answer: RequestListener
let asked = 0
let now = new Date()
let keys: PlatformKeys
const pass = (seconds: number) => (now = new Date(now.getTime() + seconds * 1000))
const list = (...kids: string[]): RequestListener => {
  const set = { keys: kids.map((kid) => ({ ...jwk, kid, alg: 'RS256', use: 'sig' })) }
  return (_req, res) => res.end(JSON.stringify(set))
}

beforeAll(async () => {
  jwk = await exportJWK((await generateKeyPair('RS256', { extractable: true })).publicKey)
  server = createServer((req, res) => {
    asked++
    answer(req, res)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = 0
  keys = platformKeys({ outgoing: createOutgoing({ allowLocal: true }), clock: () => now })
})

it('asks once for many launches', async () => {
  answer = list('a')
  await Promise.all(Array.from({ length: 20 }, () => keys.keyFor(uri, 'a')))
  await keys.keyFor(uri, 'a')
  expect(asked).toBe(1)
})

it('looks once more for a key it does not know, then not again for a while', async () => {
  answer = list('a')
  await keys.keyFor(uri, 'a')
  answer = list('a', 'b')
  await keys.keyFor(uri, 'b')
  expect(asked).toBe(2)
  for (const kid of ['x', 'y', 'z'])
    await expect(keys.keyFor(uri, kid)).rejects.toMatchObject({ code: 'launch.key_unknown' })
  expect(asked).toBe(3)
  pass(6)
  answer = list('c')
  await keys.keyFor(uri, 'c')
  expect(asked).toBe(4)
})

it('goes on with the keys it has while the platform’s key page is down', async () => {
  answer = list('a')
  await keys.keyFor(uri, 'a')
  pass(3600)
  answer = (_req, res) => res.writeHead(503).end()
  await keys.keyFor(uri, 'a')
  await keys.keyFor(uri, 'a')
  expect(asked).toBe(2)
  pass(25 * 3600)
  await expect(keys.keyFor(uri, 'a')).rejects.toMatchObject({ code: 'launch.keys_unreachable' })
})

it('does not use a key that is short, endless, for encryption, or of another kind, or that anybody can sign by', async () => {
  const ofBytes = (length: number) => Buffer.alloc(length, 0xfd).toString('base64url')
  const odd = [
    { ...jwk, kid: 'exponent of 1', e: 'AQ' },
    { ...jwk, kid: 'even exponent', e: 'AQAC' },
    { ...jwk, kid: 'exponent as long as the key', e: ofBytes(255) },
    { ...jwk, kid: '16,384 bits', n: ofBytes(2048) },
    { ...jwk, kid: 'enc', use: 'enc' },
    { ...jwk, kid: 'ps', alg: 'PS256' },
    { kty: 'oct', k: 'c2VjcmV0', kid: 'oct' },
    { kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'short' },
    { kty: 'RSA', kid: 'broken' },
  ]
  answer = (_req, res) => res.end(JSON.stringify({ keys: odd }))
  for (const { kid } of odd) await expect(keys.keyFor(uri, kid)).rejects.toMatchObject({ code: 'launch.key_unknown' })
})

describe('a key page that is', () => {
  it.each<[string, RequestListener]>([
    ['HTML', (_req, res) => res.end('<!doctype html><title>Sign in</title>')],
    ['JSON of another kind', (_req, res) => res.end('{"keys":{}}')],
    ['a redirect', (_req, res) => res.writeHead(302, { location: uri }).end()],
    ['an error', (_req, res) => res.writeHead(500).end('{"keys":[]}')],
    ['huge', (_req, res) => res.end(`{"keys":[],"x":"${'x'.repeat(400_000)}"}`)],
    ['cut off', (req) => req.socket.destroy()],
  ])('%s is unreachable, and left alone for a while', async (_what, broken) => {
    answer = broken
    const refused = await keys.keyFor(uri, 'a').catch((error: unknown) => error as Refused)
    expect(refused).toMatchObject({ code: 'launch.keys_unreachable', facts: { why: expect.any(String) } })
    // Whoever chose the address would read there what only we can reach.
    expect(JSON.stringify(refused)).not.toMatch(/doctype|Sign in|"keys"/)
    await expect(keys.keyFor(uri, 'a')).rejects.toMatchObject({ code: 'launch.keys_unreachable' })
    expect(asked).toBe(1)
    pass(6)
    answer = list('a')
    await keys.keyFor(uri, 'a')
  })
})
