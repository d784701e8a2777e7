import { expect, it } from 'vitest'
import { coarsened, NOT_FOR_RESEARCH } from './export-round.ts'

it.each([
  [null, null],
  [1, 1440],
  [1440, 1440],
  [1441, 2880],
])('%s minutes late are %s for research', (lateMinutes, told) => {
  expect(coarsened({ lateMinutes, words: 0 }).lateMinutes).toBe(told)
})

it.each([
  [0, 0],
  [24, 0],
  [25, 50],
  [974, 950],
  [975, 1000],
])('%s words are %s for research', (words, told) => {
  expect(coarsened({ lateMinutes: null, words }).words).toBe(told)
})

it('research has no dates, no words of anybody and no section', () => {
  expect(NOT_FOR_RESEARCH).toEqual({
    people: ['sections'],
    works: ['handed_in_at'],
    reviews: ['filed_at', 'comment', 'comment_words', 'reply'],
    marks: ['comment'],
  })
})
