import type { IncomingMessage, ServerResponse } from 'node:http'
import express, { type Express, type Router } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { seeBody } from './find-unkept.ts'
import { problemHandler } from './problem.ts'

export type ServerOptions = Readonly<{
  log: Logger
  /** Mounted in this order, each under its prefix, before the web pages. */
  mounts: readonly Readonly<{ at: string; router: Router }>[]
  /** Folder of the built web app; its index.html answers every page address. */
  web: string
  /** Origins that may show our pages in a frame; none for the admin app. Asked at each page, because connections come and go. */
  frameAncestors: () => Promise<readonly string[]>
  /** Requests to /api a minute from one address. */
  apiRequestsPerMinute: number
  /** How many proxies stand before this process (Express `trust proxy`). */
  trustedProxies: number
  isHealthy: () => Promise<boolean>
}>

/** The house's Express: security headers, limits, contract problems, the built web app with hashed assets cached for good. */
export function createServer(options: ServerOptions): Express {
  const { log, mounts, web, frameAncestors, apiRequestsPerMinute, trustedProxies, isHealthy } = options
  const app = express()
  app.disable('x-powered-by').set('trust proxy', trustedProxies)
  // Before the headers: they are worked out from the database, whose silence this has to tell.
  app.get('/healthz', async (_req, res) => {
    const healthy = await isHealthy()
    res
      .status(healthy ? 200 : 503)
      .type('text')
      .send(healthy ? 'ok' : 'the database does not answer')
  })
  app.use(securityHeaders(frameAncestors))
  app.use(
    // A calendar's address is its key: it is not to be found by trying.
    ['/api', /^\/calendar\/[^/]+\.ics$/],
    rateLimit({
      windowMs: 60_000,
      limit: apiRequestsPerMinute,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      message: { code: 'rate.limited', facts: {} },
    }),
  )
  app.use('/api', (_req, res, next) => {
    res.set('cache-control', 'no-store')
    next()
  })
  app.use('/api', express.json({ limit: '1mb', verify: seeBody }))
  for (const { at, router } of mounts) app.use(at, router)
  app.use('/api', (_req, res) => {
    res.status(404).json({ code: 'route.unknown', facts: {} })
  })
  app.use(
    '/assets',
    express.static(`${web}/assets`, { immutable: true, maxAge: '1y', fallthrough: false, redirect: false }),
  )
  app.use(express.static(web, { index: false, redirect: false }))
  app.get('/{*page}', (_req, res) => {
    res.set('cache-control', 'no-cache').sendFile('index.html', { root: web })
  })
  app.use(problemHandler(log))
  return app
}

/** Connected LMSs come and go; lists of before are dropped rather than kept for good. */
const MOST_LISTS = 20

/** Headers for whoever may frame us now. Working them out costs more than sending them, so it is done once for each list. */
function securityHeaders(frameAncestors: ServerOptions['frameAncestors']): express.RequestHandler {
  const known = new Map<string, ReadonlyMap<string, string>>()
  return async (_req, res, next) => {
    const ancestors = await frameAncestors()
    const key = ancestors.join(' ')
    const headers = known.get(key) ?? headersFor(ancestors)
    if (!known.has(key)) {
      if (known.size >= MOST_LISTS) known.clear()
      known.set(key, headers)
    }
    for (const [name, value] of headers) res.setHeader(name, value)
    next()
  }
}

/** helmet's defaults, tightened; what differs is said here. They depend on nothing in the request. */
function headersFor(ancestors: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  const setHeaders = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // InstUI (emotion) writes its rules into style elements at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ancestors.length ? [...ancestors] : ["'none'"],
      },
    },
    // frame-ancestors above decides; the older header cannot name several origins.
    xFrameOptions: ancestors.length ? false : { action: 'deny' },
    // An LMS may open us in a window of its own and listen for our message to close it.
    crossOriginOpenerPolicy: ancestors.length ? false : { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  })
  const taken = { setHeader: (name: string, value: string) => headers.set(name, value), removeHeader: () => {} }
  setHeaders({} as IncomingMessage, taken as unknown as ServerResponse, (error) => {
    if (error) throw error
  })
  return headers
}
