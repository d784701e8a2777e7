import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** A post office that takes everything and remembers to whom each mail went (RFC 5321, as far as a test goes). */
export async function startPostOffice(): Promise<{ url: string; took: readonly string[]; close: () => void }> {
  const took: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    let [held, to, isData] = ['', '', false]
    socket.write('220 here\r\n')
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      held += chunk
      for (;;) {
        const end = held.indexOf('\r\n')
        if (end < 0) return
        const line = held.slice(0, end)
        held = held.slice(end + 2)
        if (isData && line !== '.') continue
        if (isData) took.push(to)
        const isRecipient = /^RCPT TO:<(.+)>/i.exec(line)
        if (isRecipient) to = isRecipient[1]!
        isData = !isData && /^DATA/i.test(line)
        socket.write(isData ? '354 go on\r\n' : '250 taken\r\n')
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { url, took, close }
}
