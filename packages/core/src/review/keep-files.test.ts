import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neutralFileName } from './accept-file.ts'
import { addFile, FILES_BYTES_AT_MOST, FilesAtMost, orderFiles } from './keep-files.ts'

const MB = 1024 * 1024
const of = (...sizes: number[]) => sizes.map((bytes) => ({ bytes }))

describe('one more file', () => {
  it('is taken while there are fewer than the round allows, and refused at as many', () => {
    expect(addFile(of(1, 1), { bytes: 1 }, { filesAtMost: 3 })).toEqual({ ok: true, value: true })
    expect(addFile(of(1, 1, 1), { bytes: 1 }, { filesAtMost: 3 })).toEqual({
      ok: false,
      refusal: { code: 'upload.too_many', facts: { filesAtMost: 3 } },
    })
  })

  it('fills the 60 MB of all together to the byte, and not one byte more', () => {
    expect(FILES_BYTES_AT_MOST).toBe(60 * MB)
    const before = of(20 * MB, 20 * MB, 15 * MB)
    expect(addFile(before, { bytes: 5 * MB }, { filesAtMost: 9 }).ok).toBe(true)
    expect(addFile(before, { bytes: 5 * MB + 1 }, { filesAtMost: 9 })).toEqual({
      ok: false,
      refusal: { code: 'upload.too_large_together', facts: { bytesAtMost: 60 * MB, bytesLeft: 5 * MB } },
    })
  })

  it('of a size not known yet is refused only when nothing more fits', () => {
    expect(addFile(of(20 * MB, 20 * MB, 20 * MB - 1), { bytes: null }, { filesAtMost: 9 }).ok).toBe(true)
    expect(addFile(of(20 * MB, 20 * MB, 20 * MB), { bytes: null }, { filesAtMost: 9 })).toMatchObject({
      refusal: { code: 'upload.too_large_together', facts: { bytesLeft: 0 } },
    })
    expect(addFile(of(20 * MB, 20 * MB, 21 * MB), { bytes: null }, { filesAtMost: 9 })).toMatchObject({
      refusal: { facts: { bytesLeft: 0 } },
    })
  })

  it('is never said to have more room than one file may have', () => {
    expect(addFile(of(10 * MB), { bytes: 51 * MB }, { filesAtMost: 9 })).toMatchObject({
      refusal: { facts: { bytesLeft: 20 * MB } },
    })
  })

  it('is allowed by a round 1 to 20 times', () => {
    expect([0, 1, 20, 21, 1.5].map((number) => FilesAtMost.safeParse(number).success)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
  })
})

describe('an order of files', () => {
  it('is any order of all of them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 8 }), fc.integer(), (ids, seed) => {
        const wanted = ids.toSorted((a, b) => ((a.length * 7 + seed) % 5) - ((b.length * 7 + seed) % 5))
        expect(orderFiles(ids, wanted)).toEqual({ ok: true, value: wanted })
      }),
    )
  })

  it.each([
    ['one is missing', ['a', 'b']],
    ['one is there twice', ['a', 'b', 'b']],
    ['one is of somebody else', ['a', 'b', 'x']],
    ['there is one too many', ['a', 'b', 'c', 'c']],
  ])('is refused when %s', (_why, wanted) => {
    expect(orderFiles(['a', 'b', 'c'], wanted)).toEqual({
      ok: false,
      refusal: { code: 'upload.order_differs', facts: {} },
    })
  })
})

it('a neutral name has a number where there are several files', () => {
  expect(neutralFileName('Ana Okonjo.PDF', { number: 1, of: 1 })).toBe('work.pdf')
  expect(neutralFileName('Ana Okonjo.jpeg', { number: 2, of: 3 })).toBe('work-2.jpg')
})
