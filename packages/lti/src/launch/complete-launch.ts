import { decodeJwt } from 'jose'
import type { Db } from '@copractice/store/database'
import {
  areClientsOf,
  consumeLogin,
  findLogin,
  listPlatformOrigins,
  adoptFirstDeployment,
  type RememberedLogin,
  type WaitingLogin,
} from '@copractice/store/connection'
import { hashSecret, isSecret } from './browser-cookie.ts'
import { CLAIMS } from './claims.ts'
import type { Form } from './form.ts'
import type { PlatformKeys } from './platform-keys.ts'
import { readMessage } from './read-message.ts'
import { Refused } from './refused.ts'
import type { VerifiedLaunch } from './verified-launch.ts'
import { verifyIdToken } from './verify-id-token.ts'

export const LAUNCH_PARAMETERS = ['id_token', 'state', 'error', 'browser'] as const
export type LaunchForm = Form<(typeof LAUNCH_PARAMETERS)[number]>

export type LaunchStep =
  | Readonly<{ kind: 'verified'; launch: VerifiedLaunch }>
  /** No cookie came back; the LMS may have kept the secret for us. */
  | Readonly<{ kind: 'ask_storage'; login: WaitingLogin; frame: string; state: string; idToken: string }>

type Deps = Readonly<{ db: Db; keys: PlatformKeys; clock: () => Date }>

/**
 * The LMS's answer to a login (LTI Security Framework 5.1.1.3): uses the login up, once and only for the browser that
 * began it, then proves the message. `secrets` are what the browser's cookies brought. Throws `Refused`.
 */
export async function completeLaunch(form: LaunchForm, secrets: readonly string[], deps: Deps): Promise<LaunchStep> {
  const { state, id_token: idToken, error, browser } = form
  if (error) throw await refusedByLms(error, state, deps)
  if (!state) throw new Refused('launch.state_missing')
  if (!idToken) throw new Refused('launch.token_missing')

  const told = isSecret(browser) ? [...secrets, browser] : secrets
  const claim = {
    stateHash: hashSecret(state),
    browserHashes: told.map(hashSecret),
    deploymentId: claimedDeployment(idToken),
  }
  const login = await consumeLogin(deps.db, claim, deps.clock())
  if (login) return { kind: 'verified', launch: await verify(idToken, login, deps) }

  const waiting = await findLogin(deps.db, claim.stateHash, deps.clock())
  if (!waiting) throw new Refused('launch.state_unknown')
  const wasAsked = browser !== undefined
  if (!waiting.storageTarget || wasAsked) throw new Refused('launch.browser_mismatch', {}, waiting)
  return { kind: 'ask_storage', login: waiting, frame: waiting.storageTarget, state, idToken }
}

async function verify(idToken: string, login: RememberedLogin, deps: Deps): Promise<VerifiedLaunch> {
  try {
    if (login.status === 'parked') throw new Refused('launch.connection_parked')
    if (login.status === 'disabled') throw new Refused('launch.connection_disabled')
    const { keys, clock, db } = deps
    const areOurs = (issuer: string, clientIds: readonly string[]) => areClientsOf(db, issuer, clientIds)
    const payload = await verifyIdToken(idToken, login, { keys, clock, areOurs })
    const namesReturn = payload[CLAIMS.messageType] === 'LtiDeepLinkingRequest'
    const launch = readMessage(payload, login, namesReturn ? await listPlatformOrigins(db, login) : [])
    await checkDeployment(launch, login, db)
    return launch
  } catch (error) {
    if (error instanceof Refused) throw new Refused(error.code, error.facts, login)
    throw error
  }
}

/**
 * A deployment has to be known. Canvas does not tell one when it registers, so a connection that our administrator has
 * confirmed without any takes its first; every further one has to be added by an administrator.
 */
async function checkDeployment(launch: VerifiedLaunch, login: RememberedLogin, db: Db): Promise<void> {
  switch (login.deploymentStatus) {
    case 'active':
      return
    case 'disabled':
      throw new Refused('launch.connection_disabled')
    case 'parked':
      throw new Refused('launch.deployment_parked')
    case null:
      if (await adoptFirstDeployment(db, login, launch.deploymentId)) return
      throw new Refused('launch.deployment_unknown')
  }
}

/** Only chooses which row is looked up along with the login; what counts is read again once the signature holds. */
function claimedDeployment(idToken: string): string | null {
  try {
    const claimed = decodeJwt(idToken)[CLAIMS.deploymentId]
    return typeof claimed === 'string' && claimed.length <= 255 && !claimed.includes('\0') ? claimed : null
  } catch {
    return null
  }
}

async function refusedByLms(error: string, state: string | undefined, { db, clock }: Deps): Promise<Refused> {
  const login = state ? await findLogin(db, hashSecret(state), clock()) : undefined
  return new Refused('launch.lms_error', { error: error.replace(/[^\w.-]/g, '?').slice(0, 60) }, login ?? null)
}
