import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueReminders, isQuietHour, REMINDERS, type Reminder, type StandsAt } from './due-reminders.ts'

const HOUR = 3_600_000
const workUntil = new Date('2027-02-01T17:00:00Z')
const reviewsUntil = new Date('2027-02-15T17:00:00Z')
const submitting: StandsAt = {
  phase: 'submit',
  workUntil,
  reviewsUntil,
  hasHandedIn: false,
  assigned: 0,
  filed: 0,
  touched: 0,
  assignedAt: null,
  readable: 0,
}
const reviewing: StandsAt = { ...submitting, phase: 'review', hasHandedIn: true, assigned: 3, assignedAt: workUntil }
const before = (until: Date, hours: number) => new Date(until.getTime() - hours * HOUR)
const due = (at: StandsAt, now: Date, said: Reminder[] = []) => dueReminders(at, new Set(said), now)

describe('work', () => {
  it.each([
    [48.01, []],
    [48, ['work_due']],
    [0.01, ['work_due']],
    [0, []],
    [-1, []],
  ])('%d hours before it is due', (hours, expected) => {
    expect(due(submitting, before(workUntil, hours))).toEqual(expected)
  })
  it('says nothing to who has handed in, nor a second time', () => {
    expect(due({ ...submitting, hasHandedIn: true }, before(workUntil, 5))).toEqual([])
    expect(due(submitting, before(workUntil, 5), ['work_due'])).toEqual([])
  })
})

describe('reviews', () => {
  it('reminds in the last 48 hours while one is missing', () => {
    expect(due({ ...reviewing, filed: 2, touched: 3 }, before(reviewsUntil, 48))).toEqual(['reviews_due'])
    expect(due({ ...reviewing, filed: 3, touched: 3 }, before(reviewsUntil, 48))).toEqual([])
    expect(due({ ...reviewing, filed: 2, touched: 3 }, before(reviewsUntil, 49))).toEqual([])
  })
  it('breaks the silence of who has begun none when half of the time is gone, before the last reminder', () => {
    const half = new Date((workUntil.getTime() + reviewsUntil.getTime()) / 2)
    expect(due(reviewing, half)).toEqual([])
    expect(due(reviewing, new Date(half.getTime() + 1))).toEqual(['reviews_untouched'])
    expect(due({ ...reviewing, touched: 1 }, new Date(half.getTime() + 1))).toEqual([])
    expect(due(reviewing, before(reviewsUntil, 10))).toEqual(['reviews_due'])
  })
  it('tells of reviews to read, in any phase', () => {
    expect(due({ ...reviewing, phase: 'closed', readable: 2 }, reviewsUntil)).toEqual(['reviews_received'])
  })
})

it('never says anything twice, whatever the time', () => {
  const at = fc.record({
    phase: fc.constantFrom('draft' as const, 'submit' as const, 'review' as const, 'closed' as const),
    hasHandedIn: fc.boolean(),
    assigned: fc.integer({ min: 0, max: 4 }),
    filed: fc.integer({ min: 0, max: 4 }),
    touched: fc.integer({ min: 0, max: 4 }),
    readable: fc.integer({ min: 0, max: 4 }),
  })
  fc.assert(
    fc.property(at, fc.subarray([...REMINDERS]), fc.integer({ min: -400, max: 400 }), (stands, said, hours) => {
      const now = before(workUntil, hours)
      const told = due({ ...reviewing, ...stands }, now, said)
      expect(told.filter((reminder) => said.includes(reminder))).toEqual([])
      expect(new Set(told).size).toBe(told.length)
    }),
  )
})

it.each([
  ['2027-02-01T12:59:00Z', true],
  ['2027-02-01T13:00:00Z', false],
  ['2027-02-02T00:59:00Z', false],
  ['2027-02-02T01:00:00Z', true],
])('at %s it is quiet in New York: %s', (now, expected) => {
  expect(isQuietHour(new Date(now), 'America/New_York')).toBe(expected)
})
