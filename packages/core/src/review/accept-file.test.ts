import { describe, expect, it } from 'vitest'
import { acceptFile, FILE_BYTES_AT_MOST, neutralFileName } from './accept-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const pdf = { fileName: 'plan.pdf', bytes: 1000, head: bytes('%PDF-1.7') }

describe('acceptFile', () => {
  it('takes the type from the ending, in any case', () => {
    expect(acceptFile({ ...pdf, fileName: 'Amara Okonjo.PDF' })).toEqual({
      ok: true,
      value: { fileName: 'Amara Okonjo.PDF', mediaType: 'application/pdf', bytes: 1000 },
    })
  })

  it.each([
    ['a page', { ...pdf, fileName: 'plan.html' }, 'upload.type_not_allowed'],
    ['a name without an ending', { ...pdf, fileName: 'pdf' }, 'upload.type_not_allowed'],
    ['a script called pdf', { ...pdf, head: bytes('<script>') }, 'upload.content_differs'],
    [
      'a program called text',
      { ...pdf, fileName: 'a.txt', head: new Uint8Array([77, 90, 0, 3]) },
      'upload.content_differs',
    ],
    ['an empty file', { ...pdf, bytes: 0, head: bytes('') }, 'upload.empty'],
    ['one byte too many', { ...pdf, bytes: FILE_BYTES_AT_MOST + 1 }, 'upload.too_large'],
  ])('refuses %s', (_what, file, code) => {
    expect(acceptFile(file)).toMatchObject({ ok: false, refusal: { code } })
  })

  it('accepts 20 MB to the byte', () => {
    expect(acceptFile({ ...pdf, bytes: FILE_BYTES_AT_MOST }).ok).toBe(true)
  })

  it('takes paths, line ends and direction marks out of a name', () => {
    expect(acceptFile({ ...pdf, fileName: '..\\..\\etc/pl\u202ean\r\n.pdf' })).toMatchObject({
      value: { fileName: 'plan.pdf' },
    })
  })
})

it('a neutral name keeps the ending alone', () => {
  expect(neutralFileName('Amara Okonjo - plan.JPEG')).toBe('work.jpg')
})
