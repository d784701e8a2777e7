import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resumeSession } from '@copractice/core/directory'
import { openSession } from '@copractice/services/testing'
import { insertVisitor } from '@copractice/store/connection'
import { createLtiTool } from './index.ts'
import { startTool, type StartedTool } from './testing/start-tool.ts'

type Layer = Readonly<{
  route?: Readonly<{ path: string; methods: Readonly<Record<string, boolean>> }>
  handle?: Readonly<{ stack?: readonly Layer[] }>
}>
type Route = Readonly<{ method: string; path: string }>

let tool: StartedTool
let token: string
beforeAll(async () => {
  tool = await startTool()
  const { networkId } = tool.seeded
  const personId = await tool.db.transaction().execute((trx) => insertVisitor(trx, networkId))
  token = await openSession(tool.db, { networkId, personId })
})
afterAll(() => tool.close())

const routesIn = (stack: readonly Layer[]): Route[] =>
  stack.flatMap(({ route, handle }) =>
    route
      ? Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path: route.path }))
      : routesIn(handle?.stack ?? []),
  )

/** Every route behind a session's token that changes something, read from the app itself so that no new one is left out. */
function writingRoutes(): Route[] {
  const { app } = createLtiTool({
    db: tool.db,
    log: pino({ level: 'silent' }),
    publicUrl: 'https://space.example',
    secrets: ['s'.repeat(40)],
    uploadFolder: '/nonexistent',
    allowLocalPlatforms: true,
  })
  const { stack } = app.router as unknown as { stack: readonly Layer[] }
  return routesIn(stack).filter(
    ({ method, path }) => !['GET', '_ALL'].includes(method) && path.startsWith('/api/') && path !== resumeSession.path,
  )
}

const MAY = ['POST /api/placings/:placingId/answer', 'POST /api/session/renew', 'POST /api/session/end']

describe('a visit of nobody known', () => {
  it('writes nothing by any route, and may renew, answer what it was sent to choose, and end', async () => {
    const routes = writingRoutes()
    expect(routes.length).toBeGreaterThan(50)
    const send = async ({ method, path }: Route, headers: Record<string, string>) => {
      const answered = await tool.raw(
        method,
        path.replaceAll(/:\w+/g, () => randomUUID()),
        headers,
        {},
      )
      const { code } = (await answered.json().catch(() => ({}))) as { code?: string }
      return { status: answered.status, code }
    }
    const allowed = []
    const behind = []
    for (const route of routes) {
      if ((await send(route, {})).status !== 401) continue
      const name = `${route.method} ${route.path}`
      behind.push(name)
      // Ending the session is tried last: nothing is to be found out after it.
      if (name === MAY[2]) continue
      const { status, code } = await send(route, { authorization: `Bearer ${token}` })
      if (status !== 403 || code !== 'session.anonymous') allowed.push(name)
    }
    expect(behind).toEqual(expect.arrayContaining(['PUT /api/drafts/:subject', 'POST /api/portfolio', ...MAY]))
    expect(allowed.sort()).toEqual(MAY.slice(0, 2))
    const ended = await tool.raw('POST', '/api/session/end', { authorization: `Bearer ${token}` })
    expect(ended.status).toBeLessThan(300)
  })
})
