import { randomBytes } from 'node:crypto'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { createRequire } from 'node:module'
import type { DatabasePlugin, ProviderClass } from 'ltijs'
import {
  isNoPublicName,
  isUnknownName,
  noPublicName,
  OutgoingFailure,
  type Answer,
  type Outgoing,
} from '../net/outgoing.ts'

const require = createRequire(import.meta.url)
const HTTP_CLIENT = 'ltijs/dist/Utils/Http.js'
const LTIJS = /[\\/]node_modules[\\/]ltijs[\\/](?!node_modules)/
const TIMEOUT_MS = 15_000
const MAX_BYTES = 5_000_000
/** As Node.js has its own. */
const AGENT = { keepAlive: true, scheduling: 'lifo', timeout: 5000 } as const

/** The part of got 11 that ltijs calls and we set up. */
type Got = Readonly<{ extend: (options: Readonly<Record<string, unknown>>) => Got }>
type GotAnswer = { headers: Record<string, string | string[] | undefined> }
type GotRequest = PromiseLike<unknown> & {
  on?: (event: 'downloadProgress', hear: (progress: { transferred: number }) => void) => unknown
  cancel?: () => void
}

/**
 * ltijs as a client of platforms' services, never as a server: it is not deployed and its routes are not mounted. Loaded
 * when first needed, because it brings an Express and a Mongo client of its own that no launch should wait for.
 */
export function ltijsEngine(database: DatabasePlugin, outgoing: Outgoing): ProviderClass {
  hardenHttpClient(outgoing)
  const { Provider } = require('ltijs') as typeof import('ltijs')
  const engine = new Provider.constructor()
  // Its secret would seal what it stores; it stores nothing here.
  const secret = randomBytes(32).toString('hex')
  const cookies = { secure: true, sameSite: 'None' } as const
  return engine.setup(secret, { plugin: database }, { cors: false, devMode: false, cookies })
}

/**
 * Every call ltijs makes goes through one got instance without limits. It is replaced, before anything has loaded it, by
 * one that has our timeouts, size limit and address guard, follows no redirect and leaves retrying to the caller. ltijs is
 * loaded anew for that: what an earlier engine allows or refuses stays with that one.
 */
function hardenHttpClient(outgoing: Outgoing): void {
  for (const loaded of Object.keys(require.cache)) if (LTIJS.test(loaded)) delete require.cache[loaded]
  const path = require.resolve(HTTP_CLIENT)
  const stock = require(path) as Got
  require.cache[path]!.exports = stock.extend({
    timeout: { request: TIMEOUT_MS },
    retry: 0,
    followRedirect: false,
    // Unpacked, a few kilobytes may be gigabytes, and got no longer counts them once the packed length is reached.
    decompress: false,
    lookup: outgoing.lookup,
    // Not those of the process: by a proxy that its environment names, a name would be looked up where we cannot guard it.
    agent: { http: new HttpAgent(AGENT), https: new HttpsAgent(AGENT) },
    hooks: {
      beforeRequest: [({ url }: { url: URL }) => outgoing.refuseAddress(url.href)],
      afterResponse: [readableLinks],
    },
    handlers: [
      (options: unknown, next: (options: unknown) => GotRequest) => {
        const request = next(options)
        request.on?.('downloadProgress', ({ transferred }) => {
          if (transferred > MAX_BYTES) request.cancel?.()
        })
        return request
      },
    ],
  })
}

/** Moodle writes its Link header with curly quotes and escaped ampersands, which no parser takes. */
function readableLinks(response: GotAnswer): GotAnswer {
  const { link } = response.headers
  if (typeof link === 'string') {
    const text = Buffer.from(link, 'latin1').toString('utf8')
    response.headers['link'] = text.replaceAll(/[“”]/g, '"').replaceAll('&amp;', '&')
  }
  return response
}

type HttpError = Readonly<{
  response: { statusCode: number; headers: Record<string, string | undefined>; body: unknown }
}>

/** What a call through ltijs failed with: an answer of the LMS, or none. Undefined for a fault that is neither. */
export function failureOf(error: unknown): Answer | OutgoingFailure | undefined {
  if (error instanceof OutgoingFailure) return error
  const {
    name,
    code,
    message = '',
    response,
  } = (error ?? {}) as Partial<HttpError & { name: string; code: string; message: string }>
  if (name === 'HTTPError' && response) {
    const { statusCode: status, headers, body } = response
    return { status, header: (header) => headers[header] ?? null, text: typeof body === 'string' ? body : '' }
  }
  if (name === 'TimeoutError') return new OutgoingFailure('timeout', 'No answer came in time.')
  if (name === 'CancelError') return new OutgoingFailure('too_large', 'The answer is larger than we read.')
  if (name === 'RequestError' && isUnknownName(code)) return noPublicName('broken')
  if (name === 'RequestError' && code === 'ERR_ADDRESS_REFUSED' && isNoPublicName({ message }))
    return noPublicName('address_refused')
  if (name === 'RequestError' && code === 'ERR_ADDRESS_REFUSED')
    return new OutgoingFailure('address_refused', 'The address may not be called.')
  if (name === 'RequestError' || name === 'ReadError' || name === 'CacheError')
    return new OutgoingFailure('broken', 'The connection failed.')
  return undefined
}
