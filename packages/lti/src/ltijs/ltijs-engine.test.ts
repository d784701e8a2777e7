import { once } from 'node:events'
import http, { Agent, createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { DatabasePlugin } from 'ltijs'
import { createOutgoing, OutgoingFailure } from '../net/outgoing.ts'
import { failureOf, ltijsEngine } from './ltijs-engine.ts'

const platform = {
  platformUrl: 'https://lms.example',
  clientId: 'c',
  kid: 'p',
  accesstokenEndpoint: 'https://lms.example/t',
}
const token = { createdAt: Date.now(), token: { access_token: 't', token_type: 'Bearer', expires_in: 3600 } }
const rows: Record<string, object> = { platform, platformStatus: { id: 'p', active: true }, accesstoken: token }
const Get = async (_key: unknown, collection: string) => [rows[collection]]
const database = { setup: async () => true, Get } as unknown as DatabasePlugin
const columnsAt = (lms: Server) => ({
  iss: 'https://lms.example',
  clientId: 'c',
  platformContext: { endpoint: { lineitems: `http://127.0.0.1:${(lms.address() as AddressInfo).port}/items` } },
})

it('each engine calls the addresses that it may itself, whichever was made first', async () => {
  const lms = createServer((_req, res) => res.setHeader('content-type', 'application/json').end('[]'))
  lms.listen(0, '127.0.0.1')
  await once(lms, 'listening')
  const asked = [false, true, false].map((allowLocal) => {
    const engine = ltijsEngine(database, createOutgoing({ allowLocal }))
    return engine.Grade.getLineItems(columnsAt(lms), {}).then(
      ({ lineItems }: { lineItems: unknown }) => lineItems,
      (error: unknown) => failureOf(error),
    )
  })
  const refused = expect.any(OutgoingFailure)
  expect(await Promise.all(asked)).toEqual([refused, [], refused])
  lms.close()
})

it('asks for nothing packed and unpacks nothing: a few kilobytes may be gigabytes', async () => {
  const packed = gzipSync(Buffer.concat([Buffer.from('[]'), Buffer.alloc(4_000_000, ' ')]))
  const encodings: unknown[] = []
  const lms = createServer((req, res) => {
    encodings.push(req.headers['accept-encoding'])
    res.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed)
  })
  lms.listen(0, '127.0.0.1')
  await once(lms, 'listening')
  const engine = ltijsEngine(database, createOutgoing({ allowLocal: true }))
  await expect(engine.Grade.getLineItems(columnsAt(lms), {})).rejects.toThrow(SyntaxError)
  expect(encodings).toEqual([undefined])
  lms.close()
})

it('calls the LMS itself, whatever proxy the environment names: it would look names up where nothing guards it', async () => {
  const lms = createServer((_req, res) => res.setHeader('content-type', 'application/json').end('[]'))
  const proxied: unknown[] = []
  const proxy = createServer((req, res) => {
    proxied.push(req.url)
    res.end('[]')
  })
  for (const server of [lms, proxy]) await once(server.listen(0, '127.0.0.1'), 'listening')
  const { globalAgent } = http
  const HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  // As NODE_USE_ENV_PROXY=1 makes it.
  http.globalAgent = new Agent({ proxyEnv: { HTTP_PROXY } })
  try {
    const engine = ltijsEngine(database, createOutgoing({ allowLocal: true }))
    expect((await engine.Grade.getLineItems(columnsAt(lms), {})).lineItems).toEqual([])
    expect(proxied).toEqual([])
  } finally {
    http.globalAgent = globalAgent
    for (const server of [lms, proxy]) {
      server.closeAllConnections()
      server.close()
    }
  }
})
