import { expect, it } from 'vitest'
import { mayRotateKeys } from './may-rotate-keys.ts'
import { nextStep, type ConnectionProgress } from './next-step.ts'

const noon = new Date('2026-11-22T12:00:00Z')
const before = new Date('2026-11-22T11:00:00Z')
const done: ConnectionProgress = {
  status: 'active',
  profile: 'canvas',
  deployments: [{ status: 'active' }],
  lastLaunchAt: noon,
  lastErrorAt: before,
  lastErrorCode: 'launch.state_unknown',
  courseLinks: 2,
  unconfirmedAddresses: [],
  check: 'ok',
}

it.each<[string, Partial<ConnectionProgress>]>([
  ['nothing', {}],
  ['nothing', { check: null }],
  ['bind', { courseLinks: 0 }],
  ['launch', { lastLaunchAt: null, lastErrorAt: null }],
  ['check', { lastLaunchAt: null, lastErrorAt: null, check: null }],
  ['mend', { check: 'fail' }],
  ['look_at_refusal', { lastLaunchAt: before, lastErrorAt: noon, check: 'fail' }],
  ['add_deployment', { lastLaunchAt: null, lastErrorCode: 'launch.deployment_unknown' }],
  ['confirm_deployment', { deployments: [{ status: 'active' }, { status: 'parked' }] }],
  ['confirm_addresses', { unconfirmedAddresses: ['https://x.example'], check: 'fail' }],
  ['switch_on', { status: 'disabled' }],
  ['confirm', { status: 'parked', lastErrorAt: noon, lastLaunchAt: null }],
])('says %s', (next, change) => {
  expect(nextStep({ ...done, ...change })).toBe(next)
})

it('lets keys be rotated an hour after the newest began, and says from when', () => {
  expect(mayRotateKeys(null, noon).ok).toBe(true)
  expect(mayRotateKeys(before, noon).ok).toBe(true)
  const minute = new Date(before.getTime() + 60_000)
  expect(mayRotateKeys(minute, noon)).toMatchObject({
    refusal: { code: 'keys.rotated_recently', facts: { from: '2026-11-22T12:01:00.000Z' } },
  })
})
