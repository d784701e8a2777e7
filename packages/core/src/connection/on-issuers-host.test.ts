import { describe, expect, it } from 'vitest'
import { addressesElsewhere, knowSameClients, unconfirmedAddresses } from './on-issuers-host.ts'

const at = (host: string, change: object = {}) => ({
  issuer: `https://${host}`,
  authorizationEndpoint: `https://${host}/auth`,
  tokenEndpoint: `https://${host}/token`,
  tokenAudience: null,
  jwksUri: `https://${host}/jwks`,
  ...change,
})
const hosted = (issuer: string, host: string) => at(host, { issuer: `https://${issuer}` })

describe('addresses of a platform', () => {
  it('are its issuer’s on the same host and port', () => {
    expect(addressesElsewhere(at('moodle.example', { tokenAudience: 'https://moodle.example/' }))).toEqual([])
    expect(addressesElsewhere(at('127.0.0.1:8101'))).toEqual([])
  })
  it.each(['authorizationEndpoint', 'tokenEndpoint', 'tokenAudience', 'jwksUri'])('name a foreign %s', (name) => {
    for (const foreign of [
      'https://other.example/x',
      'https://moodle.example.evil.example/x',
      'https://moodle.example@evil.example/x',
      'https://moodle.example:8443/x',
      'https://sub.moodle.example/x',
      'no address',
    ])
      expect([foreign, addressesElsewhere(at('moodle.example', { [name]: foreign }))]).toEqual([foreign, [name]])
  })
  it('are hosted Canvas’s at its own hosts of the same environment', () => {
    expect(addressesElsewhere(hosted('canvas.instructure.com', 'sso.canvaslms.com'))).toEqual([])
    expect(addressesElsewhere(hosted('canvas.beta.instructure.com', 'sso.beta.canvaslms.com'))).toEqual([])
    expect(addressesElsewhere(hosted('canvas.test.instructure.com', 'school.test.instructure.com'))).toEqual([])
    expect(addressesElsewhere(hosted('canvas.instructure.com', 'school.instructure.com'))).toEqual([])
  })
  it.each([
    ['canvas.instructure.com', 'sso.beta.canvaslms.com'],
    ['canvas.beta.instructure.com', 'sso.canvaslms.com'],
    ['canvas.instructure.com', 'canvas.school.example'],
    ['school.instructure.com', 'other.instructure.com'],
    ['canvas.instructure.com.evil.example', 'sso.canvaslms.com'],
  ])('of %s are not at %s', (issuer, host) => {
    expect(addressesElsewhere(hosted(issuer, host))).toHaveLength(3)
  })
})

it.each([
  ['https://lms.example/a/token', 'https://lms.example./b/token', true],
  ['https://lms.example/token', 'https://lms.example:8443/token', false],
  ['https://sso.canvaslms.com/token', 'https://school.instructure.com/token', true],
  ['https://sso.canvaslms.com/token', 'https://sso.beta.canvaslms.com/token', false],
  ['https://lms.example/token', 'https://other.example/token', false],
])('%s and %s know the same clients: %s', (one, other, expected) => {
  expect(knowSameClients(one, other)).toBe(expected)
})

it('tells those that nobody stands for, each once, and none that are on the host or left out', () => {
  const issuer = 'https://moodle.example'
  const token = 'https://elsewhere.example/token'
  const given = { issuer, jwksUri: `${issuer}/certs`, tokenEndpoint: token, tokenAudience: token }
  expect(unconfirmedAddresses(given, [])).toEqual([token])
  expect(unconfirmedAddresses(given, ['https://elsewhere.example/'])).toEqual([token])
  expect(unconfirmedAddresses(given, [token])).toEqual([])
  expect(unconfirmedAddresses({ issuer }, [])).toEqual([])
})
