import { deflateSync } from 'node:zlib'
import { expect, it, vi } from 'vitest'
import { cleanApart, readTextApart } from './clean-apart.ts'

const PDF = 'application/pdf'
const LIMITS = { milliseconds: 15_000, heapMegabytes: 384, megabytesInAll: 768 }

const pdfOf = (objects: readonly string[], stream: Buffer | null = null) =>
  Buffer.concat([
    Buffer.from(`%PDF-1.5\n${objects.join('\n')}\n`),
    ...(stream
      ? [
          Buffer.from(`9 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${stream.length}>>\nstream\n`),
          stream,
          Buffer.from('\nendstream\nendobj\n'),
        ]
      : []),
    Buffer.from('trailer\n<</Root 1 0 R/Size 10>>\nstartxref\n0\n%%EOF'),
  ])
const PAGE = [
  '1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj',
  '2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj',
  '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<>>>>\nendobj',
]
const fileOf = (bytes: Uint8Array, personId = 'ana') => ({
  mediaType: PDF,
  fileName: 'plan.pdf',
  bytes: bytes.byteLength,
  personId,
  read: async () => bytes,
})
const plain = fileOf(pdfOf(PAGE))
/** 400 MB of blanks in 400 KB. */
const bomb = () => fileOf(pdfOf(PAGE, deflateSync(Buffer.alloc(400 * 1024 * 1024, ' '))))

it('one file after the other is cleaned in the same thread, while the process goes on', async () => {
  // A thread that has cleaned nothing yet, whatever was cleaned in this process before.
  vi.resetModules()
  const { cleanApart } = await import('./clean-apart.ts')
  let turns = 0
  const turning = setInterval(() => turns++, 5)
  const start = performance.now()
  const first = await cleanApart(plain)
  expect(first.ok && Buffer.from(first.value!).toString('latin1')).toMatch(/^%PDF-/)
  const between = performance.now()
  expect((await cleanApart(plain)).ok).toBe(true)
  clearInterval(turning)
  expect(turns).toBeGreaterThan(10)
  // Nothing is loaded again.
  expect(performance.now() - between).toBeLessThan(between - start)
  expect(await readTextApart({ ...fileOf(Buffer.from('By Ana')), mediaType: 'text/plain' })).toBe('By Ana')
})

it('a file that unpacks to more memory than one may take is refused by its name', async () => {
  expect(await cleanApart(bomb(), { ...LIMITS, megabytesInAll: 160 })).toEqual({
    ok: false,
    refusal: { code: 'upload.not_cleaned', facts: { why: 'too_hard', fileName: 'plan.pdf' } },
  })
  expect((await cleanApart(plain)).ok).toBe(true)
})

it('a file that takes longer than one may is refused by its name', async () => {
  const slow = fileOf(pdfOf([...PAGE, '% slow']))
  const refused = { refusal: { facts: { why: 'too_hard', fileName: 'plan.pdf' } } }
  expect(await cleanApart(slow, { ...LIMITS, milliseconds: 1 })).toMatchObject(refused)
  // Sent again, it is not tried again.
  expect(await cleanApart(slow)).toMatchObject(refused)
})

it('one person’s files are read one after the other, and no more wait than may', async () => {
  let open = 0
  let most = 0
  const read = async () => {
    most = Math.max(most, ++open)
    await new Promise((resolve) => setTimeout(resolve, 10))
    open--
    return pdfOf(PAGE)
  }
  const done = await Promise.all(Array.from({ length: 8 }, () => cleanApart({ ...plain, read })))
  expect(most).toBe(1)
  expect(done.map((one) => (one.ok ? null : one.refusal.code)).filter(Boolean)).toEqual(['upload.busy', 'upload.busy'])
  const others = Array.from({ length: 70 }, (_, at) => cleanApart({ ...plain, personId: `p${at}`, read }))
  expect((await Promise.all(others)).filter((one) => !one.ok)).toHaveLength(8)
  expect(most).toBe(2)
})

it('why a file cannot be cleaned is told as before, with its name', async () => {
  expect(await cleanApart(fileOf(Buffer.from('%PDF-1.7 and no more')))).toMatchObject({
    refusal: { code: 'upload.not_cleaned', facts: { why: 'damaged', fileName: 'plan.pdf' } },
  })
  expect(await cleanApart({ ...plain, mediaType: 'text/plain' })).toEqual({ ok: true, value: null })
})
