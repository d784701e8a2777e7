import type { Db } from '@copractice/store/database'
import {
  areClientsOf,
  listPlatformOrigins,
  type LaunchingPlatform,
  type LaunchTicket,
  type TicketTaken,
} from '@copractice/store/connection'
import { refuseUnconfirmed } from './addresses-stood-for.ts'
import { isSecret } from './browser-cookie.ts'
import { CLAIMS } from './claims.ts'
import type { Form } from './form.ts'
import type { KnownPlatforms } from './known-platforms.ts'
import type { BegunLogin, LoginStates } from './login-state.ts'
import { meetDeployment } from './meet-deployment.ts'
import type { PlatformKeys } from './platform-keys.ts'
import { readMessage } from './read-message.ts'
import { Refused } from './refused.ts'
import type { VerifiedLaunch } from './verified-launch.ts'
import { verifyIdToken } from './verify-id-token.ts'

export const LAUNCH_PARAMETERS = ['id_token', 'state', 'error', 'browser'] as const
export type LaunchForm = Form<(typeof LAUNCH_PARAMETERS)[number]>

export type LaunchingBrowser = Readonly<{
  /** What its cookies brought. */
  secrets: readonly string[]
  /** Whether it says that a page of ours sent this. */
  isOwnPage: boolean
}>

export type LaunchStep<Admission> =
  | Readonly<{ kind: 'admitted'; launch: VerifiedLaunch; admission: Admission }>
  /** No cookie came back; the LMS may have kept the secret for us. */
  | Readonly<{ kind: 'ask_storage'; platform: LaunchingPlatform; frame: string; state: string; idToken: string }>

/**
 * Takes the launch's ticket and lets the person in. The ticket is what makes a launch count once: unless it was taken,
 * nothing is written and nobody is in.
 */
export type Admit<Admission> = (launch: VerifiedLaunch, ticket: LaunchTicket) => Promise<Admitting<Admission>>
export type Admitting<Admission> =
  | Readonly<{ kind: 'admitted'; admission: Admission }>
  | Readonly<{ kind: 'not_taken'; taken: TicketTaken }>

export type LaunchDeps<Admission> = Readonly<{
  db: Db
  keys: PlatformKeys
  platforms: KnownPlatforms
  states: LoginStates
  clock: () => Date
  admit: Admit<Admission>
}>

/**
 * The LMS's answer to a login (LTI Security Framework 5.1.1.3): only for the browser that began it, proves the message,
 * then uses the login up, once, by letting the person in. Throws `Refused`. What a form says of the browser counts only
 * where the login offered the LMS's storage and our own page posted it: any other site could post the secret of a login
 * that it began itself, and so bring its visitor in as somebody else.
 */
export async function completeLaunch<Admission>(
  form: LaunchForm,
  { secrets, isOwnPage }: LaunchingBrowser,
  deps: LaunchDeps<Admission>,
): Promise<LaunchStep<Admission>> {
  const { state, id_token: idToken, error, browser } = form
  if (error) throw await refusedByLms(error, state, deps)
  if (!state) throw new Refused('launch.state_missing')
  if (!idToken) throw new Refused('launch.token_missing')

  const login = deps.states.read(state, deps.clock())
  if (!login) throw new Refused('launch.state_unknown')
  const mayTell = login.storageTarget !== null && isOwnPage
  const told = mayTell && isSecret(browser) ? [...secrets, browser] : secrets
  if (told.some(login.isOfBrowser)) return admitProved(idToken, login, deps)

  const platform = await deps.platforms.read(login.platformId)
  if (!platform) throw new Refused('launch.state_unknown')
  const wasAsked = browser !== undefined
  if (!login.storageTarget || wasAsked) throw new Refused('launch.browser_mismatch', {}, platform)
  return { kind: 'ask_storage', platform, frame: login.storageTarget, state, idToken }
}

/**
 * Proves the message by the connection as this process remembers it. Letting in asks the database whether that still holds;
 * and before anybody is refused by what is remembered, it is read again.
 */
