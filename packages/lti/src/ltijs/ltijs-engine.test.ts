import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import type { DatabasePlugin } from 'ltijs'
import { createOutgoing, OutgoingFailure } from '../net/outgoing.ts'
import { failureOf, ltijsEngine } from './ltijs-engine.ts'

it('each engine calls the addresses that it may itself, whichever was made first', async () => {
  const lms = createServer((_req, res) => res.setHeader('content-type', 'application/json').end('[]'))
  lms.listen(0, '127.0.0.1')
  await once(lms, 'listening')
  const lineitems = `http://127.0.0.1:${(lms.address() as AddressInfo).port}/items`
  const platform = { platformUrl: 'https://lms.example', clientId: 'c', kid: 'p', accesstokenEndpoint: lineitems }
  const token = { createdAt: Date.now(), token: { access_token: 't', token_type: 'Bearer', expires_in: 3600 } }
  const rows: Record<string, object> = { platform, platformStatus: { id: 'p', active: true }, accesstoken: token }
  const Get = async (_key: unknown, collection: string) => [rows[collection]]
  const database = { setup: async () => true, Get } as unknown as DatabasePlugin
  const launched = { iss: 'https://lms.example', clientId: 'c', platformContext: { endpoint: { lineitems } } }
  const asked = [false, true, false].map((allowLocal) => {
    const engine = ltijsEngine(database, createOutgoing({ allowLocal }))
    return engine.Grade.getLineItems(launched, {}).then(
      ({ lineItems }: { lineItems: unknown }) => lineItems,
      (error: unknown) => failureOf(error),
    )
  })
  const refused = expect.any(OutgoingFailure)
  expect(await Promise.all(asked)).toEqual([refused, [], refused])
  lms.close()
})
