import { Router, type Request, type Response } from 'express'
import * as z from 'zod'
import type { RefusalCode, Refusal, Result, Route, RouteInput, RouteOutput } from '@copractice/core/kernel'
import { findUnkept, mayHoldUnkept } from './find-unkept.ts'
import { answerProblem, InvalidInput } from './problem.ts'

/** Every refusal of a route has a status: a new code fails the type check until it gets one. */
export type StatusOf<R extends Route> = Readonly<Record<RefusalCode<R>, number>>

export type Handler<R extends Route, Context> = (
  input: RouteInput<R> & { context: Context; req: Request; res: Response },
) => Promise<Result<RouteOutput<R>, Refusal<RefusalCode<R>>>>

export type Served<Context> = Readonly<{
  router: Router
  serve: <R extends Route>(route: R, status: StatusOf<R>, handler: Handler<R, Context>) => void
}>

/**
 * A router whose routes are contracts. Input is parsed at the edge, the answer is encoded by the contract's schema, so
 * a field that the contract does not name never leaves the server. `contextOf` finds who asks, or throws `Unauthenticated`.
 */
export function routesFor<Context>(contextOf: (req: Request) => Promise<Context>): Served<Context> {
  const router = Router()
  return {
    router,
    serve: (route, status, handler) => {
      const verb = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
      router[verb](route.path, async (req, res) => {
        const context = await contextOf(req)
        const input = parse(route, req)
        const result = await handler({ ...input, context, req, res })
        if (res.headersSent) return
        if (!result.ok) {
          const { code, facts } = result.refusal
          answerProblem(res, status[code], { code, facts })
          return
        }
        const body = z.encode(route.response, result.value)
        if (body === undefined) res.status(204).end()
        else res.status(route.method === 'POST' ? 201 : 200).json(body)
      })
    },
  }
}

function parse<R extends Route>(route: R, req: Request): RouteInput<R> {
  return {
    params: decode(route.params, req.params),
    query: decode(route.query, req.query),
    body: route.body instanceof z.ZodUndefined ? undefined : decode(route.body, req.body, mayHoldUnkept(req)),
  } as RouteInput<R>
}

function decode(schema: z.ZodType, sent: unknown, mayHold = true): unknown {
  const path = mayHold ? findUnkept(sent) : undefined
  if (path) throw new InvalidInput({ issues: [{ path, message: 'holds a character that cannot be kept' }] })
  const parsed = schema.safeParse(sent)
  if (parsed.success) return parsed.data
  throw new InvalidInput(parsed.error)
}
