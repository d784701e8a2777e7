import { expect, it } from 'vitest'
import { callerOf } from './caller-of.ts'

it('counts a household of IPv6 addresses as one, and each IPv4 address by itself', () => {
  const one = callerOf({ ip: '2001:db8:1:aa00::1' })
  expect(callerOf({ ip: '2001:db8:1:aaff:ffff::2' })).toBe(one)
  expect(callerOf({ ip: '2001:db8:1:ab00::1' })).not.toBe(one)
  expect(callerOf({ ip: '::ffff:192.0.2.1' })).toBe('192.0.2.1')
  expect(callerOf({ ip: '192.0.2.2' })).toBe('192.0.2.2')
  expect(callerOf({ ip: undefined })).toBe('unknown')
})
