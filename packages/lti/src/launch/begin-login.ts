import type { LaunchingPlatform } from '@copractice/store/connection'
import { refuseUnconfirmed } from './addresses-stood-for.ts'
import { newSecret } from './browser-cookie.ts'
import type { Form } from './form.ts'
import type { KnownPlatforms } from './known-platforms.ts'
import type { LoginStates } from './login-state.ts'
import { Refused } from './refused.ts'

export const LOGIN_PARAMETERS = [
  'iss',
  'login_hint',
  'target_link_uri',
  'client_id',
  'lti_deployment_id',
  'lti_message_hint',
  'lti_storage_target',
  'cookie',
] as const
export type LoginForm = Form<(typeof LOGIN_PARAMETERS)[number]>

export type LoginStep =
  /** Everything is in place: on to the LMS. `cookie` is the secret to leave with the browser. */
  | Readonly<{ kind: 'go'; to: string; cookie: string }>
  /** Leave the secret with the LMS first, because this browser may keep no cookie for us. */
  | Readonly<{ kind: 'put'; to: string; cookie: string; state: string; platform: LaunchingPlatform; frame: string }>
  /** Come back once, to see whether the cookie does. */
  | Readonly<{ kind: 'probe'; to: string; cookie: string }>
  /** It does not, and the LMS keeps nothing for us: a new window, before the LMS's hints are used up. */
  | Readonly<{ kind: 'window'; to: string; platform: LaunchingPlatform }>

type Browser = Readonly<{
  /** Secrets that its cookies brought. */
  secrets: readonly string[]
  /** Undefined when it does not say. */
  isFramed: boolean | undefined
}>
type Deps = Readonly<{ platforms: KnownPlatforms; states: LoginStates; publicUrl: string; clock: () => Date }>

const LOGIN_MINUTES = 10
/** A frame's name, which travels in the state; with a longer one it is as if none had been offered. */
const LONGEST_FRAME = 255
const PROBED = 'probed'

/**
 * Third-party initiated login (LTI Security Framework 5.1.1): finds the platform, makes state and nonce for this one
 * browser, and decides how the browser will prove at the launch that it is the same: a cookie where cookies are known to
 * come back, the LMS's platform storage where it is offered, else a new window. Never by nothing.
 */
export async function beginLogin(form: LoginForm, browser: Browser, deps: Deps): Promise<LoginStep> {
  const { iss, login_hint: loginHint, target_link_uri: target } = form
  const frame = storageFrame(form)
  if (!iss || !loginHint || !target) throw new Refused('launch.login_incomplete')
  if (!isOurs(target, deps.publicUrl)) throw new Refused('launch.target_foreign')

  const known = browser.secrets[0]
  const secret = known ?? newSecret()
  const wasProbed = form.cookie === PROBED
  const mayLackCookies = known === undefined && browser.isFramed === true
  if (mayLackCookies && !frame && !wasProbed) return { kind: 'probe', to: again(form, deps, PROBED), cookie: secret }
  const platform = await findPlatform(form, deps)
  if (mayLackCookies && wasProbed) return { kind: 'window', to: again(form, deps), platform }

  const { state, nonce } = makeState(form, platform, secret, deps)
  const to = authorizationAddress(form, platform, { state, nonce, publicUrl: deps.publicUrl })
  return mayLackCookies && frame
    ? { kind: 'put', to, cookie: secret, state, platform, frame }
    : { kind: 'go', to, cookie: secret }
}

const storageFrame = ({ lti_storage_target: frame }: LoginForm) =>
  frame !== undefined && frame.length <= LONGEST_FRAME ? frame : undefined

/** Where to go when the LMS's storage did not keep the secret: the same login, to see whether the cookie came back. */
export const withoutStorage = (form: LoginForm, deps: Pick<Deps, 'publicUrl'>) => again(form, deps, PROBED)

function again(form: LoginForm, { publicUrl }: Pick<Deps, 'publicUrl'>, cookie?: string): string {
  const { lti_storage_target: _, cookie: __, ...kept } = form
  return `${publicUrl}/lti/login?${new URLSearchParams({ ...kept, ...(cookie ? { cookie } : {}) }).toString()}`
}

async function findPlatform(form: LoginForm, { platforms }: Deps): Promise<LaunchingPlatform> {
  const [platform, other] = await platforms.ofLogin(form.iss!, form.client_id ?? null)
  if (!platform) throw new Refused('launch.platform_unknown')
  if (other) throw new Refused('launch.platform_ambiguous')
  if (platform.status === 'parked') throw new Refused('launch.connection_parked', {}, platform)
  if (platform.status === 'disabled') throw new Refused('launch.connection_disabled', {}, platform)
  refuseUnconfirmed(platform)
  return platform
}

function makeState(form: LoginForm, platform: LaunchingPlatform, secret: string, { states, clock }: Deps) {
  return states.issue({
    platformId: platform.platformId,
    secret,
    targetLinkUri: form.target_link_uri!,
    deploymentId: form.lti_deployment_id ?? null,
    storageTarget: storageFrame(form) ?? null,
    expiresAt: new Date(clock().getTime() + LOGIN_MINUTES * 60_000),
  })
}

function authorizationAddress(
  form: LoginForm,
  platform: LaunchingPlatform,
  { state, nonce, publicUrl }: Readonly<{ state: string; nonce: string; publicUrl: string }>,
): string {
  const address = new URL(platform.authorizationEndpoint)
  const parameters = {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: platform.clientId,
    redirect_uri: `${publicUrl}/lti/launch`,
    login_hint: form.login_hint!,
    state,
    nonce,
    ...(form.lti_message_hint === undefined ? {} : { lti_message_hint: form.lti_message_hint }),
  }
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
  return address.href
}

function isOurs(address: string, publicUrl: string): boolean {
  return URL.parse(address)?.origin === new URL(publicUrl).origin
}
