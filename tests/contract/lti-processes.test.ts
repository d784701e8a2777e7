import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { startLmsSimulator, type LmsSimulator } from '@copractice/lms-simulator'
import type { NetworkId } from '@copractice/core/kernel'
import { queueMail } from '@copractice/services/notice'
import { addRound, seedNetwork } from '@copractice/services/testing'
import { ensureLineItems, insertDeliveries } from '@copractice/store/gradebook'
import { nudge } from '@copractice/store/notice'
import { freePort, startTool, type ToolProcess } from '../start-tool.ts'
import { begin, finish, type Begun } from './lti/launch-by-hand.ts'
import { connect, openTool, visitor, type OpenTool } from './lti/open-tool.ts'
import { startPostOffice } from './lti/post-office.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 })
const AGS = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint'
const learners = Array.from({ length: 12 }, (_, index) => String(index + 100))

/** Three servers on one Postgres, as behind a balancer that sends each request anywhere. */
describe.skipIf(!inject('postgresUrl'))('three processes on one database', () => {
  let tool: OpenTool, lms: LmsSimulator, clientId: string
  let processes: ToolProcess[]
  let office: Awaited<ReturnType<typeof startPostOffice>>
  const at = (index: number): OpenTool => ({ ...tool, ...visitor(processes[index % 3]!.url) })

  beforeAll(async () => {
    const built = new URL('../../apps/lti-tool/dist/web/index.html', import.meta.url)
    if (!existsSync(built)) throw new Error('The web app is not built yet: pnpm build')
    tool = await openTool()
    const [connection] = await tool.db.selectNoFrom((eb) => eb.fn<string>('current_database', []).as('name')).execute()
    const port = await freePort()
    const publicUrl = `http://localhost:${port}`
    office = await startPostOffice()
    const env = {
      DATABASE_URL: `${inject('postgresUrl')}/${connection!.name}`,
      LTI_TOOL_URL: publicUrl,
      COPRACTICE_SECRET: 'a secret of the contract tests, long enough',
      ALLOW_LOCAL_PLATFORMS: '1',
      SMTP_URL: office.url,
      MAIL_FROM: 'space@x.example',
    }
    // At once, as after a deployment: the first key of the tool, the queues and the schedules are made by whoever is first.
    processes = await Promise.all([startTool({ ...env, LTI_TOOL_PORT: String(port) }), startTool(env), startTool(env)])
    const person = (id: string) => ({ id, name: `P ${id}`, givenName: 'P', familyName: id, email: `${id}@x.example` })
    const people = learners.map((id) => ({ ...person(id), role: 'learner' as const }))
    const links = [{ id: 'l', title: 'L', kind: 'navigation' as const }]
    lms = await startLmsSimulator({
      profile: 'canvas',
      name: 'Riverside State',
      port: 0,
      courses: [{ id: 'c', title: 'C', label: 'C', term: 'T', people, links }],
    })
    ;({ clientId } = await connect(tool.db, tool, publicUrl, lms))
  })
  afterAll(async () => {
    await Promise.all((processes ?? []).map(({ stop }) => stop()))
    office?.close()
    await lms?.close()
    await tool?.close()
  })

  const enter = async (begun: Begun, index: number) => {
    const reply = await finish(at(index), lms, begun)
    const session = /id="session">(.*?)<\/script>/.exec(reply.text)?.[1]
    return { reply, token: session ? (JSON.parse(session) as { token: string }).token : '' }
  }
  const ask = async (index: number, path: string, token: string, method = 'GET') => {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${processes[index]!.url}${path}`, { method, headers })
    return {
      status: response.status,
      body: (response.status === 204 ? {} : await response.json()) as { token?: string },
    }
  }

  it.each([0, 1, 2])(
    'log in at %i, launch at the next, and use, renew and end the session at the one after',
    async (n) => {
      const { reply, token } = await enter(await begin(at(n), lms), n + 1)
      expect([reply.code, reply.status]).toEqual([undefined, 200])
      expect((await ask((n + 2) % 3, '/api/session', token)).status).toBe(200)
      const renewed = await ask(n, '/api/session/renew', token, 'POST')
      expect(renewed.status).toBeLessThan(300)
      const current = renewed.body.token!
      expect((await ask((n + 1) % 3, '/api/session', current)).status).toBe(200)
      expect((await ask((n + 2) % 3, '/api/session/end', current, 'POST')).status).toBe(204)
      expect((await ask(n, '/api/session', current)).status).toBe(401)
    },
  )

  it('let one of fifty uses of a state in, wherever they arrive', async () => {
    const begun = await begin(at(0), lms)
    const all = await Promise.all(Array.from({ length: 50 }, (_, index) => enter(begun, index)))
    expect(all.filter(({ reply }) => reply.status === 200)).toHaveLength(1)
    expect(new Set(all.filter(({ reply }) => reply.status !== 200).map(({ reply }) => reply.code))).toEqual(
      new Set(['launch.state_unknown']),
    )
  })

  it('show one set of keys', async () => {
    const sets = await Promise.all(processes.map(async ({ url }) => (await fetch(`${url}/lti/jwks.json`)).json()))
    expect(sets[1]).toEqual(sets[0])
    expect(sets[2]).toEqual(sets[0])
  })

  it('send each mail once', async () => {
    const addresses = Array.from({ length: 60 }, (_, index) => `p${index}@x.example`)
    const networkId = tool.networkId as NetworkId
    await Promise.all(
      addresses.map((to) =>
        tool.db.transaction().execute(async (trx) => {
          await queueMail(trx, { networkId, to, subject: 'A seat', text: 'Hello', html: '<p>Hello</p>' }, new Date())
        }),
      ),
    )
    await vi.waitFor(() => expect(new Set(office.took).size).toBe(60), { timeout: 20_000, interval: 100 })
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect([...office.took].sort()).toEqual([...addresses].sort())
  })

  // The queue gives the job to one process at a time, so this does not reach the claim in the outbox: two workers that race
  // for one row are in faults-matrix.test.ts.
  it('post every score, one process at a time', async () => {
    const network = await seedNetwork(tool.db)
    const { networkId, people } = network
    const { lineitems } = lms.idTokenClaims()[AGS] as { lineitems: string }
    const courseId = network.courses.riverside
    const { token: token_endpoint, jwks: jwks_uri } = lms.endpoints
    const confirmed_addresses = [token_endpoint, jwks_uri]
    const endpoints = { client_id: clientId, token_endpoint, jwks_uri, confirmed_addresses }
    const platform = tool.db.updateTable('lti_platform').set(endpoints)
    await platform.where('id', '=', network.platforms.riverside).execute()
    const course = tool.db.updateTable('course').set({ lineitems_url: lineitems })
    await course.where('id', '=', courseId).execute()
    const now = new Date()
    const roundId = await addRound(tool.db, network, now)
    const somebody = Object.values(people)
    const given = learners.slice(0, somebody.length)
    await tool.db.transaction().execute(async (trx) => {
      const item = { courseId, column: 'work', label: 'Action plan', maximum: 20 } as const
      const lineItem = await ensureLineItems(trx, networkId, roundId, [item])
      const deliveries = given.map((lmsUserId, index) => ({
        lineItemId: lineItem(courseId, 'work'),
        courseId,
        personId: somebody[index]!,
        lmsUserId,
        score: index,
        maximum: 20,
      }))
      await insertDeliveries(trx, { networkId, roundId, publishedBy: people.ana }, deliveries, now)
      await nudge(trx, 'scores')
    })
    const arrived = () =>
      tool.db.selectFrom('score_delivery').select('last_error').where('status', '=', 'arrived').execute()
    await vi.waitFor(async () => expect(await arrived()).toHaveLength(given.length), { timeout: 30_000, interval: 100 })
    const posts = lms.log().filter(({ service }) => service === 'scores')
    expect(posts.map(({ body }) => (body as { userId: string }).userId).sort()).toEqual([...given].sort())
    expect(lms.gradebook('c').columns.filter(({ resourceId }) => resourceId === roundId)).toHaveLength(1)
  })

  it('go on without one that was killed: with its logins, with its sessions, and with keys rotated meanwhile', async () => {
    const [begun, { token }] = [await begin(at(2), lms), await enter(await begin(at(0), lms), 2)]
    const { child } = processes[2]!
    child.kill('SIGKILL')
    await once(child, 'exit')
    await lms.rotateKeys({ overlap: false })
    const kid = await tool.lti.keys.rotate()
    const { reply } = await enter(begun, 1)
    expect([reply.code, reply.status]).toEqual([undefined, 200])
    const renewed = await ask(0, '/api/session/renew', token, 'POST')
    expect((await ask(1, '/api/session', renewed.body.token!)).status).toBe(200)
    // Its answer may have died with a process.
    expect((await ask(1, '/api/session', token)).status).toBe(200)
    expect((await tool.lti.keys.publicKeys()).keys.map((key) => key.kid)).toContain(kid)
  })

  it('end with code 0, each when it is told to', async () => {
    expect(await Promise.all(processes.slice(0, 2).map(({ stop }) => stop()))).toEqual([0, 0])
  })
})
