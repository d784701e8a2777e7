import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TOOL } from './addresses.ts'

/** One request as it left the browser. */
export type Seen = Readonly<{
  method: string
  url: string
  referer: string
  cookie: string
  /** The bearer token, where it carried one. */
  token: string
  body: string
  status: number
}>

export type Proxy = Readonly<{ server: string; seen: readonly Seen[]; close: () => void }>

/**
 * Stands between one browser context and everything it asks for, so that a journey sees each request whole. The tool's
 * cookies neither reach the browser nor leave it where `dropsCookies` says so: `everywhere`, or `in frames` only.
 * `missing` names paths that answer 404.
 */
export async function openProxy(
  options: Readonly<{ dropsCookies?: 'everywhere' | 'in frames'; missing?: string }> = {},
): Promise<Proxy> {
  const seen: Seen[] = []
  const server = createServer((req, res) => void pass(req, res, options, seen))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { server: `http://127.0.0.1:${port}`, seen, close: () => server.close().closeAllConnections() }
}

async function pass(
  req: IncomingMessage,
  res: ServerResponse,
  { dropsCookies, missing }: Parameters<typeof openProxy>[0] & object,
  seen: Seen[],
): Promise<void> {
  const url = new URL(req.url!)
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const { 'proxy-connection': _, ...headers } = req.headers
  const isFramed = headers['sec-fetch-dest'] !== 'document'
  const drops = url.origin === TOOL && (dropsCookies === 'everywhere' || (dropsCookies === 'in frames' && isFramed))
  if (drops) delete headers.cookie
  const keep = (status: number) =>
    seen.push({
      method: req.method!,
      url: url.href,
      referer: headers.referer ?? '',
      cookie: headers.cookie ?? '',
      token: /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '',
      body: body.toString(),
      status,
    })
  if (url.pathname === missing) {
    keep(404)
    res.writeHead(404).end()
    return
  }
  const onward = request(
    { host: '127.0.0.1', port: url.port, method: req.method, path: url.pathname + url.search, headers },
    (answer) => {
      keep(answer.statusCode!)
      const { 'set-cookie': cookies, ...others } = answer.headers
      res.writeHead(answer.statusCode!, { ...others, ...(cookies && !drops ? { 'set-cookie': cookies } : {}) })
      answer.pipe(res)
    },
  )
  onward.on('error', () => res.destroy())
  onward.end(body)
}
