import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultKind } from './options.ts'
import { openCampus, serviceUrls, type Campus } from './testing/campus.ts'

describe('the fault switch', () => {
  let campus: Campus
  let url: string
  beforeEach(async () => {
    campus = await openCampus('canvas')
    url = serviceUrls(campus.sim).lineitem ?? ''
  })
  afterEach(() => campus.close())

  const send = () => campus.score(url, { userId: campus.learner, scoreGiven: 15 })
  const kept = () => campus.sim.gradebook('cep-610').cells.filter((cell) => cell.arrivedAt !== null)
  const next = (fault: FaultKind, count = 1) => campus.sim.setFault({ ...fault, count, service: 'scores' })

  it('answers 429 with Retry-After as often as asked, then tells which try went through', async () => {
    next({ kind: 'busy', retryAfterSeconds: 3 }, 2)
    const busy = await send()
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '3'])
    expect((await send()).status).toBe(429)
    expect((await send()).status).toBe(200)
    expect(campus.sim.log().at(-1)?.answer).toBe('accepted on the third try, after “too busy”')
  })

  it('goes wrong one time in so many, and is late each time', async () => {
    campus.sim.setFault({ kind: 'error', count: 6, service: 'scores', oneIn: 3, lateMilliseconds: 30 })
    const began = performance.now()
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) statuses.push((await send()).status)
    expect(statuses).toEqual([200, 200, 500, 200, 200, 500])
    expect(performance.now() - began).toBeGreaterThan(170)
    expect((await send()).status).toBe(200)
  })

  it('answers 500 and keeps nothing', async () => {
    next({ kind: 'error' })
    expect((await send()).status).toBe(500)
    expect(kept()).toEqual([])
  })

  it('cuts the line after applying', async () => {
    next({ kind: 'reset_after' })
    await expect(send()).rejects.toThrow('fetch failed')
    expect(kept()).toMatchObject([{ score: 15 }])
    expect(campus.sim.log().at(-1)).toMatchObject({ status: 'dropped', fault: 'reset_after' })
  })

  it('cuts the line before applying', async () => {
    next({ kind: 'reset_before' })
    await expect(send()).rejects.toThrow('fetch failed')
    expect(kept()).toEqual([])
  })

  it('forgets a token that was good a moment ago', async () => {
    const token = await campus.access()
    const ask = () => fetch(url, { headers: { Authorization: `Bearer ${token}` } })
    expect((await ask()).status).toBe(200)
    campus.sim.setFault({ kind: 'expired_token', count: 1 })
    expect((await ask()).status).toBe(401)
    expect((await ask()).status).toBe(401)
    expect((await send()).status).toBe(200)
  })

  it('answers late', async () => {
    next({ kind: 'latency', milliseconds: 150 })
    const start = performance.now()
    expect((await send()).status).toBe(200)
    expect(performance.now() - start).toBeGreaterThan(140)
  })

  it.each([
    ['silence_after', 'kept, never answered', 1],
    ['silence_before', 'never answered, nothing was kept', 0],
  ] as const)('says nothing with %s, until the caller hangs up', async (kind, answer, scores) => {
    next({ kind })
    const soon = new Promise((resolve) => setTimeout(() => resolve('nothing yet'), 150))
    const sent = send().catch(() => 'hung up')
    expect(await Promise.race([sent, soon])).toBe('nothing yet')
    expect(campus.sim.log().at(-1)).toMatchObject({ status: 'dropped', fault: kind, answer })
    expect(kept()).toHaveLength(scores)
    await campus.close()
    expect(await sent).toBe('hung up')
    campus = await openCampus('canvas')
  })

  it('spares the other services, and the key set unless it is named', async () => {
    campus.sim.setFault({ kind: 'error', count: 5, service: 'memberships' })
    expect((await send()).status).toBe(200)
    campus.sim.setFault({ kind: 'error', count: 5 })
    expect((await fetch(campus.sim.endpoints.jwks)).status).toBe(200)
    campus.sim.setFault({ kind: 'error', count: 1, service: 'jwks' })
    expect((await fetch(campus.sim.endpoints.jwks)).status).toBe(500)
  })
})
