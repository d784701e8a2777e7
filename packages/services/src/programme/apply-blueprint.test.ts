import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NetworkId } from '@copractice/core/kernel'
import { USUAL_LIMITS, type Blueprint } from '@copractice/core/programme'
import { openTestDb } from '@copractice/store/testing'
import { newestPolicy, insertPolicy } from '@copractice/store/programme'
import { applyBlueprint, blueprintNames, previewBlueprint, readBlueprint } from './index.ts'

let test: Awaited<ReturnType<typeof openTestDb>>
beforeAll(async () => {
  test = await openTestDb()
})
afterAll(() => test.close())

const now = new Date('2026-03-02T10:00:00Z')
const shipped = (name: string): Blueprint => readBlueprint(name)!

let made = 0
async function aNetwork(): Promise<NetworkId> {
  const slug = `network-${++made}`
  const { id } = await test.db
    .insertInto('network')
    .values({ name: slug, slug, time_zone: 'America/New_York' })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as NetworkId
}
const apply = (networkId: NetworkId, name: string) =>
  applyBlueprint(test.db, { networkId, personId: null }, shipped(name), now)
const NOTHING = { policy: null, series: [], credentials: [], templates: [] }

describe('every blueprint that ships', () => {
  it.each(blueprintNames())('%s makes what its preview shows, and nothing when it is applied again', async (name) => {
    const networkId = await aNetwork()
    const { version, ...shown } = await previewBlueprint(test.db, networkId, shipped(name))
    expect(version).toBe(0)
    expect(shown.series.length).toBeGreaterThan(0)
    expect(await apply(networkId, name)).toEqual(shown)
    expect(await apply(networkId, name)).toEqual(NOTHING)
    expect((await newestPolicy(test.db, networkId)).version).toBe(1)
  })
  it('is one of the five programmes', () => {
    expect(blueprintNames()).toEqual(['campus-compact', 'ecolise', 'edlab-um', 'pitt-ecop', 'pttc'])
    for (const name of blueprintNames()) expect(shipped(name).name).toBe(name)
  })
})

describe('what is particular to each', () => {
  it('Campus Compact: at most 15 seats, a chair, 6 meetings of about 90 minutes, 14 days before the deadline', () => {
    const { limits, credentials } = shipped('campus-compact')
    expect(limits).toMatchObject({ cohortSeats: 15, cohortChairs: 1, minimumMeetings: 6, deadlineBufferDays: 14 })
    expect(limits).toMatchObject({ meetingMinutes: 90, meetingMinutesTolerance: 15 })
    const fundamentals = credentials.find(({ slug }) => slug === 'community-engagement-fundamentals')!
    expect(fundamentals.versions.map(({ competencies }) => competencies)).toEqual([9, 10])
    const evidence = fundamentals.versions[1]!.asks.filter(({ oneOf }) => oneOf === 'evidence')
    expect(evidence.map(({ slug }) => slug)).toEqual(['narrated-video', 'work-samples'])
  })
  it('Pitt: 600 guided minutes over 7 sessions between 14 May and 13 August, and a convening each term', () => {
    const { limits, series, templates } = shipped('pitt-ecop')
    expect(limits.commitment).toEqual({ minutes: 600, sessions: 7 })
    const summer = series.find(({ slug }) => slug === 'summer-programme')!
    expect(summer).toMatchObject({ meetings: 7, minutes: 600, window: { from: '05-14', until: '08-13' } })
    expect(series.map(({ name }) => name.split(' ')[0])).toEqual(['Fall', 'Spring', 'Summer'])
    const session = templates[0]!.parts.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)
    expect(session * 7).toBeGreaterThanOrEqual(600)
  })
  it('EDLAB: no chair has to be there at the start', () => {
    expect(shipped('edlab-um').limits.cohortChairs).toBe(0)
  })
  it('ECOLISE: a charter of domain, community and practice', () => {
    const charter = shipped('ecolise').templates.find(({ kind }) => kind === 'charter')!
    expect(charter.parts.map(({ title }) => title)).toEqual(['Domain', 'Community', 'Practice'])
  })
  it('PTTC: three series with the five functions, one announced before it has dates', () => {
    const { series } = shipped('pttc')
    expect(series).toHaveLength(3)
    for (const { functions } of series) expect(functions).toHaveLength(5)
    expect(series.filter(({ status }) => status === 'announced')).toHaveLength(1)
  })
})

describe('a network that has its own ways', () => {
  it('keeps the limits it set after a blueprint was applied', async () => {
    const networkId = await aNetwork()
    await apply(networkId, 'pitt-ecop')
    const limits = { ...(await newestPolicy(test.db, networkId)).limits, cohortSeats: 12 }
    await insertPolicy(
      test.db as never,
      { networkId, personId: null, at: now },
      { version: 2, limits, reason: 'Small' },
    )
    await apply(networkId, 'pitt-ecop')
    expect(await newestPolicy(test.db, networkId)).toEqual({ version: 2, limits })
  })
  it('gains from a second blueprint what it lacks, and keeps the credential both name', async () => {
    const networkId = await aNetwork()
    await apply(networkId, 'pitt-ecop')
    const second = await apply(networkId, 'campus-compact')
    expect(second.credentials.map(({ slug }) => slug)).not.toContain('community-engagement-fundamentals')
    expect(second.credentials).toHaveLength(4)
  })
  it('keeps every limit that a blueprint says nothing about', async () => {
    const networkId = await aNetwork()
    const by = { networkId, personId: null, at: now }
    await insertPolicy(test.db as never, by, { version: 1, limits: { ...USUAL_LIMITS, cohortSeats: 12 }, reason: '' })
    const { policy } = await apply(networkId, 'pitt-ecop')
    expect(policy!.changes.map(({ limit }) => limit)).toEqual(['minimumMeetings', 'commitment'])
  })
  it('sees nothing of another network', async () => {
    const [one, other] = [await aNetwork(), await aNetwork()]
    await apply(one, 'pttc')
    expect((await previewBlueprint(test.db, other, shipped('pttc'))).series).toHaveLength(3)
    expect((await newestPolicy(test.db, other)).limits).toEqual(USUAL_LIMITS)
  })
  it('gets each thing once when two people apply at the same moment', async () => {
    const networkId = await aNetwork()
    const both = await Promise.all([apply(networkId, 'pttc'), apply(networkId, 'pttc')])
    expect(both.map(({ series }) => series.length).toSorted((a, b) => a - b)).toEqual([0, 3])
  })
})
