import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregateMarks, markReview, mean, roundPoints } from './aggregate-marks.ts'
import type { Mark, Rubric } from './rubric.ts'

const level = (points: number) => ({ points, label: `${points}`, descriptor: '' })
const rubric: Rubric = {
  criteria: [
    { id: 'voice', title: 'Voice', description: '', levels: [1, 2, 3, 4].map(level), commentRequired: false },
    { id: 'steps', title: 'Steps', description: '', levels: [0, 6].map(level), commentRequired: false },
  ],
}
const marks = (voice: number, steps: number): Mark[] => [
  { criterionId: 'voice', points: voice, comment: '' },
  { criterionId: 'steps', points: steps, comment: '' },
]
const anyMarks = fc.tuple(fc.constantFrom(1, 2, 3, 4), fc.constantFrom(0, 6)).map(([v, s]) => marks(v, s))

describe('aggregateMarks', () => {
  it('takes the points over the highest points as a percentage', () => {
    expect(markReview(rubric, marks(3, 6))).toEqual({
      percent: 90,
      points: 9,
      of: 10,
      criteria: [
        { criterionId: 'voice', points: 3, of: 4, weight: 1 },
        { criterionId: 'steps', points: 6, of: 6, weight: 1 },
      ],
    })
  })

  it('counts a criterion by its weight, and one of weight 0 not at all', () => {
    const weighted = (voice: number, steps: number): Rubric => ({
      criteria: [
        { ...rubric.criteria[0]!, weight: voice },
        { ...rubric.criteria[1]!, weight: steps },
      ],
    })
    // 3 * 3 + 0.5 * 6 of 3 * 4 + 0.5 * 6.
    expect(markReview(weighted(3, 0.5), marks(3, 6))).toMatchObject({ percent: 80, points: 12, of: 15 })
    expect(markReview(weighted(0, 1), marks(1, 6)).percent).toBe(100)
    expect(markReview(weighted(1, 1), marks(2, 0))).toEqual(markReview(rubric, marks(2, 0)))
  })

  it('gives the same percentage whatever all weights are multiplied by, from 0 to 100', () => {
    const weight = fc.integer({ min: 1, max: 20 })
    fc.assert(
      fc.property(anyMarks, weight, weight, fc.integer({ min: 2, max: 5 }), (review, a, b, times) => {
        const by = (factor: number): Rubric => ({
          criteria: [
            { ...rubric.criteria[0]!, weight: a * factor },
            { ...rubric.criteria[1]!, weight: b * factor },
          ],
        })
        const { percent } = markReview(by(1), review)
        expect(markReview(by(times), review).percent).toBeCloseTo(percent, 9)
        expect(percent).toBeGreaterThanOrEqual(0)
        expect(percent).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('takes the mean over the reviews and rounds once, at the end', () => {
    // 100, 90 and 90 percent: 93.333... of 20 points.
    const result = aggregateMarks(rubric, [marks(4, 6), marks(3, 6), marks(3, 6)], 20)
    expect(result.points).toBe(18.67)
    expect(result.percent).toBeCloseTo(93.3333, 3)
    expect(result.spread).toBe(10)
  })

  it('gives nothing where nobody reviewed, and no spread for one review', () => {
    expect(aggregateMarks(rubric, [], 20)).toEqual({ marks: [], percent: null, points: null, spread: null })
    expect(aggregateMarks(rubric, [marks(4, 6)], 20)).toMatchObject({ points: 20, spread: null })
  })

  it('lies between the lowest and the highest review, whatever the order of the reviews', () => {
    fc.assert(
      fc.property(fc.array(anyMarks, { minLength: 1, maxLength: 8 }), (reviews) => {
        const result = aggregateMarks(rubric, reviews, 100)
        const percents = result.marks.map(({ percent }) => percent)
        expect(result.points).toBeGreaterThanOrEqual(roundPoints(Math.min(...percents)))
        expect(result.points).toBeLessThanOrEqual(roundPoints(Math.max(...percents)))
        const back = aggregateMarks(rubric, reviews.toReversed(), 100)
        expect([back.percent, back.points, back.spread]).toEqual([result.percent, result.points, result.spread])
      }),
    )
  })

  it('never falls when one review rises', () => {
    fc.assert(
      fc.property(fc.array(anyMarks, { minLength: 1, maxLength: 5 }), (reviews) => {
        const better = [marks(4, 6), ...reviews.slice(1)]
        const [before, after] = [aggregateMarks(rubric, reviews, 20), aggregateMarks(rubric, better, 20)]
        expect(after.points).toBeGreaterThanOrEqual(before.points!)
      }),
    )
  })
})

describe('roundPoints', () => {
  it.each([
    [1.005, 1.01],
    [2.675, 2.68],
    [18.666666, 18.67],
    [0, 0],
    [20, 20],
  ])('rounds %d to %d', (points, rounded) => expect(roundPoints(points)).toBe(rounded))
})

it('a mean does not depend on the order, to the last digit', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1 }), (numbers) => {
      expect(mean(numbers.toReversed())).toBe(mean(numbers))
    }),
  )
})
