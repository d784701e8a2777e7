import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isSearched, windowOf } from './window-rows.ts'

it.each([
  ['Ana Okonjo', '', true],
  ['Ana Okonjo', ' , ', true],
  ['Ana Okonjo', 'okon', true],
  ['Ana Okonjo', 'ravi', false],
  ['Ana Okonjo', 'ravi, ANA', true],
  ['Ana Okonjo', 'ravi, hana,', false],
])('%s is found by “%s”: %s', (name, search, found) => {
  expect(isSearched(name, search)).toBe(found)
})

it('pages hold everything once, in order, and none is larger than asked for', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 7 }), (all, atOnce) => {
      const { pages } = windowOf(all, atOnce, 1)
      const parts = Array.from({ length: pages }, (_, i) => windowOf(all, atOnce, i + 1))
      expect(parts.flatMap(({ items }) => items)).toEqual(all)
      expect(parts.every(({ items, found }) => items.length <= atOnce && found === all.length)).toBe(true)
    }),
  )
})

it('a page that is not there is the nearest', () => {
  expect(windowOf([1, 2, 3], 2, 9)).toEqual({ items: [3], page: 2, pages: 2, found: 3 })
  expect(windowOf([1, 2, 3], 2, 0)).toEqual({ items: [1, 2], page: 1, pages: 2, found: 3 })
  expect(windowOf([], 2, 1)).toEqual({ items: [], page: 1, pages: 1, found: 0 })
})
