import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lateDeduction, LatePolicy, minutesLate } from './late-policy.ts'

const DAY = 24 * 60
const closed = LatePolicy.parse({ kind: 'closed' })
const deducted = LatePolicy.parse({ kind: 'deducted', percentPerDay: 10, percentAtMost: 25, graceMinutes: 15 })
const until = new Date('2026-03-02T12:00:00Z')
const after = (minutes: number) => new Date(+until + minutes * 60_000)

describe('lateDeduction', () => {
  it.each([
    [null, 0],
    [15, 0],
    [16, 10],
    [DAY, 10],
    [DAY + 1, 20],
    [2 * DAY + 1, 25],
    [40 * DAY, 25],
  ])('takes for %s minutes %d percent: each day begun, up to the most', (minutes, percent) => {
    expect(lateDeduction(deducted, minutes)).toBe(percent)
  })

  it('takes nothing where late work is only marked', () => {
    expect(lateDeduction({ kind: 'accepted', graceMinutes: 0 }, 10 * DAY)).toBe(0)
    expect(lateDeduction(closed, 5)).toBe(0)
  })

  it('never falls as work comes later, and never takes more than the most', () => {
    const minutes = fc.integer({ min: 0, max: 60 * DAY })
    fc.assert(
      fc.property(minutes, minutes, (a, b) => {
        const [sooner, later] = [Math.min(a, b), Math.max(a, b)]
        expect(lateDeduction(deducted, sooner)).toBeLessThanOrEqual(lateDeduction(deducted, later))
        expect(lateDeduction(deducted, later)).toBeLessThanOrEqual(25)
      }),
    )
  })
})

it('counts minutes begun after the last moment, and none within the grace', () => {
  expect(minutesLate(closed, until, until)).toBeNull()
  expect(minutesLate(closed, until, new Date(+until + 1))).toBe(1)
  expect(minutesLate(deducted, until, after(15))).toBeNull()
  expect(minutesLate(deducted, until, after(15.5))).toBe(16)
  expect(minutesLate(deducted, until, after(-60))).toBeNull()
})
