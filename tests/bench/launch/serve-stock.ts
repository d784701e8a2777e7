import { createRequire } from 'node:module'
import { readSettings, serveParent } from './wire.ts'

/**
 * Stock ltijs 5.9.9 with its SQL store, at its strictest over http on this machine: devMode off, so that state and
 * session cookies are required; the default maximum age of a token; cors off. Its own launch ends with a redirect to a
 * page of the tool, which is not asked for here.
 */
type Stock = {
  setup: (key: string, database: { plugin: unknown }, options: object) => void
  onConnect: (answer: (token: unknown, req: unknown, res: { send: (text: string) => void }) => void) => void
  deploy: (options: { port: number; silent: boolean }) => Promise<void>
  registerPlatform: (platform: object) => Promise<unknown>
}
const require = createRequire(import.meta.url)
const { Provider: lti } = require('ltijs') as { Provider: Stock }
const Database = require('ltijs-sequelize') as new (
  name: string,
  user: string,
  word: string,
  options: object,
) => unknown

const { databaseUrl, platform } = readSettings()
const url = new URL(databaseUrl)
const pool = { max: 10, min: 0 }
const options = { host: url.hostname, port: Number(url.port), dialect: 'postgres', logging: false, pool }
const plugin = new Database(url.pathname.slice(1), url.username, url.password, options)
lti.setup(
  'a secret of the bench, of some length',
  { plugin },
  { cors: false, devMode: false, cookies: { secure: false } },
)
lti.onConnect((_token, _req, res) => res.send('here'))
const port = Number(process.argv[3])
await lti.deploy({ port, silent: true })
await lti.registerPlatform({
  url: platform.issuer,
  name: 'Riverside State',
  clientId: platform.clientId,
  authenticationEndpoint: platform.authorization,
  accesstokenEndpoint: platform.authorization,
  authConfig: { method: 'JWK_SET', key: platform.jwksUri },
})
serveParent({ port, loginPath: '/login', launchPath: '/' })
