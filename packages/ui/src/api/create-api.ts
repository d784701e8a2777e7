import * as z from 'zod'
import { sendWithProgress } from './send-with-progress.ts'
import { Problem, type RefusalCode, type Route, type RouteOutput } from '@copractice/core/kernel'

type MayLeaveOut<S extends z.ZodType, K extends PropertyKey> = K extends keyof z.input<S>
  ? undefined extends z.input<S>[K]
    ? K
    : never
  : never

/** A query as a caller gives it: what the contract has a default for may be left out. */
type GivenQuery<S extends z.ZodType> = {
  [K in keyof z.output<S> as K extends MayLeaveOut<S, K> ? never : K]: z.output<S>[K]
} & { [K in keyof z.output<S> as MayLeaveOut<S, K>]?: z.output<S>[K] }

type Part<Name extends string, T> = T extends undefined
  ? { [N in Name]?: undefined }
  : Record<string, never> extends T
    ? { [N in Name]?: T }
    : { [N in Name]: T }

/** What a call needs: params, query and body, each only when the route has any. */
export type Given<R extends Route> = Part<'params', z.output<R['params']>> &
  Part<'query', GivenQuery<R['query']>> &
  Part<'body', z.output<R['body']>> & {
    /** For a route that takes multipart/form-data, which a contract's body cannot describe. */
    form?: FormData
    /** For a form: how much of it has left, 0 to 1. */
    onProgress?: (share: number) => void
  }

/** Codes any call may meet besides the route's own refusals. `offline`: no answer came. `answer.unreadable`: not our contract. */
export type CommonCode =
  | 'offline'
  | 'session.ended'
  | 'input.invalid'
  | 'fault'
  | 'answer.unreadable'
  | 'rate.limited'
  | 'not_found'

export type CallProblem<R extends Route = Route> = Omit<Problem, 'code'> & {
  readonly code: RefusalCode<R> | CommonCode
}

const PASSING: ReadonlySet<string> = new Set(['offline', 'fault', 'rate.limited', 'session.ended'])

/** Ends by itself or by signing in again, and says nothing of what was asked for or sent. */
export const isPassing = ({ code }: Readonly<{ code: string }>): boolean => PASSING.has(code)

/** `Result`-like: the decoded answer, or a problem whose code has a sentence in the message files. */
export type Answer<R extends Route> =
  | { readonly ok: true; readonly value: RouteOutput<R> }
  | { readonly ok: false; readonly problem: CallProblem<R> }

export type BlobAnswer<R extends Route> = { ok: true; value: Blob } | Extract<Answer<R>, { ok: false }>

export type Call = (<R extends Route>(route: R, given: Given<R>, signal?: AbortSignal) => Promise<Answer<R>>) & {
  /** For a route whose answer is bytes, not JSON. */
  readonly blob: <R extends Route>(route: R, given: Given<R>) => Promise<BlobAnswer<R>>
}

export type ApiOptions = Readonly<{
  /** '' for the page's own origin. */
  baseUrl: string
  getToken: () => string | null
  onSessionEnded: () => void
  fetch?: typeof fetch
}>

const failed = <R extends Route>(code: CommonCode, facts: unknown = {}): Extract<Answer<R>, { ok: false }> => ({
  ok: false,
  problem: { code, facts },
})

/**
 * The typed fetch. Input is encoded by the route's contract before it leaves (a body the contract refuses is answered
 * `input.invalid` without a request) and the answer is decoded by it. Never rejects, except when `signal` aborts.
 */
export function createApi({ baseUrl, getToken, onSessionEnded, fetch: send = fetch }: ApiOptions): Call {
  const ask = async <R extends Route, Body>(
    route: R,
    given: Given<R>,
    read: (response: Response) => Promise<Body>,
    signal?: AbortSignal,
  ) => {
    const request = requestOf(route, given, getToken())
    if (!request.ok) return failed<R>('input.invalid', request.facts)
    try {
      const url = baseUrl + request.path
      const { form, onProgress } = given
      const response =
        form && onProgress
          ? await sendWithProgress(url, { ...request, method: route.method, body: form }, onProgress)
          : await send(url, { ...request.init, ...(signal && { signal }) })
      if (!response.ok) return await refused<R>(response, onSessionEnded)
      // An answer that breaks off on its way is none.
      return { ok: true, value: await read(response) } as const
    } catch (error) {
      if (signal?.aborted) throw error
      return failed<R>('offline')
    }
  }
  const call = async <R extends Route>(route: R, given: Given<R>, signal?: AbortSignal): Promise<Answer<R>> => {
    const answer = await ask(route, given, readBody, signal)
    return answer.ok ? decoded(route, answer.value) : answer
  }
  const blob = <R extends Route>(route: R, given: Given<R>): Promise<BlobAnswer<R>> =>
    ask(route, given, (response) => response.blob())
  return Object.assign(call, { blob })
}

type Plain = Record<string, unknown>

function requestOf(
  route: Route,
  given: { params?: unknown; query?: unknown; body?: unknown; form?: FormData },
  token: string | null,
) {
  const path = pathOf(route.path, (given.params ?? {}) as Plain) + queryText((given.query ?? {}) as Plain)
  const headers: Record<string, string> = { accept: 'application/json' }
  if (token) headers.authorization = `Bearer ${token}`
  const init: RequestInit = { method: route.method, headers, credentials: 'same-origin' }
  if (given.form) return { ok: true, path, headers, init: { ...init, body: given.form } } as const
  if (given.body !== undefined) {
    const encoded = z.safeEncode(route.body, given.body)
    if (!encoded.success) {
      const fields = encoded.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
      return { ok: false, facts: { fields } } as const
    }
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(encoded.data)
  }
  return { ok: true, path, headers, init } as const
}

const asText = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value))

function pathOf(path: string, params: Plain): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(asText(params[name])))
}

function queryText(query: Plain): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(given.map(([key, value]) => [key, asText(value)])).toString()
  return text && `?${text}`
}

/** Rejects when the body does not come whole. JSON that is none reads as null. */
async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  const text = await response.text()
  if (!response.headers.get('content-type')?.includes('json')) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

function decoded<R extends Route>(route: R, body: unknown): Answer<R> {
  const read = z.safeParse(route.response, body)
  if (!read.success) return failed('answer.unreadable')
  return { ok: true, value: read.data as RouteOutput<R> }
}

async function refused<R extends Route>(
  response: Response,
  onSessionEnded: () => void,
): Promise<Extract<Answer<R>, { ok: false }>> {
  const problem = Problem.safeParse(await response.json().catch(() => null))
  if (response.status === 401) onSessionEnded()
  if (problem.success) return { ok: false, problem: problem.data }
  if (response.status === 401) return failed('session.ended')
  if (response.status === 429) return failed('rate.limited')
  return failed(response.status === 404 ? 'not_found' : 'fault')
}
