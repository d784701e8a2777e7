import type { Router } from 'express'
import type { Logger } from 'pino'
import type { Db } from '@copractice/store/database'
import { probesPlatforms, type LtiProbe } from './check/probe-platform.ts'
import { signsAnswers, type SignDeepLinkingAnswer } from './deep-linking/sign-answer.ts'
import { createSealer } from './keys/sealer.ts'
import { toolKeys, type ToolKeys } from './keys/tool-keys.ts'
import { loginStates } from './launch/login-state.ts'
import { createOutgoing } from './net/outgoing.ts'
import { accessTokens } from './services/access-tokens.ts'
import { createServices } from './services/create-services.ts'
import type { LtiGradebook, LtiRoster } from './services/port.ts'
import { registrationRoutes } from './registration/routes.ts'
import { ltiRoutes, type LtiRoutesDeps } from './routes.ts'

export type LtiOptions = Readonly<{
  db: Db
  /** This tool as platforms know it, for example `https://space.example.org`, without a slash at the end. */
  publicUrl: string
  /** At least one, of 32 characters or more: the first seals keys and tokens at rest, the others still open what they sealed. */
  secrets: readonly [string, ...string[]]
  /** Lets LMSs be on this machine or network, and on http: for the demo, tests and a campus's own network. */
  allowLocalPlatforms: boolean
  log: Logger
  clock?: () => Date
  /** Logins, as many launches and as many reads from one address in a minute. A campus behind one address is one. */
  requestsPerMinute?: number | undefined
}>

/** The LTI engine: what the rest of Copractice knows of LTI, and nothing of how it is done. */
export type Lti = Readonly<{
  routes: <Admission>(answer: Pick<LtiRoutesDeps<Admission>, 'admit' | 'onLaunch' | 'frameAncestors'>) => Router
  keys: ToolKeys
  gradebook: LtiGradebook
  roster: LtiRoster
  signDeepLinkingAnswer: SignDeepLinkingAnswer
  probe: LtiProbe
}>

/** A thousand people who begin within one minute, with what a browser sends again when it keeps no cookies. */
const REQUESTS_PER_MINUTE = 3000

export function createLti({
  db,
  publicUrl,
  secrets,
  allowLocalPlatforms,
  log,
  clock = () => new Date(),
  requestsPerMinute = REQUESTS_PER_MINUTE,
}: LtiOptions): Lti {
  const sealer = createSealer(secrets)
  const keys = toolKeys({ db, sealer, clock })
  const outgoing = createOutgoing({ allowLocal: allowLocalPlatforms })
  const states = loginStates(secrets)
  const registration = registrationRoutes({ db, outgoing, publicUrl, clock })
  const tokens = accessTokens({ db, sealer, keys, outgoing, clock })
  return {
    keys,
    signDeepLinkingAnswer: signsAnswers({ keys, clock }),
    probe: probesPlatforms({ keys, outgoing, publicUrl, clock }),
    ...createServices({ db, tokens, outgoing, publicUrl, clock }),
    routes: (answer) =>
      ltiRoutes({ db, publicUrl, keys, states, outgoing, clock, log, requestsPerMinute, registration, ...answer }),
  }
}
