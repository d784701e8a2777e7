import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ok, refuse, route } from '@copractice/core/kernel'
import { createServer } from './create-server.ts'
import { KEPT_OUT_OF_LOGS } from './kept-out-of-logs.ts'
import { listen, type Listening } from './listen.ts'
import { Unauthenticated } from './problem.ts'
import { routesFor } from './routes-for.ts'

const Hat = z.object({ colour: z.string(), size: z.int() })
const addHat = route({
  method: 'POST',
  path: '/api/hats/:id',
  params: z.object({ id: z.uuid() }),
  body: z.object({ colour: z.string().min(1), size: z.int().min(1) }),
  response: Hat,
  refusals: ['hat.too_large'],
})
const listHats = route({
  method: 'GET',
  path: '/api/hats',
  query: z.object({ limit: z.coerce.number().int().max(10).default(5) }),
  response: z.object({ limit: z.number() }),
})
const forgetHats = route({ method: 'DELETE', path: '/api/hats', response: z.undefined() })
const showHat = route({ method: 'GET', path: '/api/broken-hat', response: Hat })
const breakHats = route({ method: 'POST', path: '/api/break', response: z.undefined() })

const logged: string[] = []
let server: Listening, web: string, ancestors: string[], isHealthy: boolean
beforeAll(async () => {
  web = mkdtempSync(join(tmpdir(), 'copractice-web-'))
  writeFileSync(join(web, 'index.html'), '<p>page</p>')
  ancestors = []
  isHealthy = true
  const { router, serve } = routesFor(async (req) => {
    if (req.get('x-who') === 'nobody') throw new Unauthenticated()
    return { who: 'ana' }
  })
  serve(addHat, { 'hat.too_large': 409 }, async ({ body }) => {
    const hat = { ...body, secret: 'never told' }
    return body.size > 60 ? refuse('hat.too_large', { largest: 60 }) : ok(hat)
  })
  serve(listHats, {}, async ({ query }) => ok({ limit: query.limit }))
  serve(forgetHats, {}, async () => ok(undefined))
  serve(showHat, {}, async () => ok({ colour: 'red', size: 1.5 }))
  serve(breakHats, {}, async () => {
    const asTheDatabaseThrows = { query: 'update submission', params: ['dear hunter5'], detail: '(hunter6) exists' }
    throw Object.assign(new Error('the password is hunter2'), asTheDatabaseThrows)
  })
  const app = createServer({
    log: pino({ redact: KEPT_OUT_OF_LOGS }, { write: (line: string) => void logged.push(line) }),
    mounts: [{ at: '/', router }],
    web,
    frameAncestors: async () => {
      if (!isHealthy) throw new Error('no database')
      return ancestors
    },
    apiRequestsPerMinute: 40,
    trustedProxies: 0,
    isHealthy: async () => isHealthy,
  })
  server = await listen(app, 0, 'PORT', '127.0.0.1')
})
afterAll(async () => {
  await server.close()
  rmSync(web, { recursive: true })
})

const id = '0b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11'
const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${server.port}${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })

