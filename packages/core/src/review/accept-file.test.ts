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

  it('says in a refusal what would be taken, and what the file claims to be', () => {
    expect(acceptFile({ ...pdf, fileName: 'plan.exe' })).toMatchObject({
      refusal: { facts: { allowed: ['pdf', 'docx', 'odt', 'txt', 'md', 'png', 'jpg'] } },
    })
    expect(acceptFile({ ...pdf, bytes: FILE_BYTES_AT_MOST + 1 })).toMatchObject({
      refusal: { facts: { bytesAtMost: 20_971_520 } },
    })
    expect(acceptFile({ ...pdf, fileName: 'plan.JPEG' })).toMatchObject({ refusal: { facts: { extension: 'jpg' } } })
  })

  it('takes a PDF only where all of its first bytes are right', () => {
    expect(acceptFile({ ...pdf, head: bytes('%PD-1.7') }).ok).toBe(false)
  })

  it('goes by the last ending of several', () => {
    expect(acceptFile({ ...pdf, fileName: 'plan.v2.pdf' }).ok).toBe(true)
    expect(acceptFile({ ...pdf, fileName: 'plan.pdf.exe' }).ok).toBe(false)
    expect(acceptFile({ ...pdf, fileName: 'plan.pdf ' })).toMatchObject({ value: { fileName: 'plan.pdf' } })
  })

  it('cuts a name to 200 characters, its ending kept', () => {
    const named = (length: number) => acceptFile({ ...pdf, fileName: `${'a'.repeat(length - 5)}b.pdf` })
    expect(named(200)).toMatchObject({ value: { fileName: `${'a'.repeat(195)}b.pdf` } })
    expect(named(201)).toMatchObject({ value: { fileName: `${'a'.repeat(195)}b.pdf` } })
    const cut = acceptFile({ ...pdf, fileName: `${'a'.repeat(150)}${'b'.repeat(60)}${'c'.repeat(46)}.pdf` })
    expect(cut).toMatchObject({ value: { fileName: `${'a'.repeat(150)}${'c'.repeat(46)}.pdf` } })
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

it('a neutral name keeps the ending alone, and a number where the work has several files', () => {
  expect(neutralFileName('Amara Okonjo - plan.JPEG')).toBe('work.jpg')
  expect(neutralFileName('plan.pdf', { number: 1, of: 1 })).toBe('work.pdf')
  expect(neutralFileName('plan.pdf', { number: 2, of: 3 })).toBe('work-2.pdf')
})
