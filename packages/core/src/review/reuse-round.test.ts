import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datesAfterWeeks, weeksAhead } from './reuse-round.ts'

const WEEK = 7 * 86_400_000
const utc = {
  openFrom: null,
  submitUntil: new Date('2026-09-11T22:00:00Z'),
  reviewUntil: new Date('2026-09-18T22:00:00Z'),
  reviseUntil: null,
  timeZone: 'UTC',
}

describe('weeksAhead', () => {
  it('leaves dates alone that are far enough ahead', () => {
    expect(weeksAhead(utc, new Date(+utc.submitUntil - 2 * WEEK))).toBe(0)
  })

  it('is the fewest weeks that put the work 14 days ahead', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10 * WEEK, max: 100 * WEEK }), (after) => {
        const now = new Date(+utc.submitUntil + after)
        const weeks = weeksAhead(utc, now)
        const due = +datesAfterWeeks(utc, weeks).submitUntil
        expect(due).toBeGreaterThanOrEqual(+now + 2 * WEEK)
        expect(weeks === 0 || due < +now + 3 * WEEK).toBe(true)
      }),
    )
  })
})

describe('datesAfterWeeks', () => {
  it('keeps the time of day across a change of the clocks', () => {
    const there = {
      ...utc,
      timeZone: 'America/Chicago',
      // 11:59 pm on Friday 30 October, before the clocks go back on 1 November 2026.
      submitUntil: new Date('2026-10-31T04:59:00Z'),
      reviewUntil: new Date('2026-11-07T05:59:00Z'),
      reviseUntil: new Date('2026-11-14T05:59:00Z'),
    }
    expect(datesAfterWeeks(there, 2)).toEqual({
      openFrom: null,
      submitUntil: new Date('2026-11-14T05:59:00Z'),
      reviewUntil: new Date('2026-11-21T05:59:00Z'),
      reviseUntil: new Date('2026-11-28T05:59:00Z'),
    })
  })

  it('keeps order, weekday and distance in a zone without such changes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 260 }), (weeks) => {
        const { submitUntil, reviewUntil } = datesAfterWeeks(utc, weeks)
        expect(submitUntil.getUTCDay()).toBe(5)
        expect(+reviewUntil - +submitUntil).toBe(WEEK)
        expect(+submitUntil - +utc.submitUntil).toBe(weeks * WEEK)
      }),
    )
  })
})
