import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { pino } from 'pino'
import { createServer as createHouse } from '@copractice/http'
import { createLti } from '@copractice/lti'
import { connectionRouter } from '@copractice/lti-tool/server'
import { frameAncestors as framedBy } from '@copractice/services/connection'
import { openDatabase } from '@copractice/store/database'
import { registerBenchPlatform } from './register-platform.ts'
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
  // All of it comes from one address.
  requestsPerMinute: 1_000_000,
})
await registerBenchPlatform(db, platform)

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

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
