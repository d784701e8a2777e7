import { describe, expect, it } from 'vitest'
import { intervalsOfMeans } from './interval-of-mean.ts'

describe('intervalsOfMeans', () => {
  // Sum of squares 2 + 2 with 2 degrees of freedom: MSW 2, t = 2.92.
  it('reaches t * sqrt(MSW / n) to both sides, with the variance of all works', () => {
    const [a, b, single, empty] = intervalsOfMeans([[1, 3], [9, 11], [20], []])
    expect(a!.low).toBeCloseTo(2 - 2.92, 3)
    expect(a!.high).toBeCloseTo(2 + 2.92, 3)
    expect(b!.high - b!.low).toBeCloseTo(a!.high - a!.low, 12)
    expect(single!.high).toBeCloseTo(20 + 2.92 * Math.SQRT2, 3)
    expect(empty).toBeNull()
  })

  // Points of Student's distribution from any table.
  it.each([
    [1, 6.314],
    [2, 2.92],
    [3, 2.353],
    [5, 2.015],
    [10, 1.812],
    [40, 1.684],
  ])('uses Student’s t with %i degrees of freedom: %f', (freedom, t) => {
    const works = Array.from({ length: freedom }, () => [-1, 1])
    const reach = intervalsOfMeans(works)[0]!.high
    // Each work adds a sum of squares of 2 and one degree of freedom: MSW 2, so the reach is t.
    expect(reach / t).toBeCloseTo(1, 2)
  })

  it('says nothing where no work has two marks', () => {
    expect(intervalsOfMeans([[1], [5]])).toEqual([null, null])
  })
})
