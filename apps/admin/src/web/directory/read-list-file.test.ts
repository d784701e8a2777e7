import { expect, it } from 'vitest'
import { readListFile } from './read-list-file.ts'

const list = 'name,email\nJosé Núñez,jose@x.example\n'
const read = (content: BlobPart) => readListFile(new Blob([content]))

it('reads UTF-8 with and without its mark, and UTF-16 with it', async () => {
  expect(await read(list)).toEqual({ text: list })
  expect(await read(`\uFEFF${list}`)).toEqual({ text: list })
  expect(await read(Buffer.from(`\uFEFF${list}`, 'utf16le'))).toEqual({ text: list })
})

it('says what cannot be read instead of changing the letters of names', async () => {
  expect(await read(Buffer.from(list, 'latin1'))).toEqual({ fault: 'encoding' })
  // A workbook, not a list.
  expect(await read(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).toEqual({ fault: 'encoding' })
  expect(await read('\uFEFF \r\n')).toEqual({ fault: 'nothing' })
  expect(await read('a'.repeat(900_001))).toEqual({ fault: 'too_large' })
})
