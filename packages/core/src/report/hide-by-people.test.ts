import { expect, it } from 'vitest'
import { hideByPeople } from './hide-by-people.ts'

const of = (count: number, people: number) => ({ count, people })

it('many things of few people are hidden, with the smallest count of five people or more', () => {
  expect(hideByPeople([of(12, 1), of(30, 20), of(9, 7), of(0, 0)], of(51, 25))).toEqual({
    counts: [null, 30, null, 0],
    total: 51,
  })
})
it('two counts of the same few people do not hide each other', () => {
  expect(hideByPeople([of(12, 2), of(12, 2), of(6, 6)], of(30, 8))).toEqual({ counts: [null, null, null], total: 30 })
})
it('where few people have all of them, or no count is of five, nothing is told', () => {
  expect(hideByPeople([of(12, 2), of(0, 0)], of(12, 2))).toEqual({ counts: [null, 0], total: null })
  expect(hideByPeople([of(8, 3), of(8, 3)], of(16, 6))).toEqual({ counts: [null, null], total: null })
})
it('counts of five people or more are told', () => {
  expect(hideByPeople([of(6, 5), of(0, 0)], of(6, 5))).toEqual({ counts: [6, 0], total: 6 })
})
