import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureAgreement } from './measure-agreement.ts'

const works = fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 5 }), { maxLength: 8 })

/** Nothing is near nothing only. */
const distance = (a: number | null, b: number | null) =>
  a === null || b === null ? (a === b ? 0 : Infinity) : Math.abs(a - b) / Math.max(1, Math.abs(a))

describe('measureAgreement', () => {
  // Means 2 and 6: MSB 16, MSW 2. Observed difference (8 + 8) / 4 = 4, expected 160 / 12.
  it('of two works with two marks each', () => {
    const { icc1, icc1k, alpha } = measureAgreement([
      [1, 3],
      [5, 7],
    ])
    expect(icc1).toBeCloseTo(14 / 18, 12)
    expect(icc1k).toBeCloseTo(14 / 16, 12)
    expect(alpha).toBeCloseTo(0.7, 12)
  })

  // MSB 30, MSW 10 / 3, k = (6 - 14 / 6) / 2. Without the single mark: observed 32 / 5, expected 688 / 20.
  it('of works with different numbers of marks', () => {
    const { icc1, icc1k, alpha } = measureAgreement([[0, 2], [4], [6, 8, 10], []])
    expect(icc1).toBeCloseTo((30 - 10 / 3) / (30 + (5 / 6) * (10 / 3)), 12)
    expect(icc1k).toBeCloseTo(8 / 9, 12)
    expect(alpha).toBeCloseTo(1 - 6.4 / 34.4, 12)
  })

  it('of the example of Shrout and Fleiss is 0.17 for one judge and 0.44 for four', () => {
    const { icc1, icc1k } = measureAgreement([
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ])
    expect(icc1).toBeCloseTo(0.166, 3)
    expect(icc1k).toBeCloseTo(0.443, 3)
  })

  it('is below 0 where reviewers of one work differ more than works do', () => {
    const { icc1, alpha } = measureAgreement([
      [0, 100],
      [1, 99],
    ])
    expect(icc1).toBeCloseTo(-1, 2)
    expect(alpha).toBeLessThan(0)
  })

  it.each([
    ['no works', []],
    ['one work', [[1, 2, 3]]],
    ['works with one mark each', [[1], [2], [3]]],
    [
      'marks that are all the same',
      [
        [5, 5],
        [5, 5, 5],
      ],
    ],
  ])('is null for %s', (_name, given) => {
    expect(measureAgreement(given)).toEqual({ icc1: null, icc1k: null, alpha: null })
  })

  it('of means that are all the same has no ICC(1,k)', () => {
    const { icc1, icc1k } = measureAgreement([
      [1, 3],
      [0, 4],
    ])
    expect(icc1).toBeCloseTo(-1, 12)
    expect(icc1k).toBeNull()
  })

  it('is perfect where every work is marked alike', () => {
    expect(
      measureAgreement([
        [1, 1],
        [2, 2],
        [7, 7, 7],
      ]),
    ).toEqual({ icc1: 1, icc1k: 1, alpha: expect.closeTo(1, 12) })
  })

  it('does not depend on the unit or the order of the marks', () => {
    fc.assert(
      fc.property(works, fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 50 }), (given, by, times) => {
        const plain = measureAgreement(given)
        const other = measureAgreement(
          given.map((marks) => marks.map((mark) => mark * times + by).toReversed()).toReversed(),
        )
        expect(distance(other.icc1, plain.icc1)).toBeLessThan(1e-6)
        expect(distance(other.icc1k, plain.icc1k)).toBeLessThan(1e-6)
        expect(distance(other.alpha, plain.alpha)).toBeLessThan(1e-6)
      }),
    )
  })

  it('counts alpha as going through every pair does', () => {
    const sum = (numbers: readonly number[]) => numbers.reduce((total, x) => total + x, 0)
    const squared = (marks: readonly number[]) => sum(marks.flatMap((a) => marks.map((b) => (a - b) ** 2)))
    fc.assert(
      fc.property(works, (given) => {
        const units = given.filter((marks) => marks.length > 1)
        const all = units.flat()
        const observed = sum(units.map((marks) => squared(marks) / (marks.length - 1))) / all.length
        const expected = squared(all) / (all.length * (all.length - 1))
        const tells = units.length > 1 && expected > 0
        expect(distance(measureAgreement(given).alpha, tells ? 1 - observed / expected : null)).toBeLessThan(1e-8)
      }),
    )
  })
})
