import { expect, it } from 'vitest'
import type { PersonId } from '../kernel/ids.ts'
import { findSilent } from './find-silent.ts'

const day = (n: number) => new Date(Date.UTC(2026, 2, 1 + n, 12))
const review = (who: string, given: number | null, saved: number | null = null, filed: number | null = null) => ({
  reviewerId: who as PersonId,
  assignedAt: given === null ? null : day(given),
  savedAt: saved === null ? null : day(saved),
  filedAt: filed === null ? null : day(filed),
})

it('finds who has done nothing for four whole days, the longest silent first', () => {
  const reviews = [review('ana', 1), review('ben', 0), review('ben', 0, 0), review('cy', 2)]
  expect(findSilent(reviews, day(5))).toEqual([
    { reviewerId: 'ben', days: 5, open: 2 },
    { reviewerId: 'ana', days: 4, open: 1 },
  ])
  expect(findSilent(reviews, new Date(+day(5) - 1)).map(({ reviewerId }) => reviewerId)).toEqual(['ben'])
})

it('counts a word about any review, and asks nothing of who has sent all', () => {
  expect(findSilent([review('ana', 0), review('ana', 0, 3)], day(5))).toEqual([])
  expect(findSilent([review('ana', 0, 1, 1)], day(9))).toEqual([])
  expect(findSilent([review('ana', 0), review('ana', 0, 1, 1)], day(9))).toEqual([
    { reviewerId: 'ana', days: 8, open: 1 },
  ])
})

it('says nothing of reviews dealt at a time nobody wrote down', () => {
  expect(findSilent([review('ana', null)], day(9))).toEqual([])
})

it('orders people of equal silence by a fixed order', () => {
  expect(findSilent([review('b', 0), review('a', 0)], day(9)).map(({ reviewerId }) => reviewerId)).toEqual(['a', 'b'])
})
