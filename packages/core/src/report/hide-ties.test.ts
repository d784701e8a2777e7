import { expect, it } from 'vitest'
import { hideTies } from './hide-ties.ts'

/** Campuses of so many people who all met. */
function allMet(sizes: readonly number[], hidden: readonly number[] = []) {
  const all = sizes.reduce((sum, size) => sum + size, 0)
  const campuses = sizes.map((people, at) => ({
    people,
    pairs: people * (all - people),
    isHidden: hidden.includes(at),
  }))
  return hideTies(campuses, campuses.reduce((sum, one) => sum + one.pairs, 0) / 2)
}

it('a campus of few people does not tell its many pairs, nor do the others and the total', () => {
  expect(allMet([8, 5, 2])).toEqual({ counts: [56, null, null], people: 15, pairs: null })
})
it('a campus whose people are hidden elsewhere does not tell its pairs either', () => {
  expect(allMet([9, 7, 6], [1])).toEqual({ counts: [117, null, null], people: 22, pairs: null })
})
it('where every campus may be told, so are all pairs', () => {
  expect(allMet([8, 7])).toEqual({ counts: [56, 56], people: 15, pairs: 56 })
  expect(hideTies([], 0)).toEqual({ counts: [], people: 0, pairs: 0 })
})
it('few people tell nothing', () => {
  expect(allMet([3, 1])).toEqual({ counts: [null, null], people: null, pairs: null })
})
