import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { listen } from '@copractice/http'
import { startLmsSimulator, type SimulatedPerson, type SimulatorOptions } from '@copractice/lms-simulator'
import { createLtiTool } from '@copractice/lti-tool/server'
import { seedNetwork } from '@copractice/services/testing'
import { openTestDb } from '@copractice/store/testing'
import { freePort } from '../../start-tool.ts'
import { launch } from './launch-by-hand.ts'
import { visitor } from './open-tool.ts'

/** Answers are looked at as they come over the wire. */
type Json = ReturnType<typeof JSON.parse>
export type Asked = Readonly<{ status: number; body: Json }>
export type Visit = (method: string, path: string, body?: unknown) => Promise<Asked>

/**
 * The whole space over HTTP, entered by launches from a simulated LMS: a seeded network whose Riverside course is the
 * LMS's course `c`, opened by its link `l`. `clock.now` is the time of both.
 */
export async function openSpace(
  people: readonly SimulatedPerson[],
  options: Pick<SimulatorOptions, 'profile' | 'offersDifferences'>,
) {
  const open = await openTestDb()
  const { db } = open
  const clock = { now: new Date() }
  const folder = mkdtempSync(join(tmpdir(), 'copractice-space-'))
  writeFileSync(join(folder, 'index.html'), '<html><head></head><body></body></html>')
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const seeded = await seedNetwork(db, { now: clock.now })
  const tool = createLtiTool({
    db,
    log: pino({ level: 'silent' }),
    publicUrl,
    secrets: ['a secret of the contract tests, long enough'],
    uploadFolder: folder,
    allowLocalPlatforms: true,
    clock: () => clock.now,
    web: folder,
  })
  const server = await listen(tool.app, port, 'LTI_TOOL_PORT', '127.0.0.1')
  const links = [{ id: 'l', title: 'L', kind: 'navigation' as const }]
  const lms = await startLmsSimulator({
    ...options,
    name: 'Riverside State',
    port: 0,
    clock: () => clock.now,
    courses: [{ id: 'c', title: 'C', label: 'C', term: 'T', people: [...people], links }],
  })
  const { clientId, deploymentId } = lms.registerTool({
    name: 'Copractice',
    loginUrl: `${publicUrl}/lti/login`,
    launchUrl: `${publicUrl}/lti/launch`,
    jwksUrl: `${publicUrl}/lti/jwks.json`,
    domain: new URL(publicUrl).host,
  })
  const { platforms, courses, links: known } = seeded
  await db
    .updateTable('lti_platform')
    .set({
      profile: options.profile,
      issuer: lms.issuer,
      client_id: clientId,
      authorization_endpoint: lms.endpoints.authorization,
      token_endpoint: lms.endpoints.token,
      jwks_uri: lms.endpoints.jwks,
      // A simulator that speaks as hosted Canvas answers elsewhere.
      confirmed_addresses: Object.values(lms.endpoints),
    })
    .where('id', '=', platforms.riverside)
    .execute()
  await db
    .updateTable('lti_deployment')
    .set({ deployment_id: deploymentId })
    .where('platform_id', '=', platforms.riverside)
    .execute()
  await db
    .updateTable('course')
    .set({ deployment_id: deploymentId, context_id: lms.contextId('c') })
    .where('id', '=', courses.riverside)
    .execute()
  await db
    .updateTable('course_link')
    .set({ resource_link_id: lms.resourceLinkId('c', 'l') })
    .where('id', '=', known.riverside)
    .execute()
  // Only who comes from this LMS or stands in its roster is of its course.
  await db.deleteFrom('course_member').where('course_id', '=', courses.riverside).execute()

  /** Comes in from the LMS; what follows is asked in that session. */
  const enter = async (person: string): Promise<Visit> => {
    const reply = await launch(visitor(publicUrl), lms, { how: { person } })
    const session = /id="session">(.*?)<\/script>/.exec(reply.text)?.[1]
    if (!session) throw new Error(`${person} was not let in: ${reply.code ?? reply.status}`)
    const { token } = JSON.parse(session) as { token: string }
    return async (method, path, body) => {
      const response = await fetch(`${publicUrl}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: text ? JSON.parse(text) : null }
    }
  }

  return {
    db,
    seeded,
    clock,
    lms,
    tool,
    enter,
    close: async () => {
      await lms.close()
      await server.close()
      await open.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
