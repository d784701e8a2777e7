import { expect, it } from 'vitest'
import { startingLetter } from './starting-letter.ts'

const monday = new Date('2026-11-16T00:00:00Z')
const later = (ms: number) => new Date(monday.getTime() + ms)
const WEEK = 7 * 86_400_000

it('stays the same from Monday to Sunday and is another one the week after', () => {
  expect(startingLetter(later(WEEK - 1))).toBe(startingLetter(monday))
  expect(startingLetter(later(WEEK))).not.toBe(startingLetter(monday))
})

it('gives every letter of the alphabet its week within 26 weeks', () => {
  const letters = Array.from({ length: 26 }, (_, week) => startingLetter(later(week * WEEK)))
  expect(letters.toSorted().join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
})
