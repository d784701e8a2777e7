import type { IncomingMessage } from 'node:http'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findUnkept, mayHoldUnkept, seeBody } from './find-unkept.ts'

/** What is found in a body as it came: as it is read, then walked where it may hold something. */
function foundIn(bytes: Buffer, charset = 'utf-8', read: BufferEncoding = 'utf8') {
  const req = {} as IncomingMessage
  seeBody(req, null, bytes, charset)
  return mayHoldUnkept(req) ? findUnkept(JSON.parse(bytes.toString(read))) : undefined
}

/** By another way: JSON.parse shows every name and value it reads. */
function holdsUnkept(text: string): boolean {
  const isUnkept = (one: unknown) => typeof one === 'string' && (!one.isWellFormed() || one.includes('\0'))
  let found = false
  JSON.parse(text, (key, value: unknown) => {
    found ||= isUnkept(key) || isUnkept(value)
    return value
  })
  return found
}

const text = fc.string({
  unit: fc.oneof(fc.constantFrom('\ud800', '\udfff', '\0', '\\', 'u', '0', 'd', '"'), fc.string({ unit: 'binary' })),
  maxLength: 6,
})
const anyJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom(null, true, 1.5),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
})).value

it('finds half a character or NUL wherever it is, and nothing where there is none', () => {
  let found = 0
  const holds = fc.property(anyJson, (value) => {
    const sent = JSON.stringify(value)
    found += holdsUnkept(sent) ? 1 : 0
    expect(foundIn(Buffer.from(sent)) !== undefined).toBe(holdsUnkept(sent))
  })
  fc.assert(holds, { numRuns: 1000, seed: 3 })
  expect(found).toBeGreaterThan(100)
})

it.each([
  [String.raw`{"a":[{"b":"x"},{"b":"\uD83D"}]}`, ['a', '1', 'b']],
  [String.raw`{"a":{"x\u0000":1}}`, ['a', 'x\uFFFD']],
  [String.raw`"\udc00"`, []],
  [String.raw`{"whole":"\ud83d\ude00","written":"\\u0000"}`, undefined],
])('names where in %s', (sent, path) => {
  expect(foundIn(Buffer.from(sent))).toEqual(path)
})

it('walks a body of another encoding, and takes no bytes that are no UTF-8', () => {
  expect(foundIn(Buffer.from('{"a":"\ud800"}', 'utf16le'), 'utf-16le', 'utf16le')).toEqual(['a'])
  expect(() => foundIn(Buffer.from('{"a":"\xff"}', 'latin1'))).toThrow(expect.objectContaining({ status: 400 }))
})

it('finds it however deep it is', () => {
  const deep = `${'['.repeat(200_000)}"\\u0000"${']'.repeat(200_000)}`
  expect(foundIn(Buffer.from(deep))).toEqual(Array.from({ length: 20 }, () => '0'))
})
