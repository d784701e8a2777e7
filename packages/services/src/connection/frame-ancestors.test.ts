import { afterAll, beforeAll, expect, it } from 'vitest'
import { savePlatformOrigins } from '@copractice/store/connection'
import { openTestDb } from '@copractice/store/testing'
import type { OpenDatabase } from '@copractice/store/database'
import { seedNetwork, type SeededNetwork } from '../testing/index.ts'
import { frameAncestors, fitSources } from './frame-ancestors.ts'

let open: OpenDatabase
let seeded: SeededNetwork
let now = new Date('2026-11-22T10:00:00Z')
beforeAll(async () => {
  open = await openTestDb()
  seeded = await seedNetwork(open.db)
})
afterAll(() => open.close())

const set = (platformId: string, set: Record<string, unknown>) =>
  open.db.updateTable('lti_platform').set(set).where('id', '=', platformId).execute()

it('names one platform’s own origins, or all that are connected, the latest used first', async () => {
  const { networkId, platforms } = seeded
  const [one, other] = [platforms.riverside, platforms.hillside]
  await set(one, { issuer: 'https://one.example', authorization_endpoint: 'https://one.example/auth' })
  await set(other, {
    issuer: 'https://canvas.instructure.com',
    authorization_endpoint: 'https://sso.canvaslms.com/auth',
    last_launch_at: now,
  })
  await savePlatformOrigins(open.db, { networkId, platformId: one }, ['https://school.example'])
  const ancestors = frameAncestors(open.db, () => now)
  const ones = ['https://one.example', 'https://school.example']
  const others = ['https://*.instructure.com', 'https://canvas.instructure.com', 'https://sso.canvaslms.com']
  expect(await ancestors({ platformId: one })).toEqual(ones)
  expect(await ancestors({ platformId: other })).toEqual(others)
  const all = await ancestors()
  expect(all.slice(0, 3)).toEqual(others)
  expect(all).toEqual(expect.arrayContaining(ones))

  // One that is switched off is told why in its own frame, and frames nothing else.
  await set(one, { status: 'disabled' })
  now = new Date(now.getTime() + 60_000)
  expect(await ancestors({ platformId: one })).toEqual(ones)
  expect(await ancestors()).not.toEqual(expect.arrayContaining(ones.slice(0, 1)))
})

it('goes on naming those it knew while the database is away, and nobody before it knew any', async () => {
  const away = await openTestDb()
  await seedNetwork(away.db)
  let at = now
  const ancestors = frameAncestors(away.db, () => at)
  const known = await ancestors()
  expect(known.length).toBeGreaterThan(0)
  await away.db.destroy()
  at = new Date(at.getTime() + 60_000)
  expect(await ancestors()).toEqual(known)
  expect(await ancestors()).toEqual(known)
  await expect(frameAncestors(away.db)()).rejects.toThrow('destroyed')
  await away.close()
})

it('names no more than a header holds, whatever LMSs there are', () => {
  const long = Array.from({ length: 300 }, (_, index) => `https://${'x'.repeat(200)}${index}.example`)
  for (const list of [long, long.map((each) => each.replace(/x+/, 'x')), [`https://${'x'.repeat(3000)}.example`]])
    expect(fitSources(list).join(' ').length).toBeLessThan(2001)
  expect(fitSources(long)).toEqual(long.slice(0, 9))
  expect(fitSources(['https://a.example', 'https://a.example'])).toEqual(['https://a.example'])
})
