import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradeReviewer, type ReviewToGrade } from './grade-reviewer.ts'

const percent = fc.double({ min: 0, max: 100, noNaN: true })
const anyReview: fc.Arbitrary<ReviewToGrade> = fc.record({
  given: fc.option(percent),
  others: fc.array(percent, { maxLength: 4 }),
})

describe('gradeReviewer', () => {
  it('never gives full marks to two reviewers who say 90 and 10', () => {
    const high = gradeReviewer([{ given: 90, others: [10] }], 10)
    const low = gradeReviewer([{ given: 10, others: [90] }], 10)
    expect([high.points, low.points]).toEqual([2, 2])
  })

  it('gives two reviewers of one work full marks only when they agree', () => {
    fc.assert(
      fc.property(percent, percent, (one, other) => {
        fc.pre(Math.abs(one - other) > 0.01)
        expect(gradeReviewer([{ given: one, others: [other] }], 10).percent).toBeLessThan(100)
        expect(gradeReviewer([{ given: other, others: [one] }], 10).percent).toBeLessThan(100)
      }),
    )
    expect(gradeReviewer([{ given: 73, others: [73] }], 10).percent).toBe(100)
  })

  it('measures by the others’ mean alone', () => {
    expect(gradeReviewer([{ given: 70, others: [80, 90] }], 10)).toMatchObject({
      points: 8.5,
      parts: [{ othersMean: 85, share: 0.85, basis: 'agreement' }],
    })
  })

  it('counts a review that was not filed as nothing', () => {
    expect(
      gradeReviewer(
        [
          { given: 80, others: [80] },
          { given: null, others: [80] },
        ],
        10,
      ),
    ).toMatchObject({
      points: 5,
      parts: [{ basis: 'agreement' }, { basis: 'missing', share: 0 }],
    })
  })

  it('counts a review that nobody else wrote for being written, and says so', () => {
    expect(gradeReviewer([{ given: 12, others: [] }], 10)).toMatchObject({
      points: 10,
      parts: [{ basis: 'completeness', othersMean: null }],
    })
  })

  it('has no grade for someone with nothing to review', () => {
    expect(gradeReviewer([], 10)).toEqual({ parts: [], percent: null, points: null })
  })

  it('stays between 0 and the maximum, and does not rise when a mark moves away from the others', () => {
    fc.assert(
      fc.property(
        fc.array(anyReview, { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (reviews, by) => {
          const before = gradeReviewer(reviews, 10)
          expect(before.points).toBeGreaterThanOrEqual(0)
          expect(before.points).toBeLessThanOrEqual(10)
          const [first, ...rest] = reviews
          const othersMean = before.parts[0]!.othersMean
          if (first!.given === null || othersMean === null) return
          const bound = first!.given >= othersMean ? 100 : 0
          const moved = { ...first!, given: first!.given + (bound - first!.given) * by }
          expect(gradeReviewer([moved, ...rest], 10).percent).toBeLessThanOrEqual(before.percent! + 1e-9)
        },
      ),
    )
  })

  it('weighs agreement, completeness and helpfulness, and leaves out what there is none of', () => {
    const weights = { agreement: 50, completeness: 30, helpfulness: 20 }
    const share = (review: ReviewToGrade) => gradeReviewer([review], 10, weights).parts[0]!.share
    expect(share({ given: 80, others: [60], helpfulness: 3 })).toBeCloseTo(0.5 * 0.8 + 0.3 + 0.2 * 0.5)
    expect(share({ given: 80, others: [60] })).toBeCloseTo((0.5 * 0.8 + 0.3) / 0.8)
    expect(share({ given: 80, others: [], helpfulness: 1 })).toBeCloseTo(0.3 / 0.5)
    expect(share({ given: null, others: [60], helpfulness: 5 })).toBe(0)
  })

  it('compares with the instructor’s mark where there is one', () => {
    expect(gradeReviewer([{ given: 80, others: [20], check: 70 }], 10)).toMatchObject({
      points: 9,
      parts: [{ basis: 'check', othersMean: 20, check: 70 }],
    })
  })
})
