import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { Problem } from '@copractice/core/kernel'

/** The request carries no session that still holds: 401 `session.ended`. */
export class Unauthenticated extends Error {}

/** Known, and not for this: 403 with the code that says why. */
export class NotAllowed extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

type Issue = Readonly<{ path: readonly PropertyKey[]; message: string }>

/** What was sent does not fit the contract: 422 `input.invalid`. An answer that does not fit is a fault of ours. */
export class InvalidInput extends Error {
  readonly fields: readonly Readonly<{ field: string; message: string }>[]
  constructor({ issues }: Readonly<{ issues: readonly Issue[] }>) {
    super('input does not fit the contract')
    this.fields = issues.map(({ path, message }) => ({ field: path.join('.'), message }))
  }
}

/** Body parsers and uploads mark the errors that are the sender's with a 4xx status. */
const senderStatus = (error: unknown): number | undefined => {
  const status = (error as { status?: unknown } | null)?.status
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}

export function answerProblem(res: Response, status: number, problem: Problem): void {
  res.status(status).json(problem)
}

/** The address of an LMS's registration is a secret while it holds; so are a calendar's, and a key in any other address. */
const withoutKeys = (path: string) =>
  path.replace(/^(\/(?:lti\/register|calendar)\/).+$/i, '$1…').replaceAll(/\/[0-9a-f]{64}(?=\/|$)/gi, '/…')

/** Invalid input is 422 naming the fields; a fault is logged once with a reference and answered without its cause. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error)
    if (error instanceof Unauthenticated) return answerProblem(res, 401, { code: 'session.ended', facts: {} })
    if (error instanceof NotAllowed) return answerProblem(res, 403, { code: error.code, facts: {} })
    if (error instanceof InvalidInput) {
      return answerProblem(res, 422, { code: 'input.invalid', facts: { fields: error.fields } })
    }
    const status = senderStatus(error)
    if (status) return answerProblem(res, status, { code: 'input.unreadable', facts: {} })

    const reference = randomUUID()
    log.error({ err: error, reference, method: req.method, path: withoutKeys(req.path) }, 'fault')
    answerProblem(res, 500, { code: 'fault', facts: {}, reference })
  }
}
