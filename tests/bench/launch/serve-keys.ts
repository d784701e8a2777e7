import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveParent } from './wire.ts'

/** The platform's key set, in a process of its own: stock ltijs fetches it at every launch. */
const keySet = process.argv[2]!
const server = createServer((_req, res) => {
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(keySet) }).end(keySet)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
serveParent({ port: (server.address() as AddressInfo).port, loginPath: '/', launchPath: '/' })
