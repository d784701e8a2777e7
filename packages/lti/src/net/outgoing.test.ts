import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOutgoing, isNoPublicName } from './outgoing.ts'

let server: Server
let base: string
let answer: RequestListener = (_req, res) => res.end('hello')
beforeAll(async () => {
  server = createServer((req, res) => answer(req, res)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const local = createOutgoing({ allowLocal: true })
const open = createOutgoing({ allowLocal: false })

it('reads an answer with status and headers', async () => {
  answer = (_req, res) => res.writeHead(418, { link: '<x>; rel=next' }).end('hello')
  const got = await local.send({ method: 'GET', url: base })
  expect([got.status, got.header('link'), got.header('none'), got.text]).toEqual([418, '<x>; rel=next', null, 'hello'])
})

it('does not follow a redirect', async () => {
  answer = (_req, res) => res.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
  expect((await local.send({ method: 'GET', url: base })).status).toBe(302)
})

it('gives up on an answer that never ends, and on one that is too large', async () => {
  answer = (_req, res) => void res.write('a')
  await expect(local.send({ method: 'GET', url: base, timeoutMs: 100 })).rejects.toMatchObject({ kind: 'timeout' })
  answer = (_req, res) => res.end('a'.repeat(2000))
  await expect(local.send({ method: 'GET', url: base, maxBytes: 1000 })).rejects.toMatchObject({ kind: 'too_large' })
})

it('says that a connection failed, not why in full', async () => {
  answer = (req) => req.socket.destroy()
  await expect(local.send({ method: 'GET', url: base })).rejects.toMatchObject({ kind: 'broken' })
})

it.each([
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://0x7f.1/',
  'https://localhost/',
  'http://example.org/',
  'file:///etc/passwd',
  'https://user:word@example.org/',
  'nonsense',
])('does not call %s unless LMSs on this network are allowed', async (url) => {
  await expect(open.send({ method: 'GET', url })).rejects.toMatchObject({ kind: 'address_refused' })
})

it('says the same of a name that leads inside and of one that is known nowhere', async () => {
  const messageOf = (url: string) =>
    open.send({ method: 'GET', url }).then(
      () => 'answered',
      (error: Error) => error.message,
    )
  const unknown = await messageOf('https://no-such-name.invalid/')
  expect(unknown).toBe(await messageOf('https://localhost/'))
  expect(isNoPublicName({ message: unknown })).toBe(true)
})
