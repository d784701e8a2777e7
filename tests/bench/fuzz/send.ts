import { request, type Agent } from 'node:http'
import { connect } from 'node:net'
import type { Malformed } from './malformed.ts'

/** `status` 0: the connection ended without an answer, or what came back was none of HTTP. */
export type Got = Readonly<{ status: number; text: string; location: string; cookies: string }>
export type HttpRequest = Omit<Extract<Malformed, { kind: 'http' }>, 'kind'>

const ANSWER_WITHIN_MS = 20_000

/** Sends a request as it is. Throws when no answer comes in time. */
export function send(port: number, agent: Agent, { method, path, headers, body }: HttpRequest): Promise<Got> {
  return new Promise((resolve, reject) => {
    const nothing = { status: 0, text: '', location: '', cookies: '' }
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        agent,
        method,
        path,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.once('error', () => resolve(nothing))
        answer.once('end', () => {
          const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
          const head = JSON.stringify(answer.rawHeaders)
          const text = `${head}\n${Buffer.concat(chunks).toString('utf8')}`
          resolve({ status: answer.statusCode ?? 0, text, location: answer.headers.location ?? '', cookies })
        })
      },
    )
    sent.setTimeout(ANSWER_WITHIN_MS, () => reject(new Error(`no answer to ${method} ${path.slice(0, 100)}`)))
    // A server may hang up on what is no HTTP, or on a body that is too large, before all of it was sent.
    sent.once('error', () => resolve(nothing))
    sent.end(body)
  })
}

/** Writes bytes to a connection of their own and reads whatever comes until it ends or is quiet. */
export function sendBytes(port: number, bytes: Buffer): Promise<Got> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes))
    const finish = () => {
      socket.destroy()
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text, location: '', cookies: '' })
    }
    socket.setTimeout(500, finish).on('data', (chunk) => (text += chunk.toString('utf8')))
    socket.once('error', finish).once('close', finish)
  })
}
