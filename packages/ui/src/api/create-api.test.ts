import * as z from 'zod'
import { describe, expect, it, vi } from 'vitest'
import { Instant, PageQuery, page, route } from '@copractice/core/kernel'
import { createApi } from './create-api.ts'

const change = route({
  method: 'PATCH',
  path: '/api/things/:id/parts/:part',
  params: z.object({ id: z.string(), part: z.string() }),
  body: z.object({ at: Instant, name: z.string().min(1) }),
  response: z.object({ at: Instant }),
  refusals: ['thing.locked'],
})
const list = route({
  method: 'GET',
  path: '/api/things',
  query: PageQuery.extend({ from: Instant.optional() }),
  response: page(z.string()),
})
const drop = route({ method: 'DELETE', path: '/api/things', response: z.undefined() })

const at = new Date('2026-11-20T04:59:00Z')
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

function apiAnswering(respond: () => Response | Promise<Response>) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => respond())
  const onSessionEnded = vi.fn<() => void>()
  const call = createApi({ baseUrl: 'https://tool.test', getToken: () => 'secret', onSessionEnded, fetch })
  const sent = () => {
    const [url, init] = fetch.mock.calls[0]!
    return { url: url as string, init: init! }
  }
  return { call, fetch, sent, onSessionEnded }
}

describe('what leaves', () => {
  it('is encoded by the contract: dates as ISO text, params escaped, the token in a header and never in the address', async () => {
    const { call, sent } = apiAnswering(() => json(200, { at: at.toISOString() }))
    const answer = await call(change, { params: { id: 'a/b', part: 'c d' }, body: { at, name: 'x' } })
    const { url, init } = sent()
    expect(url).toBe('https://tool.test/api/things/a%2Fb/parts/c%20d')
    expect(init.method).toBe('PATCH')
    expect(JSON.parse(init.body as string)).toEqual({ at: '2026-11-20T04:59:00.000Z', name: 'x' })
    expect(init.headers).toMatchObject({ authorization: 'Bearer secret', 'content-type': 'application/json' })
    expect(url).not.toContain('secret')
    expect(answer).toEqual({ ok: true, value: { at } })
  })

  it('holds only the query one gives; what the contract has a default for stays out', async () => {
    const { call, sent } = apiAnswering(() => json(200, { items: [], next: null }))
    await call(list, { query: { from: at } })
    expect(sent().url).toBe('https://tool.test/api/things?from=2026-11-20T04%3A59%3A00.000Z')
  })

  it('does not leave at all when the contract refuses the body, and names the field', async () => {
    const { call, fetch } = apiAnswering(() => json(200, {}))
    const answer = await call(change, { params: { id: '1', part: '2' }, body: { at, name: '' } })
    expect(fetch).not.toHaveBeenCalled()
    expect(answer).toMatchObject({
      ok: false,
      problem: { code: 'input.invalid', facts: { fields: [{ field: 'name' }] } },
    })
  })
})

it('a form that is followed says how much of it has left, and is answered as any other', async () => {
  const sent: { url?: string; headers: Record<string, string> } = { headers: {} }
  class FakeRequest {
    heard = new Map<string, (event: { loaded: number; total: number }) => void>()
    addEventListener = (name: string, hear: () => void) => void this.heard.set(name, hear)
    upload = { addEventListener: this.addEventListener }
    status = 200
    responseText = JSON.stringify({ at: at.toISOString() })
    open = (_method: string, url: string) => void (sent.url = url)
    setRequestHeader = (name: string, value: string) => void (sent.headers[name] = value)
    getResponseHeader = () => 'application/json'
    send = () => {
      for (const name of ['progress', 'load']) this.heard.get(name)?.({ loaded: 3, total: 4 })
    }
  }
  vi.stubGlobal('XMLHttpRequest', FakeRequest)
  const { call, fetch } = apiAnswering(() => json(500, {}))
  const onProgress = vi.fn<(share: number) => void>()
  const params = { id: '1', part: '2' }
  const answer = await call(
    { ...change, body: list.body } as never,
    { params, form: new FormData(), onProgress } as never,
  )
  vi.unstubAllGlobals()
  expect(answer).toEqual({ ok: true, value: { at } })
  expect(onProgress.mock.calls).toEqual([[0.75]])
  expect(sent).toMatchObject({
    url: 'https://tool.test/api/things/1/parts/2',
    headers: { authorization: 'Bearer secret' },
  })
  expect(fetch).not.toHaveBeenCalled()
})

describe('what comes back', () => {
  it('of a refusal is its code and facts', async () => {
    const { call } = apiAnswering(() => json(409, { code: 'thing.locked', facts: { by: 'Ruth' } }))
    const answer = await call(change, { params: { id: '1', part: '2' }, body: { at, name: 'x' } })
    expect(answer).toEqual({ ok: false, problem: { code: 'thing.locked', facts: { by: 'Ruth' } } })
  })

  it('with 204 is undefined', async () => {
    const { call } = apiAnswering(() => new Response(null, { status: 204 }))
    expect(await call(drop, {})).toEqual({ ok: true, value: undefined })
  })

  it('with 401 ends the session', async () => {
    const { call, onSessionEnded } = apiAnswering(() => json(401, { code: 'session.ended', facts: {} }))
    expect(await call(list, {})).toMatchObject({ ok: false, problem: { code: 'session.ended' } })
    expect(onSessionEnded).toHaveBeenCalledOnce()
  })

  it('that is not what the contract says is a problem, not a half-read value', async () => {
    const { call } = apiAnswering(() => json(200, { items: [1], next: null }))
    expect(await call(list, {})).toMatchObject({ ok: false, problem: { code: 'answer.unreadable' } })
  })

  it('that breaks off on its way is a lost connection, of a file too', async () => {
    const breaksOff = () => {
      const body = new ReadableStream({
        start: (half) => half.enqueue(new TextEncoder().encode('{"items":[')),
        pull: (half) => half.error(new TypeError('network error')),
      })
      return new Response(body, { headers: { 'content-type': 'application/json' } })
    }
    const { call } = apiAnswering(breaksOff)
    expect(await call(list, {})).toMatchObject({ ok: false, problem: { code: 'offline' } })
    expect(await call.blob(list, {})).toMatchObject({ ok: false, problem: { code: 'offline' } })
  })

  it('as JSON that is none is a problem, not a lost connection', async () => {
    const { call } = apiAnswering(() => new Response('{"items":', { headers: { 'content-type': 'application/json' } }))
    expect(await call(list, {})).toMatchObject({ ok: false, problem: { code: 'answer.unreadable' } })
  })

  it.each([
    ['no answer', () => Promise.reject(new TypeError('failed')), 'offline'],
    ['a proxy’s page', () => new Response('<html>', { status: 502 }), 'fault'],
    ['too many', () => new Response('slow down', { status: 429 }), 'rate.limited'],
  ])('as %s is told apart', async (_what, respond, code) => {
    const { call } = apiAnswering(respond)
    expect(await call(list, {})).toMatchObject({ ok: false, problem: { code } })
  })
})
