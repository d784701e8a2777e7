import fc from 'fast-check'
import { expect, it } from 'vitest'
import { summariseFeedback, suppressSmallCells } from './summarise-feedback.ts'

const answer = (usefulness: number, kept = '') => ({ usefulness, kept, change: '' })

it('tells nothing of four answers', () => {
  const four = [1, 2, 3, 4].map((n) => answer(n, 'Secret'))
  expect(summariseFeedback(four)).toMatchObject({ answers: null, mean: null, kept: [] })
})

it('tells of five their number and words, and hides cells that tell on people with the mean that tells the cells', () => {
  const five = [answer(5, 'b'), answer(5, 'a'), answer(5), answer(4), answer(4)]
  expect(summariseFeedback(five)).toMatchObject({ answers: 5, mean: null, kept: ['a', 'b'] })
  expect(summariseFeedback(five).spread.map(({ count }) => count)).toEqual([0, 0, 0, null, null])
})

it('tells the mean where every cell is in sight', () => {
  const twelve = [
    ...Array<null>(6)
      .fill(null)
      .map(() => answer(5)),
    ...Array<null>(6)
      .fill(null)
      .map(() => answer(4)),
  ]
  expect(summariseFeedback(twelve).mean).toBe(4.5)
})

it('hides a second cell where one alone could be worked out', () => {
  expect(suppressSmallCells([0, 0, 2, 6, 9])).toEqual([0, 0, null, null, 9])
  expect(suppressSmallCells([0, 0, 0, 6, 9])).toEqual([0, 0, 0, 6, 9])
})

it('never leaves a hidden cell to be worked out from the total, nor one of 1 to 4 in sight', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { minLength: 5, maxLength: 5 }), (counts) => {
      fc.pre(counts.reduce((sum, count) => sum + count, 0) >= 5)
      const shown = suppressSmallCells(counts)
      expect(shown.every((count) => count === null || count === 0 || count >= 5)).toBe(true)
      const hidden = counts.filter((_count, at) => shown[at] === null)
      const isAll = shown.every((count) => count === null || count === 0)
      expect(hidden.length === 0 || (hidden.length >= 2 && hidden.reduce((a, b) => a + b) >= 5) || isAll).toBe(true)
    }),
  )
})
