import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'

export type Listening = Readonly<{ port: number; close: () => Promise<void> }>

/** Starts listening. Rejects with one clear line when the port is taken. Closing lets requests under way finish. */
export async function listen(app: Express, port: number, variable: string, host?: string): Promise<Listening> {
  const server: Server = host ? app.listen(port, host) : app.listen(port)
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${port} is in use. Stop what uses it, or set ${variable} to another port.`, { cause: error })
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 3000).unref()
      await closed
    },
  }
}