describe('a contract route', () => {
  it('answers what its response names and nothing else', async () => {
    const response = await ask('POST', `/api/hats/${id}`, { colour: 'red', size: 55 })
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({ colour: 'red', size: 55 })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('answers 204 where there is nothing to tell, and takes defaults of the query', async () => {
    expect((await ask('DELETE', '/api/hats')).status).toBe(204)
    expect(await (await ask('GET', '/api/hats')).json()).toEqual({ limit: 5 })
  })

  it('answers a refusal with its status, code and facts', async () => {
    const response = await ask('POST', `/api/hats/${id}`, { colour: 'red', size: 61 })
    expect(response.status).toBe(409)
    expect(await response.json()).toEqual({ code: 'hat.too_large', facts: { largest: 60 } })
  })

  it('answers 422 naming the fields that cannot be used', async () => {
    const response = await ask('POST', `/api/hats/${id}`, { colour: '', size: 1.5 })
    expect(response.status).toBe(422)
    const { code, facts } = (await response.json()) as { code: string; facts: { fields: { field: string }[] } }
    expect(code).toBe('input.invalid')
    expect(facts.fields.map(({ field }) => field)).toEqual(['colour', 'size'])
    expect((await ask('POST', '/api/hats/not-an-id', { colour: 'red', size: 1 })).status).toBe(422)
    expect((await ask('GET', '/api/hats?limit=11')).status).toBe(422)
    expect((await ask('POST', `/api/hats/${id}`)).status).toBe(422)
  })

  it('answers 422 to NUL or half a character anywhere, which the database keeps in no text, and leaves a written \\u0000 alone', async () => {
    const fieldsOf = async (response: Response) => {
      expect(response.status).toBe(422)
      const { facts } = (await response.json()) as { facts: { fields: { field: string }[] } }
      return facts.fields.map(({ field }) => field)
    }
    for (const colour of ['r\0d', 'r\ud800d']) {
      expect(await fieldsOf(await ask('POST', `/api/hats/${id}`, { colour, size: 55 }))).toEqual(['colour'])
      // Also where the contract does not look.
      expect(await fieldsOf(await ask('POST', `/api/hats/${id}`, { colour: 'red', more: [{ colour }] }))).toEqual([
        'more.0.colour',
      ])
    }
    expect(await fieldsOf(await ask('GET', '/api/hats?limit=5%00'))).toEqual(['limit'])
    expect(await fieldsOf(await ask('POST', '/api/hats/%00', { colour: 'red', size: 55 }))).toEqual(['id'])
    for (const colour of [String.raw`\u0000`, '\ud83d\ude00'])
      expect((await ask('POST', `/api/hats/${id}`, { colour, size: 55 })).status).toBe(201)
  })

  it('answers 400 to bytes that are no text, and as ever to what is very deep', async () => {
    const bytes = Buffer.from('{"colour":"r\xffd","size":55}', 'latin1')
    const response = await fetch(`http://127.0.0.1:${server.port}/api/hats/${id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: bytes,
    })
    expect([response.status, await response.json()]).toEqual([400, { code: 'input.unreadable', facts: {} }])
    const deep = `{"colour":"\\u0072ed","size":55,"more":${'['.repeat(400_000)}${']'.repeat(400_000)}}`
    expect((await ask('POST', `/api/hats/${id}`, deep)).status).toBe(201)
  })

  it('takes an answer that does not fit its own contract for a fault, not for the sender’s', async () => {
    expect((await ask('GET', '/api/broken-hat')).status).toBe(500)
  })

  it('answers 401 to whoever has no session', async () => {
    const response = await ask('GET', '/api/hats', undefined, { 'x-who': 'nobody' })
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ code: 'session.ended', facts: {} })
  })
})

describe('what cannot be answered', () => {
  it('is a 4xx for unreadable bodies, large ones, broken addresses and unknown routes', async () => {
    expect((await ask('POST', `/api/hats/${id}`, '{"colour":')).status).toBe(400)
    expect((await ask('POST', `/api/hats/${id}`, { colour: 'x'.repeat(1_100_000) })).status).toBe(413)
    expect((await ask('POST', '/api/hats/%E0%A4%A', { colour: 'red', size: 1 })).status).toBe(400)
    const unknown = await ask('GET', '/api/shoes')
    expect(unknown.status).toBe(404)
    expect(await unknown.json()).toMatchObject({ code: 'route.unknown' })
  })

  it('tells a reference of a fault and nothing of its cause, and logs it once without the query', async () => {
    logged.length = 0
    const response = await ask('POST', '/api/break?token=hunter3', undefined, { authorization: 'Bearer hunter4' })
    expect(response.status).toBe(500)
    const text = await response.text()
    const { reference } = JSON.parse(text) as { reference: string }
    expect(text).not.toContain('hunter')
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain(reference)
    expect(logged[0]).not.toMatch(/hunter[3456]/)
  })
})

describe('every page', () => {
  it('may be framed by connected LMSs only, and runs no script but its own', async () => {
    const csp = async () => (await ask('GET', '/some/page')).headers.get('content-security-policy')
    expect(await csp()).toContain("frame-ancestors 'none'")
    ancestors = ['https://canvas.example']
    expect(await csp()).toContain('frame-ancestors https://canvas.example')
    expect(await csp()).toContain("script-src 'self';")
    const { headers } = await ask('GET', '/some/page')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    ancestors = []
  })

  it('is the web app’s, whatever its address; a missing asset is a 404', async () => {
    expect(await (await ask('GET', '/sign-in')).text()).toBe('<p>page</p>')
    expect((await ask('GET', '/assets/none.js')).status).toBe(404)
  })
})

it('says whether it is healthy', async () => {
  expect((await ask('GET', '/healthz')).status).toBe(200)
  isHealthy = false
  expect((await ask('GET', '/healthz')).status).toBe(503)
  isHealthy = true
})

it('logs no invite of an LMS when its page breaks', async () => {
  isHealthy = false
  logged.length = 0
  expect((await ask('GET', '/lti/register/a-secret-invite')).status).toBe(500)
  isHealthy = true
  expect(logged.join()).toContain('/lti/register/')
  expect(logged.join()).not.toContain('a-secret')
})

it('logs no address of a calendar when it breaks', async () => {
  isHealthy = false
  logged.length = 0
  expect((await ask('GET', '/calendar/kept_secret-kept_secret-kept_sec.ics')).status).toBe(500)
  isHealthy = true
  expect(logged.join()).toContain('/calendar/')
  expect(logged.join()).not.toContain('kept_')
})

it('says in one line that a port is taken, and how to choose another', async () => {
  const { default: express } = await import('express')
  await expect(listen(express(), server.port, 'LTI_TOOL_PORT', '127.0.0.1')).rejects.toThrow(
    `Port ${server.port} is in use. Stop what uses it, or set LTI_TOOL_PORT to another port.`,
  )
})

it('answers 429 beyond the requests of a minute', async () => {
  for (let n = 0; n < 40; n++) await ask('GET', '/api/hats')
  const response = await ask('GET', '/api/hats')
  expect(response.status).toBe(429)
  expect(await response.json()).toEqual({ code: 'rate.limited', facts: {} })
  expect((await ask('GET', '/calendar/guessed.ics')).status).toBe(429)
  expect((await ask('GET', '/calendar')).status).toBe(200)
})
