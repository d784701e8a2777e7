import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseTimestamp } from './choose-timestamp.ts'
import { ATTEMPTS_AT_MOST, planRetry } from './plan-retry.ts'
import { whyWaits, type LearnerInRound } from './why-waits.ts'

const now = new Date('2026-03-09T12:00:00.750Z')

describe('whyWaits', () => {
  const ready: LearnerInRound = {
    settled: true,
    takesPart: true,
    courseHasGradebook: true,
    handedIn: true,
    received: 3,
    assigned: 3,
    setAside: false,
    overridden: false,
  }
  it.each([
    ['work', {}, null],
    ['reviewing', {}, null],
    ['work', { settled: false }, 'round_open'],
    ['work', { handedIn: false, received: 0 }, 'no_work'],
    ['reviewing', { handedIn: false }, null],
    ['work', { received: 0 }, 'no_reviews'],
    ['reviewing', { assigned: 0 }, 'nothing_to_review'],
    ['reviewing', { assigned: 0, setAside: true }, 'review_set_aside'],
    ['reviewing', { setAside: true }, null],
    ['work', { takesPart: false, settled: false }, 'left_cohort'],
    ['work', { handedIn: false, received: 0, overridden: true }, null],
    ['work', { settled: false, overridden: true }, 'round_open'],
    ['reviewing', { courseHasGradebook: false, takesPart: false }, 'no_gradebook'],
  ] as const)('%s with %o: %s', (column, change, why) => {
    expect(whyWaits(column, { ...ready, ...change })).toBe(why)
  })
})

describe('planRetry', () => {
  it('waits about 20 s, 1 min, 3 min, 9 min, 27 min, then an hour', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((attempts) => {
      const next = planRetry({ attempts, retryAfterSeconds: null }, now, () => 0.5)
      return (next!.getTime() - now.getTime()) / 1000
    })
    expect(waits).toEqual([20, 60, 180, 540, 1620, 3600, 3600])
  })

  it('waits a few seconds for what failed alone, and long only after the fourth time', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((attempts) => {
      const next = planRetry({ attempts, retryAfterSeconds: null, failedAlone: true }, now, () => 0.5)
      return (next!.getTime() - now.getTime()) / 1000
    })
    expect(waits).toEqual([1, 2, 4, 8, 60, 600, 3600])
  })

  it('gives up after the last try', () => {
    expect(planRetry({ attempts: ATTEMPTS_AT_MOST, retryAfterSeconds: 5 }, now, () => 0)).toBeNull()
  })

  it('never comes back before the LMS asked for, and spreads what failed together', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.nat(3600),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, retryAfterSeconds, dice) => {
          const next = planRetry({ attempts, retryAfterSeconds }, now, () => dice)!
          expect(next.getTime() - now.getTime()).toBeGreaterThanOrEqual(retryAfterSeconds * 1000)
        },
      ),
    )
    const at = (dice: number) => planRetry({ attempts: 1, retryAfterSeconds: null }, now, () => dice)
    expect(at(0)).not.toEqual(at(0.9))
  })
})

describe('chooseTimestamp', () => {
  const second = new Date('2026-03-09T12:00:00Z')
  it('is the present whole second, never ahead of now', () => {
    expect(chooseTimestamp({ own: null, lastOfCell: null }, now)).toEqual({ kind: 'send', timestamp: second })
  })

  it('waits for the next second after the cell’s last score', () => {
    expect(chooseTimestamp({ own: null, lastOfCell: second }, now)).toEqual({
      kind: 'wait',
      until: new Date('2026-03-09T12:00:01Z'),
    })
  })

  it('stays what it was when a score is sent again', () => {
    const own = new Date('2026-03-09T11:00:00Z')
    expect(chooseTimestamp({ own, lastOfCell: own }, now)).toEqual({ kind: 'send', timestamp: own })
  })
})
