import { lookup as resolveName, type LookupAddress } from 'node:dns'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

export type OutgoingRequest = Readonly<{
  method: 'GET' | 'POST'
  url: string
  headers?: Readonly<Record<string, string>>
  body?: string
  /** From the first byte asked to the last byte read. */
  timeoutMs?: number
  maxBytes?: number
}>
export type Answer = Readonly<{ status: number; header: (name: string) => string | null; text: string }>

export type OutgoingTrouble = 'address_refused' | 'timeout' | 'too_large' | 'broken'
/** No whole answer came. Whether the request was applied is unknown, except when the address was refused. */
export class OutgoingFailure extends Error {
  readonly kind: OutgoingTrouble
  /** Survives being wrapped by other HTTP clients. */
  readonly code: string
  constructor(kind: OutgoingTrouble, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
    this.code = `ERR_${kind.toUpperCase()}`
  }
}

export type Outgoing = Readonly<{
  send: (request: OutgoingRequest) => Promise<Answer>
  /** Throws `OutgoingFailure` when this address may not be called. */
  refuseAddress: (url: string) => void
  /** For other HTTP clients: resolves a name, and fails when it points inside. */
  lookup: LookupFunction
}>

/**
 * Of a name that is known nowhere and of one that leads inside: told apart, they would tell whoever may enter an address
 * which names there are on our own network.
 */
const NO_PUBLIC_NAME = 'No public address is known by this name.'

const TIMEOUT = 10_000
const MAX_BYTES = 5_000_000

/**
 * Calls to addresses that others told us. Only https and only to the open internet, checked where the connection is made
 * so that a name cannot change its meaning in between; `allowLocal` lifts both for LMSs on this machine or network. Never
 * follows a redirect, never waits or reads without end.
 */
export function createOutgoing({ allowLocal }: { allowLocal: boolean }): Outgoing {
  const lookup = guardedLookup(allowLocal)
  const agents = { keepAlive: true, maxSockets: 32, scheduling: 'lifo' } as const
  const httpAgent = new HttpAgent(agents)
  const httpsAgent = new HttpsAgent(agents)

  const refuseAddress = (address: string): void => {
    const url = URL.canParse(address) ? new URL(address) : null
    if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.password)
      throw new OutgoingFailure('address_refused', 'The address is not a web address.')
    if (allowLocal) return
    if (url.protocol !== 'https:')
      throw new OutgoingFailure('address_refused', 'The address does not begin with https.')
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) && !isPublicAddress(host))
      throw new OutgoingFailure('address_refused', 'The address is not on the open internet.')
  }

  const send = async (asked: OutgoingRequest): Promise<Answer> => {
    refuseAddress(asked.url)
    const url = new URL(asked.url)
    const isSecure = url.protocol === 'https:'
    const signal = AbortSignal.timeout(asked.timeoutMs ?? TIMEOUT)
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const request = (isSecure ? httpsRequest : httpRequest)(url, {
          method: asked.method,
          agent: isSecure ? httpsAgent : httpAgent,
          lookup,
          signal,
          headers: {
            'user-agent': 'Copractice',
            ...asked.headers,
            ...(asked.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(asked.body)) }),
          },
        })
        request.once('error', reject)
        request.once('response', (response) => {
          readAnswer(response, asked.maxBytes ?? MAX_BYTES).then(resolve, reject)
        })
        request.end(asked.body)
      })
    } catch (error) {
      throw failureOf(error, signal)
    }
  }
  return { send, refuseAddress, lookup }
}

async function readAnswer(response: IncomingMessage, maxBytes: number): Promise<Answer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      response.destroy()
      throw new OutgoingFailure('too_large', `The answer is larger than ${maxBytes} bytes.`)
    }
    chunks.push(chunk)
  }
  const header = (name: string) => {
    const value = response.headers[name]
    return (Array.isArray(value) ? value.join(', ') : value) ?? null
  }
  return { status: response.statusCode ?? 0, header, text: Buffer.concat(chunks).toString('utf8') }
}

function failureOf(error: unknown, signal: AbortSignal): OutgoingFailure {
  if (error instanceof OutgoingFailure) return error
  if (signal.aborted) return new OutgoingFailure('timeout', 'No answer came in time.', { cause: error })
  const cause = error instanceof AggregateError ? error.errors[0] : error
  if (cause instanceof OutgoingFailure) return cause
  const code = (cause as NodeJS.ErrnoException | null)?.code
  if (isUnknownName(code)) return noPublicName('broken')
  return new OutgoingFailure('broken', `The connection failed${code ? ` (${code})` : ''}.`, { cause: error })
}

/** By which the resolver says that there is no such name, or none now. */
export const isUnknownName = (code: string | undefined): boolean =>
  code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EAI_AGAIN'

/** Whether no public address was known by a name, for whichever of the two reasons. */
export const isNoPublicName = ({ message }: Readonly<{ message: string }>): boolean => message === NO_PUBLIC_NAME

export const noPublicName = (kind: 'address_refused' | 'broken'): OutgoingFailure =>
  new OutgoingFailure(kind, NO_PUBLIC_NAME)

function guardedLookup(allowLocal: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '')
      const inside = !allowLocal && addresses.some(({ address }) => !isPublicAddress(address))
      const first = addresses[0]
      if (inside || !first) return callback(noPublicName('address_refused'), '')
      if (options.all) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
}
