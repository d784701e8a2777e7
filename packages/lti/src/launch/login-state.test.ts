import { expect, it } from 'vitest'
import type { PlatformId } from '@copractice/core/kernel'
import { newSecret } from './browser-cookie.ts'
import { loginStates } from './login-state.ts'

const now = new Date('2026-11-21T10:00:00Z')
const inTenMinutes = new Date('2026-11-21T10:10:00Z')
const SECRET = 'a secret of these tests, long enough'
const states = loginStates([SECRET])
const secret = newSecret()
const login = {
  platformId: '0190b7a2-6d53-7c11-8a52-000000000001' as PlatformId,
  secret,
  targetLinkUri: 'https://tool.example/lti/launch?round=1',
  deploymentId: '7:a',
  storageTarget: 'post_message_forwarding',
  expiresAt: inTenMinutes,
}

it('tells its launch what the login was', () => {
  const { state, nonce } = states.issue(login)
  const begun = states.read(state, now)!
  const { platformId, expiresAt, storageTarget } = login
  expect(begun).toMatchObject({ platformId, expiresAt, storageTarget, nonce })
  expect([begun.isOfBrowser(secret), begun.isOfBrowser(newSecret())]).toEqual([true, false])
  expect([begun.isTarget(login.targetLinkUri), begun.isTarget('https://tool.example/lti/launch')]).toEqual([
    true,
    false,
  ])
  expect([begun.isDeployment('7:a'), begun.isDeployment('7:A')]).toEqual([true, false])
})

it('leaves the deployment open and has no storage where the login named none', () => {
  const { state } = states.issue({ ...login, deploymentId: null, storageTarget: null })
  const begun = states.read(state, now)!
  expect([begun.isDeployment('7:a'), begun.isDeployment('x'), begun.storageTarget]).toEqual([true, true, null])
})

it('ends after its time', () => {
  const { state } = states.issue(login)
  expect(states.read(state, new Date(inTenMinutes.getTime() - 1))).toBeDefined()
  expect(states.read(state, inTenMinutes)).toBeUndefined()
})

it('is none of ours when any character of it was changed, left out or added', () => {
  const { state } = states.issue(login)
  for (let at = 0; at < state.length; at++) {
    const other = state[at] === 'A' ? 'B' : 'A'
    expect([at, states.read(state.slice(0, at) + other + state.slice(at + 1), now)]).toEqual([at, undefined])
    expect([at, states.read(state.slice(0, at), now)]).toEqual([at, undefined])
  }
  for (const odd of [
    '',
    'x',
    `${state}A`,
    `${state}=`,
    ` ${state}`,
    state.repeat(20),
    'é'.repeat(130),
    state.toLowerCase(),
  ])
    expect(states.read(odd, now)).toBeUndefined()
})

it('is of whoever holds the secret, also one of before', () => {
  const { state } = states.issue(login)
  const other = 'another secret of these tests, as long'
  expect(loginStates([other]).read(state, now)).toBeUndefined()
  expect(loginStates([other, SECRET]).read(state, now)).toBeDefined()
})

it('and its nonce never come twice, and two of one browser show nothing in common but connection and hour', () => {
  const issued = Array.from({ length: 100 }, () => states.issue(login))
  expect(new Set(issued.map(({ state }) => state)).size).toBe(100)
  expect(new Set(issued.map(({ nonce }) => nonce)).size).toBe(100)
  const [one, two] = issued.map(({ state }) => Buffer.from(state, 'base64url'))
  const alike = [...one!.keys()].filter((at) => one![at] === two![at] && (at < 16 || at >= 36) && at < 76)
  expect(alike.length).toBeLessThan(6)
})
