import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An address of keys that answers as a test wants, and counts who asks. */
export type KeyPage = {
  url: string
  asked: number
  answer: (req: IncomingMessage, res: ServerResponse) => unknown
  close: () => void
}

export async function startKeyPage(): Promise<KeyPage> {
  const page: KeyPage = { url: '', asked: 0, answer: () => {}, close: () => {} }
  const server = createServer((req, res) => {
    page.asked++
    page.answer(req, res)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  page.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
  page.close = () => {
    server.closeAllConnections()
    server.close()
  }
  return page
}
