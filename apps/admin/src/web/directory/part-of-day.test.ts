import { expect, it } from 'vitest'
import { partOfDay } from './part-of-day.ts'

it('whoever is up early is wished a good morning, and a good evening only until 4', () => {
  expect([3, 4, 5, 11, 12, 17, 18, 23, 0].map(partOfDay)).toEqual([
    'evening',
    'morning',
    'morning',
    'morning',
    'afternoon',
    'afternoon',
    'evening',
    'evening',
    'evening',
  ])
})
