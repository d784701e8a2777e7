import { expect, it } from 'vitest'
import { compareTexts } from './compare-texts.ts'

const seen = (before: string, after: string) =>
  compareTexts(before, after).map(({ value, added, removed }) => (added ? '+' : removed ? '-' : '=') + value)

const words = (from: number, count: number) => Array.from({ length: count }, (_, at) => `w${from + at}`).join(' ')

it('shows single words that went and came', () => {
  expect(seen('The landlord wants fewer letters.', 'The landlord wants one letter.')).toEqual([
    '=The landlord wants ',
    '-fewer',
    '+one',
    '= ',
    '-letters',
    '+letter',
    '=.',
  ])
})

it('still shows what stayed, by lines, where the rest was written anew', () => {
  const [first, rest, anew] = ['The first line stays.\n', words(0, 2000), words(10_000, 2000)]
  expect(seen(first + rest, first + anew)).toEqual([`=${first}`, `-${rest}`, `+${anew}`])
})

it('gives two long texts that share nothing whole, before a test’s time is over', () => {
  const lines = (from: number) => words(from, 10_000).replaceAll(' ', '\n')
  expect(seen(lines(0), lines(50_000))).toHaveLength(2)
})
