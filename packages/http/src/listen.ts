import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'

export type Listening = Readonly<{ port: number; close: () => Promise<void> }>

/** Longer than balancers keep a connection that nobody uses, mostly a minute: else they send on one that we are closing. */
const KEPT_ALIVE_MS = 75_000

/**
 * Starts listening. Rejects with one clear line when the port is taken. Closing lets requests under way finish, for at most
 * three seconds, and tells whoever sent them to send the next elsewhere.
 */
export async function listen(app: Express, port: number, variable: string, host?: string): Promise<Listening> {
  const server: Server = host ? app.listen(port, host) : app.listen(port)
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${port} is in use. Stop what uses it, or set ${variable} to another port.`, { cause: error })
  }
  server.keepAliveTimeout = KEPT_ALIVE_MS
  const underWay = new Set<ServerResponse>()
  server.prependListener('request', (_req, res) => {
    underWay.add(res)
    res.once('close', () => underWay.delete(res))
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close')
      for (const res of underWay) if (!res.headersSent) res.setHeader('connection', 'close')
      server.close()
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 3000).unref()
      await closed
    },
  }
}
