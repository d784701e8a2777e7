import { expect, it } from 'vitest'
import { pageOf, readCursor, readInstantCursor } from './name-cursor.ts'

const id = '0b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11'
const after = (sortKey: string) =>
  pageOf(
    [
      { id, sortKey },
      { id, sortKey },
    ],
    1,
    (row) => row,
  ).next!

it('a cursor gives back where the page ended', () => {
  expect(readCursor(after('Ana Okonjo'))).toEqual({ id, key: 'Ana Okonjo' })
})

it.each([
  '2026-11-22 10:00:00+00',
  '2026-11-22 10:00:00.123456-03:30',
  '2024-02-29 23:59:59+14',
  '0096-02-29 00:00:00-04:56:02',
  'infinity',
])('a list by time goes on from %s', (key) => {
  expect(readInstantCursor(after(key))).toEqual({ id, key })
})

it.each([
  'Ana Okonjo',
  '2026-02-29 10:00:00+00',
  '2026-13-01 10:00:00+00',
  '2026-11-00 10:00:00+00',
  '0000-01-01 00:00:00+00',
  '120261-01-01 00:00:00+00',
  '2026-11-22 24:00:00+00',
  '2026-11-22 10:00:00+99',
  '2026-11-22',
  '',
])('a list by time begins anew after %j, which is another list’s or nobody’s', (key) => {
  expect(readInstantCursor(after(key))).toBeUndefined()
})

it('a cursor with NUL, or without an id, is none of ours', () => {
  expect(readCursor(after('a\0'))).toBeUndefined()
  expect(readCursor('none')).toBeUndefined()
})