async function admitProved<Admission>(
  idToken: string,
  login: BegunLogin,
  deps: LaunchDeps<Admission>,
): Promise<LaunchStep<Admission>> {
  const remembered = deps.platforms.remembered(login.platformId)
  try {
    if (remembered) return await admitBy(remembered, idToken, login, deps)
  } catch (error) {
    const isStill = !(error instanceof Refused) || isSame(remembered!, await deps.platforms.read(login.platformId))
    if (isStill) throw error
  }
  const platform = await deps.platforms.read(login.platformId)
  if (!platform) throw new Refused('launch.state_unknown')
  return admitBy(platform, idToken, login, deps)
}

async function admitBy<Admission>(
  platform: LaunchingPlatform,
  idToken: string,
  login: BegunLogin,
  deps: LaunchDeps<Admission>,
): Promise<LaunchStep<Admission>> {
  try {
    const launch = await prove(platform, idToken, login, deps)
    const ticket = { loginId: login.id, expiresAt: login.expiresAt, platform, deploymentId: launch.deploymentId }
    const first = await deps.admit(launch, ticket)
    if (first.kind === 'admitted') return { ...first, launch }
    const { taken } = first
    // A deployment has to be known; what becomes of one that is not is decided here, and once.
    const deploymentStatus = await meetDeployment(taken, ticket, deps.db)
    const isNowKnown = taken.deploymentStatus === null && deploymentStatus === 'active'
    const admitting = isNowKnown
      ? await deps.admit(launch, ticket)
      : ({ ...first, taken: { ...taken, deploymentStatus } } as const)
    if (admitting.kind === 'admitted') return { ...admitting, launch }
    const code = refusalOf(admitting.taken)
    // An administrator who looks the refusal up can let this very deployment in.
    const isAboutDeployment = code === 'launch.deployment_unknown' || code === 'launch.deployment_parked'
    throw new Refused(code, isAboutDeployment ? { deployment: launch.deploymentId } : {})
  } catch (error) {
    if (error instanceof Refused) throw new Refused(error.code, error.facts, platform)
    throw error
  }
}

async function prove<Admission>(
  platform: LaunchingPlatform,
  idToken: string,
  login: BegunLogin,
  { db, keys, clock }: LaunchDeps<Admission>,
): Promise<VerifiedLaunch> {
  if (platform.status === 'parked') throw new Refused('launch.connection_parked')
  if (platform.status === 'disabled') throw new Refused('launch.connection_disabled')
  refuseUnconfirmed(platform)
  const areOurs = (issuer: string, clientIds: readonly string[]) => areClientsOf(db, issuer, clientIds)
  const expected = { ...platform, nonce: login.nonce }
  const payload = await verifyIdToken(idToken, expected, { keys, clock, areOurs })
  const namesReturn = payload[CLAIMS.messageType] === 'LtiDeepLinkingRequest'
  const sites = namesReturn ? await listPlatformOrigins(db, platform) : []
  return readMessage(payload, { platform, login, sites })
}

function refusalOf({ isAsProved, deploymentStatus }: TicketTaken) {
  // The connection changed while the message was looked at; what it is now is read before this is said to anybody.
  if (!isAsProved) return 'launch.state_unknown'
  switch (deploymentStatus) {
    case 'disabled':
      return 'launch.connection_disabled'
    case 'parked':
      return 'launch.deployment_parked'
    case null:
      return 'launch.deployment_unknown'
    case 'active':
      return 'launch.state_unknown'
  }
}

const isSame = (one: LaunchingPlatform, other: LaunchingPlatform | undefined): boolean =>
  other !== undefined && Object.entries(one).every(([name, value]) => other[name as keyof LaunchingPlatform] === value)

async function refusedByLms<Admission>(
  error: string,
  state: string | undefined,
  { platforms, states, clock }: LaunchDeps<Admission>,
): Promise<Refused> {
  const login = state ? states.read(state, clock()) : undefined
  const platform = login && (await platforms.read(login.platformId))
  return new Refused('launch.lms_error', { error: error.replace(/[^\w.-]/g, '?').slice(0, 60) }, platform ?? null)
}
