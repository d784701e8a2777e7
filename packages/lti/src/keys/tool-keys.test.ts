import { afterAll, beforeAll, expect, it } from 'vitest'
import { CompactSign, compactVerify, createLocalJWKSet } from 'jose'
import type { OpenDatabase } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { createSealer } from './sealer.ts'
import { toolKeys } from './tool-keys.ts'

let open: OpenDatabase
let now = new Date('2026-11-21T10:00:00Z')
const pass = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000))
beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())

it('signs with one key while the next is listed, then with the next while the old is listed, then lists only the next', async () => {
  const sealer = createSealer(['a secret of more than thirty-two characters'])
  const keys = toolKeys({ db: open.db, sealer, clock: () => now })
  const other = toolKeys({ db: open.db, sealer, clock: () => now })
  const first = (await keys.signingKey()).kid
  expect((await keys.publicKeys()).keys.map(({ kid }) => kid)).toEqual([first])
  expect((await other.signingKey()).kid).toBe(first)

  const second = await keys.rotate()
  expect((await keys.publicKeys()).keys.map(({ kid }) => kid)).toEqual([first, second])
  expect((await keys.signingKey()).kid).toBe(first)

  pass(16)
  expect((await keys.signingKey()).kid).toBe(second)
  expect((await other.signingKey()).kid).toBe(second)
  expect((await other.publicKeys()).keys.map(({ kid }) => kid)).toEqual([first, second])

  pass(25 * 60)
  expect((await keys.publicKeys()).keys.map(({ kid }) => kid)).toEqual([second])
})

it('shows no private part, stores it sealed, and signs what its key set verifies', async () => {
  const sealer = createSealer(['a secret of more than thirty-two characters'])
  const keys = toolKeys({ db: open.db, sealer, clock: () => now })
  const shown = await keys.publicKeys()
  expect(shown.keys.every((key) => !('d' in key) && key.alg === 'RS256' && key.use === 'sig')).toBe(true)
  const rows = await open.db.selectFrom('lti_key').select('private_jwk_sealed').execute()
  expect(rows.every((row) => row.private_jwk_sealed.startsWith('v1.'))).toBe(true)

  const { kid, key } = await keys.signingKey()
  const token = await new CompactSign(Buffer.from('hello')).setProtectedHeader({ alg: 'RS256', kid }).sign(key)
  const verified = await compactVerify(token, createLocalJWKSet(shown))
  expect(Buffer.from(verified.payload).toString()).toBe('hello')
})

it('makes the next key when the latest is old, in one of however many processes', async () => {
  const sealer = createSealer(['a secret of more than thirty-two characters'])
  const processes = Array.from({ length: 6 }, () => toolKeys({ db: open.db, sealer, clock: () => now }))
  const { kid } = await processes[0]!.signingKey()
  pass(88 * 24 * 60)
  expect(await processes[0]!.rotateAfter(90)).toBeNull()
  pass(2 * 24 * 60)
  const made = await Promise.all(processes.map((keys) => keys.rotateAfter(90)))
  const fresh = made.filter((each) => each !== null)
  expect(fresh).toHaveLength(1)
  for (const keys of processes) expect((await keys.publicKeys()).keys.map((key) => key.kid)).toEqual([kid, ...fresh])
  expect(await processes[1]!.rotateAfter(90)).toBeNull()
})
