import { pino } from 'pino'
import * as z from 'zod'
import type { Route, RouteOutput } from '@copractice/core/kernel'
import { listen } from '@copractice/http'
import { seedNetwork } from '@copractice/services/testing'
import type { Db } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { createAdmin } from '../index.ts'

type Given = Readonly<{ params?: Record<string, string>; query?: Record<string, string>; body?: unknown }>
export type Answered<R extends Route> = {
  status: number
  value: RouteOutput<R>
  problem: { code: string; facts: unknown }
}

/** Counts the queries that go through a database, for tests that hold their number still. */
function counting(db: Db) {
  const counter = { queries: 0 }
  const counted = db.withPlugin({
    transformQuery: ({ node }) => {
      counter.queries++
      return node
    },
    transformResult: async ({ result }) => result,
  })
  return { counter, counted }
}

/** The admin app on a database of its own with one seeded network, and a browser for each person who signs in. */
export async function startAdmin(now = new Date(), { allowLocalPlatforms = false } = {}) {
  const open = await openTestDb()
  const seeded = await seedNetwork(open.db, { now })
  const clock = { now }
  let ticks = 0
  const { counter, counted } = counting(open.db)
  const adminUrl = 'http://admin.example'
  const app = createAdmin({
    db: counted,
    log: pino({ level: 'silent' }),
    adminUrl,
    spaceUrl: 'https://space.example',
    secret: 's'.repeat(40),
    allowLocalPlatforms,
    // Each look at the clock is a millisecond later, so that what came first is known.
    clock: () => new Date(clock.now.getTime() + ticks++),
  })
  const server = await listen(app, 0, 'PORT')
  const base = `http://127.0.0.1:${server.port}`

  const lastMail = (to: string) =>
    open.db.selectFrom('mail').selectAll().where('recipient', '=', to).orderBy('created_at', 'desc').executeTakeFirst()
  const mailsTo = (to: string) =>
    open.db.selectFrom('mail').selectAll().where('recipient', '=', to).orderBy('created_at').execute()

  const browser = () => {
    const cookies = new Map<string, string>()
    const headers: Record<string, string> = { origin: adminUrl }
    const raw = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(base + path, {
        method,
        redirect: 'manual',
        headers: {
          ...headers,
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      for (const set of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!
        cookies.set(name!, value!)
      }
      return response
    }
    const call = async <R extends Route>(route: R, given: Given = {}): Promise<Answered<R>> => {
      const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => given.params![name]!)
      const query = given.query ? `?${new URLSearchParams(given.query).toString()}` : ''
      const body = given.body === undefined ? undefined : z.encode(route.body, given.body)
      const response = await raw(route.method, path + query, body)
      const answer: unknown = response.status === 204 ? undefined : await response.json()
      const value = (response.ok ? z.decode(route.response, answer) : undefined) as RouteOutput<R>
      return { status: response.status, value, problem: answer as Answered<R>['problem'] }
    }
    const signIn = async (email: string) => {
      await raw('POST', '/api/sign-in/request', { email })
      const token = /#(\w+)/.exec((await lastMail(email))!.body_text)![1]
      return raw('POST', '/api/sign-in/verify', { token })
    }
    return { raw, call, signIn, headers, cookies, base }
  }

  const signedIn = async (email: string) => {
    const somebody = browser()
    await somebody.signIn(email)
    return somebody
  }

  return {
    db: open.db,
    seeded,
    clock,
    counter,
    browser,
    signedIn,
    lastMail,
    mailsTo,
    cora: `cora@${seeded.slug}.example`,
    close: async () => {
      await server.close()
      await open.close()
    },
  }
}
export type StartedAdmin = Awaited<ReturnType<typeof startAdmin>>
/** Of one person, with their cookies. */
export type Browser = ReturnType<StartedAdmin['browser']>
