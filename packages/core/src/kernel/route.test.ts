import { expect, it } from 'vitest'
import { Day, Instant, Ordinal } from './route.ts'

it.each(['0000-01-01T00:00:00Z', '0001-12-31T23:59:59+23:59', '9999-12-31T23:59:59Z', '9999-12-31T23:59:59-23:59'])(
  'an instant at %s is outside the years that can be told with four digits',
  (text) => {
    expect(Instant.safeParse(text).success).toBe(false)
  },
)

it('an instant of any other year comes back as it was sent', () => {
  for (const text of ['0002-03-01T00:00:00.000Z', '2026-11-22T10:00:00.500Z', '9998-12-31T23:59:59.999Z'])
    expect(Instant.encode(Instant.parse(text))).toBe(text)
})

it('a day of the year 0 is none; every other of four digits is', () => {
  expect(['0000-12-31', '0001-01-01', '9999-12-31', '2026-02-29'].map((day) => Day.safeParse(day).success)).toEqual([
    false,
    true,
    true,
    false,
  ])
})

it('the number of a version is a whole one, and no larger than its column', () => {
  expect([0, 1, 1.5, 2_147_483_647, 2_147_483_648].filter((number) => Ordinal.safeParse(number).success)).toEqual([
    1, 2_147_483_647,
  ])
})
