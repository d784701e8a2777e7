import type { Router } from 'express'
import { pino } from 'pino'
import { createServer, listen } from '@copractice/http'
import { openSession, seedNetwork, type SeededNetwork } from '@copractice/services/testing'
import type { Db } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { ownScope } from '../own-scope.ts'
import { sessionContext } from '../session-context.ts'

/** Who of the seeded network asks. */
export type Who = keyof SeededNetwork['people']
/** Answers are looked at as they come over the wire. */
export type Json = ReturnType<typeof JSON.parse>
type RouteDeps = Readonly<{ db: Db; contextOf: ReturnType<typeof sessionContext>; clock: () => Date }>
export type StartedRoutes = Awaited<ReturnType<typeof startRoutes>>

/**
 * Routes on a database of their own, with one seeded network and everybody in it in a session: of their campus's course
 * link, or as by e-mail. Sessions stay at `start`, so that none ends while `clock` goes on.
 */
export async function startRoutes(
  start: Date,
  routersOf: (deps: RouteDeps) => readonly Router[],
  { clock = () => start, web = '/nowhere' }: Readonly<{ clock?: () => Date; web?: string }> = {},
) {
  const open = await openTestDb()
  const { db } = open
  const seeded = await seedNetwork(db, { now: start })
  const routers = routersOf({ db, contextOf: sessionContext(db, () => start), clock })
  const app = createServer({
    log: pino({ level: 'silent' }),
    mounts: [ownScope, ...routers].map((router) => ({ at: '/', router })),
    web,
    frameAncestors: async () => [],
    apiRequestsPerMinute: 100_000,
    trustedProxies: 0,
    isHealthy: async () => true,
  })
  const server = await listen(app, 0, 'PORT', '127.0.0.1')
  const base = `http://127.0.0.1:${server.port}`

  const { networkId, cohortId, people, links } = seeded
  const tokens = new Map<Who, string>()
  for (const who of Object.keys(people) as Who[]) {
    const link = ['hana', 'igor', 'hugo'].includes(who) ? links.hillside : links.riverside
    const from = ['dora', 'finn', 'cora'].includes(who) ? { cohortId } : { courseLinkId: link }
    tokens.set(who, await openSession(db, { networkId, personId: people[who], ...from, now: start }))
  }

  /** Asks for a path below the server's root; a form is sent as it is, anything else as JSON. */
  const ask = (who: Who, method: string, path: string, body?: unknown) => {
    const isForm = body instanceof FormData
    return fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens.get(who)}`,
        ...(isForm || body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
  }
  /** The answer of a path below /api: `body` is what its JSON says, or null where it is none. */
  const call = async (who: Who, method: string, path: string, body?: unknown) => {
    const answer = await ask(who, method, `/api${path}`, body)
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.startsWith('application/json')
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : null, text }
  }
  const close = async () => {
    await server.close()
    await open.close()
  }
  return { db, seeded, ask, call, close, tokenOf: (who: Who) => tokens.get(who)! }
}
