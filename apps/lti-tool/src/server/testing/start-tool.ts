import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import * as z from 'zod'
import type { CohortId, CourseLinkId, Route, RouteInput, RouteOutput } from '@copractice/core/kernel'
import { listen } from '@copractice/http'
import { openSession, seedNetwork, type SeededNetwork } from '@copractice/services/testing'
import type { Db } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { createLtiTool } from '../index.ts'

export type Answered<R extends Route> = {
  status: number
  value: RouteOutput<R>
  problem: { code: string; facts: Record<string, unknown> }
}
type Who = keyof SeededNetwork['people']
type From = Readonly<{ link?: CourseLinkId; cohort?: CohortId; network?: SeededNetwork }>

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

/** The tool on a database of its own with one seeded network; `clock.now` is its time. */
export async function startTool(now = new Date()) {
  const open = await openTestDb()
  const seeded = await seedNetwork(open.db, { now })
  const clock = { now }
  const { counter, counted } = counting(open.db)
  const uploadFolder = mkdtempSync(join(tmpdir(), 'copractice-uploads-'))
  const { app, remind } = createLtiTool({
    db: counted,
    log: pino({ level: 'silent' }),
    publicUrl: 'https://space.example',
    adminUrl: 'https://admin.example',
    secrets: ['s'.repeat(40)],
    uploadFolder,
    allowLocalPlatforms: true,
    clock: () => clock.now,
  })
  const server = await listen(app, 0, 'PORT', '127.0.0.1')
  const base = `http://127.0.0.1:${server.port}`

  const raw = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
    fetch(base + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  /** Calls a contract with a bearer token, as the web does. */
  const callWith = async <R extends Route>(
    token: string | undefined,
    route: R,
    given: Partial<RouteInput<R>> = {},
  ): Promise<Answered<R>> => {
    const params = given.params as Record<string, string> | undefined
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params![name]!)
    const asked = given.query && Object.keys(given.query).length > 0 ? z.encode(route.query, given.query) : {}
    const search = new URLSearchParams(asked as Record<string, string>).toString()
    const body = given.body === undefined ? undefined : z.encode(route.body, given.body)
    const headers = token ? { authorization: `Bearer ${token}` } : undefined
    const response = await raw(route.method, search ? `${path}?${search}` : path, headers, body)
    const answer: unknown = response.status === 204 ? undefined : await response.json()
    const value = (response.ok ? z.decode(route.response, answer) : undefined) as RouteOutput<R>
    return { status: response.status, value, problem: answer as Answered<R>['problem'] }
  }

  /** Somebody of a seeded network in a session from a course link, or as after sign-in by e-mail with a cohort. */
  const as = async (who: Who, { link, cohort, network = seeded }: From = {}) => {
    const from = { ...(link && { courseLinkId: link }), ...(cohort && { cohortId: cohort }) }
    const person = { networkId: network.networkId, personId: network.people[who] }
    const token = await openSession(open.db, { ...person, ...from, now: clock.now })
    return Object.assign(
      <R extends Route>(route: R, given: Partial<RouteInput<R>> = {}) => callWith(token, route, given),
      { token },
    )
  }

  return {
    db: open.db,
    seeded,
    clock,
    counter,
    as,
    callWith,
    raw,
    base,
    remind,
    mailsTo: (to: string) =>
      open.db.selectFrom('mail').selectAll().where('recipient', '=', to).orderBy('created_at').execute(),
    close: async () => {
      await server.close()
      rmSync(uploadFolder, { recursive: true, force: true })
      await open.close()
    },
  }
}
export type StartedTool = Awaited<ReturnType<typeof startTool>>
