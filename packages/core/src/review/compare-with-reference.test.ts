import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareWithReference } from './compare-with-reference.ts'

const work = (marks: Record<string, number>, check?: number) => ({
  marks: Object.entries(marks).map(([reviewer, points]) => ({ reviewer, points })),
  check,
})

describe('compareWithReference', () => {
  it('gives neither of two reviewers who say 90 and 10 full marks', () => {
    const [a, b] = compareWithReference([work({ a: 90, b: 10 })], 100)
    expect(a!.grade).toBeCloseTo(20, 10)
    expect(b!.grade).toBeCloseTo(20, 10)
  })

  it('tells which of the two was right once the instructor has checked', () => {
    const [a, b] = compareWithReference([work({ a: 90, b: 10 }, 85)], 100)
    expect(a!.grade).toBeCloseTo(95, 10)
    expect(b!.grade).toBeCloseTo(25, 10)
  })

  it('measures nobody by their own mark', () => {
    // References of a: 50 and 60; of b: 65 and 70.
    const [a] = compareWithReference([work({ a: 80, b: 40, c: 60 }), work({ a: 80, b: 60 })], 100)
    expect(a).toMatchObject({ reviewer: 'a', n: 2, bias: 25, grade: 75 })
    expect(a!.precision).toBeCloseTo(1 / 50, 10)
  })

  it('tells the spread of three differences', () => {
    const works = [work({ a: 50, b: 40 }), work({ a: 60, b: 40 }), work({ a: 70, b: 40 })]
    expect(compareWithReference(works, 100)[0]!.precision).toBeCloseTo(1 / 100, 10)
  })

  it('lists reviewers by name, and says nothing of the precision of one mark', () => {
    expect(compareWithReference([work({ c: 50, a: 50, b: 50 })], 100)).toMatchObject([
      { reviewer: 'a', bias: 0, precision: null },
      { reviewer: 'b' },
      { reviewer: 'c' },
    ])
  })

  it('takes the range into account', () => {
    expect(compareWithReference([work({ a: 9, b: 1 })], 10)[0]!.grade).toBeCloseTo(20, 10)
  })

  it('has no bias for someone whose works nobody else marked', () => {
    expect(compareWithReference([work({ a: 50 })], 100)).toEqual([
      { reviewer: 'a', n: 1, bias: null, precision: null, grade: 100 },
    ])
  })

  it('names no precision where it would be endless', () => {
    const works = [work({ a: 50, b: 40 }), work({ a: 60, b: 50 })]
    expect(compareWithReference(works, 100)[0]).toMatchObject({ bias: 10, precision: null })
  })

  it('gives full marks for nothing but agreement', () => {
    const points = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(points, points, points, (x, y, z) => {
        for (const { reviewer, grade } of compareWithReference([work({ x, y, z })], 100)) {
          const own = { x, y, z }[reviewer]!
          const others = (x + y + z - own) / 2
          expect(grade).toBeCloseTo(100 - Math.abs(own - others), 8)
        }
      }),
    )
  })
})
