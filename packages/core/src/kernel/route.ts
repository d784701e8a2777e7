import * as z from 'zod'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One HTTP route as a contract: the server mounts it, the web app's typed fetch calls it, both from this value.
 * `path` uses `:name` for each key of `params`. `refusals` lists every refusal code the route may answer with,
 * so that status codes and wording can be maps exhaustive over it.
 */
export type Route = Readonly<{
  method: Method
  path: string
  params: z.ZodType
  query: z.ZodType
  body: z.ZodType
  response: z.ZodType
  refusals: readonly string[]
}>

const none = z.undefined()
const noQuery = z.object({})

type Optional = Partial<Pick<Route, 'params' | 'query' | 'body' | 'refusals'>>
type Filled<R extends Optional, K extends keyof Optional, D> = R[K] extends NonNullable<Route[K]> ? R[K] : D

/** Fills what a route leaves out: no params, no query, no body, no refusals. */
export function route<const R extends Pick<Route, 'method' | 'path' | 'response'> & Optional>(given: R) {
  return {
    params: noQuery,
    query: noQuery,
    body: none,
    refusals: [],
    ...given,
  } as unknown as {
    readonly method: R['method']
    readonly path: R['path']
    readonly response: R['response']
    readonly params: Filled<R, 'params', typeof noQuery>
    readonly query: Filled<R, 'query', typeof noQuery>
    readonly body: Filled<R, 'body', typeof none>
    readonly refusals: Filled<R, 'refusals', readonly []>
  }
}

/** What a caller gives and what a handler receives: the decoded side, Dates for instants. */
export type RouteInput<R extends Route> = {
  params: z.output<R['params']>
  query: z.output<R['query']>
  body: z.output<R['body']>
}
export type RouteOutput<R extends Route> = z.output<R['response']>
export type RefusalCode<R extends Route> = R['refusals'][number]

/** What every failed call answers with. `code` is a refusal code, `input.invalid`, or `fault`; `reference` finds it in the log. */
export const Problem = z.object({
  code: z.string(),
  facts: z.unknown(),
  reference: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>

/** A page of a list; `next` is the cursor to ask for what follows, null at the end. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })
export const PageQuery = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** Beyond them ISO 8601 has no four digits for a year; some room is left for zones, and for what is reckoned from a date. */
const FIRST = Date.parse('0002-01-01T00:00:00Z')
const LAST = Date.parse('9999-01-01T00:00:00Z')

/** An instant: ISO 8601 text on the wire, a Date on either side of it. None outside the years 2 to 9998. */
export const Instant = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (text, { issues }) => {
    const date = new Date(text)
    if (date.getTime() >= FIRST && date.getTime() < LAST) return date
    issues.push({ code: 'custom', input: text, message: 'is outside the years that can be kept' })
    return z.NEVER
  },
  encode: (date) => date.toISOString(),
})

/** Counts on from 1, as far as a column of PostgreSQL's does: the number of a draft or a version. */
export const Ordinal = z.int().min(1).max(2_147_483_647)

/** A day of the calendar, as `2026-11-22`. There was no year 0, and PostgreSQL keeps none. */
export const Day = z.iso.date().refine((day) => day >= '0001-01-01', 'is outside the years that can be kept')
