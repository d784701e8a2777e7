import express, { Router, type ErrorRequestHandler, type RequestHandler, type Response } from 'express'
import type { Logger } from 'pino'
import type { PlatformId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import type { ToolKeys } from './keys/tool-keys.ts'
import { beginLogin, LOGIN_PARAMETERS, withoutStorage } from './launch/begin-login.ts'
import { browserCookie } from './launch/browser-cookie.ts'
import { completeLaunch, LAUNCH_PARAMETERS, type Admit } from './launch/complete-launch.ts'
import { isFramed, readForm } from './launch/form.ts'
import { isHostedCanvas } from './launch/is-on-platform.ts'
import { limitRefusals, limitVisits } from './launch/limit-visits.ts'
import { knownPlatforms, type KnownPlatforms } from './launch/known-platforms.ts'
import type { LoginStates } from './launch/login-state.ts'
import { platformKeys } from './launch/platform-keys.ts'
import { newReference } from './launch/new-reference.ts'
import { Refused } from './launch/refused.ts'
import type { VerifiedLaunch } from './launch/verified-launch.ts'
import type { Outgoing } from './net/outgoing.ts'
import { faultPage } from './pages/fault-page.ts'
import { newWindowPage } from './pages/new-window-page.ts'
import { getPage, putPage, type PlatformStorage } from './pages/platform-storage-page.ts'
import { refusalPage } from './pages/refusal-page.ts'
import { REFUSAL_WORDS } from './pages/refusal-words.ts'
import { sendPage } from './pages/shell.ts'
import { canvasConfiguration } from './registration/canvas-configuration.ts'
import { toolIcon } from './registration/icon.ts'

export type LtiRoutesDeps<Admission> = Readonly<{
  db: Db
  /** This server as platforms know it, without a slash at the end. */
  publicUrl: string
  keys: ToolKeys
  states: LoginStates
  outgoing: Outgoing
  clock: () => Date
  log: Logger
  /** Logins, as many launches and as many reads that one address may send in a minute; of anything else a fiftieth. */
  requestsPerMinute: number
  /** Origins of a platform that may show our answers to it in a frame. */
  frameAncestors: (platform: Readonly<{ platformId: PlatformId }>) => Promise<readonly string[]>
  admit: Admit<Admission>
  /** Answers a launch that was let in. */
  onLaunch: (admission: Admission, launch: VerifiedLaunch, res: Response) => Promise<void>
  /** Serves `/lti/register`. */
  registration: Router
}>

/** What is only read, by anybody. */
const READ_ONLY = ['/lti/jwks.json', '/lti/canvas-config.json', '/lti/icon.svg']

/** `/lti/login`, `/lti/launch`, `/lti/register`, and what is only read. Whatever is sent here, the answer is never a 5xx for it. */
export function ltiRoutes<Admission>(deps: LtiRoutesDeps<Admission>): Router {
  const router = Router()
  const platforms = knownPlatforms(deps.db)
  const form = express.urlencoded({ extended: false, limit: '256kb', parameterLimit: 200 })
  router.use('/lti', limitVisits(deps))
  const login = serveLogin({ ...deps, platforms })
  router.get('/lti/login', login).post('/lti/login', form, login)
  router.post('/lti/launch', form, serveLaunch({ ...deps, platforms }))
  router.get('/lti/jwks.json', async (_req, res) => {
    // Platforms on other origins may read it in a browser: it is public.
    res.set({ 'cache-control': 'public, max-age=300', 'cross-origin-resource-policy': 'cross-origin' })
    res.json(await deps.keys.publicKeys())
  })
  // Canvas fetches the first for whoever makes a developer key, browsers the second for course pages: both are for all.
  router.get('/lti/canvas-config.json', (_req, res) => {
    res.set({ 'cache-control': 'public, max-age=300', 'cross-origin-resource-policy': 'cross-origin' })
    res.json(canvasConfiguration(deps.publicUrl))
  })
  router.get('/lti/icon.svg', (_req, res) => {
    res.set({ 'cache-control': 'public, max-age=86400', 'cross-origin-resource-policy': 'cross-origin' })
    res.type('svg').send(toolIcon())
  })
  router.use('/lti/register', deps.registration)
  router.all(['/lti/login', '/lti/launch', ...READ_ONLY], (req, res) => {
    res.set('allow', req.path === '/lti/login' ? 'GET, POST' : req.path === '/lti/launch' ? 'POST' : 'GET')
    throw new Refused('launch.method_not_allowed')
  })
  router.use('/lti', () => {
    throw new Refused('launch.address_unknown')
  })
  router.use('/lti', refusalHandler(deps))
  router.use(['/lti/login', '/lti/launch'], faultHandler(deps))
  return router
}

type LoginDeps = Pick<LtiRoutesDeps<never>, 'publicUrl' | 'frameAncestors' | 'states' | 'clock'> &
  Readonly<{ platforms: KnownPlatforms }>

function serveLogin(deps: LoginDeps): RequestHandler {
  const cookies = browserCookie(deps.publicUrl)
  return async (req, res) => {
    const form = readForm(req.method === 'POST' ? req.body : req.query, LOGIN_PARAMETERS)
    const browser = { secrets: cookies.read(req.get('cookie')), isFramed: isFramed(req) }
    const step = await beginLogin(form, browser, deps)
    res.set('cache-control', 'no-store')
    if (step.kind === 'window') {
      return sendPage(res, 200, newWindowPage(step.to, await framersOf(step.platform, deps)))
    }
    res.append('set-cookie', cookies.write(step.cookie))
    // The address is made of escaped parameters; `redirect` would escape it again and write a text that nobody reads.
    if (step.kind !== 'put') return void res.writeHead(302, { location: step.to, 'content-length': '0' }).end()

    const storage = storageOf(step.platform.authorizationEndpoint, step.frame, step.state)
    const next = { address: step.to, otherwise: withoutStorage(form, deps) }
    sendPage(res, 200, putPage(storage, step.cookie, next, { framedBy: await framersOf(step.platform, deps) }))
  }
}

function serveLaunch<Admission>(
  deps: LtiRoutesDeps<Admission> & Readonly<{ platforms: KnownPlatforms }>,
): RequestHandler {
  const cookies = browserCookie(deps.publicUrl)
  const launchDeps = { ...deps, keys: platformKeys(deps) }
  return async (req, res) => {
    const form = readForm(req.body, LAUNCH_PARAMETERS)
    const isOwnPage = req.get('sec-fetch-site') === 'same-origin'
    const step = await completeLaunch(form, { secrets: cookies.read(req.get('cookie')), isOwnPage }, launchDeps)
    res.set('cache-control', 'no-store')
    if (step.kind === 'admitted') return deps.onLaunch(step.admission, step.launch, res)

    const storage = storageOf(step.platform.authorizationEndpoint, step.frame, step.state)
    const launch = { address: '/lti/launch', state: step.state, idToken: step.idToken }
    sendPage(res, 200, getPage(storage, launch, { framedBy: await framersOf(step.platform, deps) }))
  }
}

/**
 * Who may frame the pages between login and launch: the platform itself. On Instructure's Canvas a school may have any name of its own, which
 * only a launch tells us: these pages show nothing, can be made to do nothing, and speak to the endpoint's origin alone.
 */
const framersOf = async (
  platform: Readonly<{ platformId: PlatformId; issuer: string }>,
  deps: Pick<LtiRoutesDeps<never>, 'frameAncestors'>,
) => (isHostedCanvas(platform.issuer) ? ANY_SECURE : deps.frameAncestors(platform))

const ANY_SECURE = ['https:'] as const

/** Window messages go to the authorization endpoint's origin only, whatever the frame is called. */
function storageOf(authorizationEndpoint: string, frame: string, state: string): PlatformStorage {
  return { targetOrigin: new URL(authorizationEndpoint).origin, frame, key: `lti_state_${state}` }
}

/**
 * Every refusal becomes a page with a code and a reference; what is no refusal and not the sender's is a fault. Of one
 * address only so many are kept in a minute: the rest show one reference, which says that there were too many.
 */
function refusalHandler(
  deps: Pick<LtiRoutesDeps<never>, 'db' | 'clock' | 'log' | 'requestsPerMinute' | 'frameAncestors'>,
): ErrorRequestHandler {
  const { clock } = deps
  const limit = limitRefusals(deps)
  return async (error: unknown, req, res, next) => {
    const refused = refusalOf(error)
    if (!refused || res.headersSent) return next(error)
    const { code, platform, invite } = refused
    const at = clock()
    const { reference, isKept } = await limit(req.ip ?? '', refused)
    // From an LMS that nobody connected, the page is all that its administrator gets to see; it can be made to do nothing.
    const framedBy = platform ? await framersOf(platform, deps) : ('any' as const)
    const shown = {
      code,
      reference,
      at,
      isOurs: isKept && (platform !== null || invite !== null),
      framedBy,
      isFramed: isFramed(req) ?? false,
    }
    sendPage(res, REFUSAL_WORDS[code].status, refusalPage(shown))
  }
}

/** Whoever was on the way in reads in words that something of ours is broken, and what to do; the log has the reference. */
function faultHandler({ clock, log }: Pick<LtiRoutesDeps<never>, 'clock' | 'log'>): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error)
    const reference = newReference()
    log.error({ err: error, reference, method: req.method, path: req.baseUrl }, 'fault')
    sendPage(res, 500, faultPage({ reference, at: clock(), isFramed: isFramed(req) ?? false }))
  }
}

/** Body parsers mark what they could not read with a 4xx status. */
function refusalOf(error: unknown): Refused | undefined {
  if (error instanceof Refused) return error
  const status = (error as { status?: unknown } | null)?.status
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined
  return new Refused(status === 413 ? 'launch.request_too_large' : 'launch.request_unreadable', { status })
}
