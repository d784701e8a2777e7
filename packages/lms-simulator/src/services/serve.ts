import express, { type Request, type RequestHandler, type Response } from 'express'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault, FaultService, LogEntry } from '../options.ts'
import { keepInLog, type Platform } from '../platform.ts'
import type { Answer } from '../profiles/dialect.ts'
import { tellAnswer } from './tell-answer.ts'

/** A service request, read far enough to say in "What arrived" what it is about. */
export type Call = {
  platform: Platform
  req: Request
  url: URL
  params: Record<string, string>
  text: string
  /** The JSON body, undefined where there is none that can be read. */
  json: unknown
}
export type Telling = Pick<LogEntry, 'message'> & Partial<Pick<LogEntry, 'courseId' | 'columnId' | 'personId'>>

function readCall(platform: Platform, req: Request): Call {
  const text = typeof req.body === 'string' ? req.body : ''
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  const params = Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)]))
  return { platform, req, url: new URL(req.originalUrl, platform.url), params, text, json }
}

/** The access token a request shows. */
export function bearerOf(req: Request): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(req.headers.authorization ?? '')?.[1]
}

function send(res: Response, { status, body, contentType, headers }: Answer): void {
  res.status(status)
  if (headers !== undefined) res.set(headers)
  if (body === undefined) res.end()
  else {
    // Written by hand: Express would add a charset, and some tools compare the type to the letter.
    res.setHeader('Content-Type', contentType ?? 'application/json; charset=utf-8')
    // As bytes: Node would write a text body and the header above it in one encoding, and spoil Moodle's quotes.
    res.end(Buffer.from(JSON.stringify(body)))
  }
}

/** What the fault answers in place of the service; undefined when the service is still to be asked. */
function faultAnswer(platform: Platform, fault: Fault | undefined, req: Request): Answer | undefined {
  switch (fault?.kind) {
    case 'error':
      return { status: 500, body: { error: 'internal_server_error' }, reason: 'broken' }
    case 'busy':
      return {
        status: 429,
        body: { error: 'rate_limited' },
        headers: { 'Retry-After': String(fault.retryAfterSeconds ?? 1) },
        reason: 'too busy',
      }
    case 'expired_token': {
      const token = bearerOf(req)
      platform.state.accessTokens = platform.state.accessTokens.filter((each) => each.token !== token)
      return { status: 401, body: { error: 'invalid_token' }, reason: 'token forgotten' }
    }
    default:
      return undefined
  }
}

/**
 * Wraps a service: draws the fault, asks the service, saves, logs, answers. State is saved before the answer, so
 * that what was acknowledged is never lost; `reset_after` then cuts the line in place of the answer, `silence_after` says
 * nothing and leaves the line as it is.
 */
export function serve(
  platform: Platform,
  service: FaultService,
  tell: (call: Call) => Telling,
  handle: (call: Call) => Answer | Promise<Answer>,
): RequestHandler[] {
  const readText = express.text({ type: () => true, limit: '1mb', defaultCharset: 'utf-8' })
  return [
    readText,
    async (req, res) => {
      const call = readCall(platform, req)
      const telling = tell(call)
      const fault = platform.faults.draw(service, bearerOf(req) !== undefined)
      const late = fault?.kind === 'latency' ? fault.milliseconds : fault?.lateMilliseconds
      if (late !== undefined) await sleep(late)
      const isSilent = fault?.kind === 'silence_before' || fault?.kind === 'silence_after'
      const dropsBefore = fault?.kind === 'reset_before' || fault?.kind === 'silence_before'
      const answer: Answer = dropsBefore ? { status: 0 } : (faultAnswer(platform, fault, req) ?? (await handle(call)))
      const drops = dropsBefore || fault?.kind === 'reset_after' || isSilent
      keepInLog(platform, {
        at: platform.now().toISOString(),
        service,
        method: req.method,
        path: req.originalUrl,
        status: drops ? 'dropped' : answer.status,
        ...telling,
        answer: tellAnswer(platform, service, telling, answer, fault),
        ...(fault === undefined ? {} : { fault: fault.kind }),
        ...(call.json === undefined ? {} : { body: call.json }),
      })
      if (req.method !== 'GET') platform.save()
      if (isSilent) return
      if (drops) req.socket.destroy()
      else send(res, answer)
    },
  ]
}
