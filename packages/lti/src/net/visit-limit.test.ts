import { expect, it } from 'vitest'
import { visitLimit } from './visit-limit.ts'

const start = new Date('2026-11-21T10:00:00Z').getTime()
let now = start
const counting = () => {
  now = start
  return visitLimit(() => new Date(now))
}
const isOver = ({ isOver }: { isOver: boolean }) => isOver

it('lets so many in within a minute, says how long the rest waits, and then begins anew', () => {
  const count = counting()
  expect([1, 2, 3].map(() => isOver(count('192.0.2.1', 'login', 3)))).toEqual([false, false, false])
  now += 20_500
  expect(count('192.0.2.1', 'login', 3)).toMatchObject({ isOver: true, retryAfterSeconds: 40 })
  now = start + 59_999
  expect(count('192.0.2.1', 'login', 3)).toMatchObject({ isOver: true, retryAfterSeconds: 1 })
  now = start + 60_000
  expect(isOver(count('192.0.2.1', 'login', 3))).toBe(false)
})

it('counts each kind and each address for itself', () => {
  const count = counting()
  count('192.0.2.1', 'login', 1)
  expect(isOver(count('192.0.2.1', 'launch', 1))).toBe(false)
  expect(isOver(count('192.0.2.2', 'login', 1))).toBe(false)
  expect(isOver(count('::ffff:192.0.2.1', 'login', 1))).toBe(true)
})

it.each([
  ['2001:db8:1:ff00::1', '2001:db8:1:ffff:2:3:4:5', true],
  ['2001:DB8:1::', '2001:db8:1:0::9%eth0', true],
  ['2001:db8:1:ff00::1', '2001:db8:1:fe00::1', false],
  ['::1', '::2', true],
])('takes %s and %s for one household: %s', (one, other, expected) => {
  const count = counting()
  count(one, 'login', 1)
  expect(isOver(count(other, 'login', 1))).toBe(expected)
})

it('remembers a bounded number of addresses, and forgets the one it has counted longest', () => {
  const count = counting()
  const address = (index: number) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`
  for (let index = 0; index < 20_000; index++) count(address(index), 'login', 1)
  expect([0, 19_999].map((index) => isOver(count(address(index), 'login', 1)))).toEqual([true, true])
  count(address(20_000), 'login', 1)
  expect([1, 19_999].map((index) => isOver(count(address(index), 'login', 1)))).toEqual([true, true])
  expect(isOver(count(address(0), 'login', 1))).toBe(false)
})
