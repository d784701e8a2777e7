import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as cohort from '@copractice/core/cohort'
import * as connection from '@copractice/core/connection'
import * as convening from '@copractice/core/convening'
import * as directory from '@copractice/core/directory'
import * as gradebook from '@copractice/core/gradebook'
import type { Route } from '@copractice/core/kernel'
import * as meeting from '@copractice/core/meeting'
import * as portfolio from '@copractice/core/portfolio'
import * as practice from '@copractice/core/practice'
import * as programme from '@copractice/core/programme'
import * as proposal from '@copractice/core/proposal'
import * as report from '@copractice/core/report'
import * as review from '@copractice/core/review'
import { startAdmin } from '../../apps/admin/src/server/testing/start-admin.ts'
import { startTool } from '../../apps/lti-tool/src/server/testing/start-tool.ts'

const SLICES = [
  cohort,
  connection,
  convening,
  directory,
  gradebook,
  meeting,
  portfolio,
  practice,
  programme,
  proposal,
  report,
  review,
]
const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'response' in value
const ROUTES = SLICES.flatMap((slice) => Object.values(slice).filter((value) => isRoute(value)))

const hasBody = ({ body }: Route) => !body.safeParse(undefined).success
const isPaged = ({ query }: Route) => 'shape' in query && Object.hasOwn(query.shape as object, 'after')
const cursorOf = (key: string) => Buffer.from(`0b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11${key}`).toString('base64url')

type Ask = (method: string, path: string, body?: string) => Promise<Response>
type App = Readonly<{ ask: Ask; ids: Readonly<Record<string, string>>; close: () => Promise<void> }>

async function openAdmin(): Promise<App> {
  const admin = await startAdmin()
  const cora = await admin.signedIn(admin.cora)
  const cookie = [...cora.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { ...cora.headers, cookie, 'content-type': 'application/json' }
  const ask: Ask = (method, path, body) => fetch(cora.base + path, { method, headers, ...(body ? { body } : {}) })
  const { institutions, platforms, cohortId } = admin.seeded
  const ids = { institutionId: institutions.riverside, platformId: platforms.riverside, cohortId }
  return { ask, ids, close: admin.close }
}

async function openSpace(): Promise<App> {
  const tool = await startTool()
  const { token } = await tool.as('rosa', { link: tool.seeded.links.riverside })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ask: Ask = (method, path, body) => fetch(tool.base + path, { method, headers, ...(body ? { body } : {}) })
  return { ask, ids: { cohortId: tool.seeded.cohortId }, close: tool.close }
}

describe.each([
  ['the admin app', openAdmin],
  ['the space', openSpace],
])('%s answers what no page of ours sends with 4xx', (_name, open) => {
  let app: App
  beforeAll(async () => {
    app = await open()
  })
  afterAll(() => app.close())

  const NOWHERE = '0b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e12'
  const addressOf = ({ path }: Route) => path.replaceAll(/:(\w+)/g, (_all, name: string) => app.ids[name] ?? NOWHERE)
  /** Undefined for a route of the other app. */
  const statusOf = async (response: Response) =>
    (await response.text()).includes('route.unknown') ? undefined : response.status

  it('to any list: another list’s cursor, and one that nobody wrote', async () => {
    const lists = ROUTES.filter(isPaged)
    expect(lists.length).toBeGreaterThan(20)
    const afters = [...['a name', '2026-02-31 10:00:00+00', '2026-11-22 10:00:00.5+00', 'a\0b'].map(cursorOf), 'none']
    let asked = 0
    for (const route of lists) {
      for (const after of afters) {
        const path = `${addressOf(route)}?after=${after}`
        const status = await statusOf(await app.ask(route.method, path))
        if (status === undefined) break
        asked++
        expect([path, status]).toEqual([path, expect.toSatisfy((code) => code < 500)])
      }
    }
    expect(asked).toBeGreaterThan(50)
  })

  it('to any route: half a character or NUL, anywhere in what is sent', async () => {
    const unkept = fc.constantFrom('\ud800', 'a\udfff', '\0')
    const json = fc.jsonValue({ maxDepth: 2 })
    const sent = fc.oneof(
      fc.record({ name: unkept, title: unkept, body: unkept, text: fc.tuple(unkept, json) }),
      fc.dictionary(fc.string(), fc.oneof(json, unkept)).chain((rest) => unkept.map((poison) => ({ ...rest, poison }))),
      fc.array(fc.oneof(json, unkept), { minLength: 1 }).map((all) => [...all, '\0']),
    )
    const bodies = fc.sample(sent, { seed: 7, numRuns: ROUTES.length })
    for (const [at, route] of ROUTES.entries()) {
      if (!hasBody(route)) continue
      const response = await app.ask(route.method, addressOf(route), JSON.stringify(bodies[at]))
      const told = [route.path, (await statusOf(response)) ?? 404]
      expect(told).toEqual([route.path, expect.toSatisfy((status) => [401, 403, 404, 422].includes(status))])
    }
  })
})
