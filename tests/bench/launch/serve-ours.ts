import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { pino } from 'pino'
import { createServer as createHouse } from '@copractice/http'
import { createLti } from '@copractice/lti'
import { connectionRouter } from '@copractice/lti-tool/server'
import { frameAncestors as framedBy } from '@copractice/services/connection'
import { openDatabase } from '@copractice/store/database'
import { readSettings, serveParent } from './wire.ts'

/** The tool's own launch: engine, admission and answer, in the house's Express with its security headers. */
const { databaseUrl, platform } = readSettings()
const { db } = await openDatabase({ url: databaseUrl, poolSize: 10 })
const port = await freePort()
const publicUrl = `http://127.0.0.1:${port}`
const clock = () => new Date()
const log = pino({ level: 'silent' })
const lti = createLti({
  db,
  publicUrl,
  secrets: ['a secret of the bench, of some length'],
  allowLocalPlatforms: true,
  log,
})
await register()

const page = `<!doctype html><html lang="en"><head><title>Copractice</title></head><body><div id="root"></div></body></html>`
const frameAncestors = framedBy(db)
const app = createHouse({
  log,
  mounts: [{ at: '/', router: connectionRouter({ db, lti, clock, frameAncestors, readIndexHtml: async () => page }) }],
  web: import.meta.dirname,
  frameAncestors,
  apiRequestsPerMinute: 1000,
  trustedProxies: 0,
  isHealthy: async () => true,
})
const server = app.listen(port, '127.0.0.1')
await once(server, 'listening')
serveParent({ port, loginPath: '/lti/login', launchPath: '/lti/launch' })

async function register(): Promise<void> {
  const network = await db
    .insertInto('network')
    .values({ name: 'Bench', slug: 'bench', time_zone: 'UTC' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const institution = await db
    .insertInto('institution')
    .values({
      network_id: network.id,
      region_id: null,
      name: 'Riverside State',
      kind: 'campus',
      letter: 'R',
      colour: 1,
      time_zone: 'UTC',
      member_since: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const registered = await db
    .insertInto('lti_platform')
    .values({
      network_id: network.id,
      institution_id: institution.id,
      profile: 'canvas',
      issuer: platform.issuer,
      client_id: platform.clientId,
      authorization_endpoint: platform.authorization,
      token_endpoint: platform.authorization,
      jwks_uri: platform.jwksUri,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('lti_deployment')
    .values({ network_id: network.id, platform_id: registered.id, deployment_id: platform.deploymentId })
    .execute()
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
