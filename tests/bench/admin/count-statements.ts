import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type Counted = Readonly<{ url: string; read: () => number; close: () => Promise<void> }>

/**
 * Stands between a server and its Postgres and counts what goes to it and has to be waited for: simple queries, and
 * extended ones by their Sync. What the second lock adds to a statement travels in the same message and counts once.
 */
export async function countStatements(databaseUrl: string): Promise<Counted> {
  const target = new URL(databaseUrl)
  let statements = 0
  const open = new Set<Socket>()
  const proxy = createServer((client) => {
    const database = connect(Number(target.port), target.hostname)
    for (const socket of [client, database]) {
      open.add(socket)
      socket.setNoDelay(true).on('error', () => socket.destroy())
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        database.destroy()
      })
    }
    const count = countIn(() => statements++)
    client.on('data', (chunk) => {
      count(chunk)
      database.write(chunk)
    })
    database.pipe(client)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const url = new URL(databaseUrl)
  url.port = String((proxy.address() as AddressInfo).port)
  return {
    url: url.href,
    read: () => statements,
    close: async () => {
      for (const socket of open) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}

/** Messages are a letter and a length; the first of a connection has no letter. */
function countIn(told: () => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  let hasStarted = false
  return (chunk) => {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
    for (;;) {
      const head = hasStarted ? 1 : 0
      if (rest.length < head + 4) return
      const length = head + rest.readInt32BE(head)
      if (rest.length < length) return
      const letter = hasStarted ? String.fromCharCode(rest[0]!) : ''
      hasStarted = true
      if (letter === 'Q' || letter === 'S') told()
      rest = rest.subarray(length)
    }
  }
}
