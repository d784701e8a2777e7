import type { LaunchChoice, LmsSimulator, SigningChoice } from '@copractice/lms-simulator'
import type { Browser, OpenTool, Reply } from './open-tool.ts'

export const LTI = 'https://purl.imsglobal.org/spec/lti/claim/'
export type Claims = Record<string, unknown>
/** What a test changes about an otherwise right launch. */
export type Changes = Readonly<{
  login?: Readonly<Record<string, string | undefined>>
  claims?: Claims
  how?: SigningChoice & LaunchChoice
  /** Takes the signed token apart and answers another. */
  token?: (token: string) => string
  browser?: Browser
  /** The browser that the launch comes back in, if another. */
  launchBrowser?: Browser
  state?: (state: string) => string | undefined
}>

/** All that a launch by hand needs of a tool. */
type Posted = Pick<OpenTool, 'post'>

export type Begun = Readonly<{ reply: Reply; state: string; nonce: string; target: string; browser: Browser }>

/** The login as this LMS would begin it, with changes. */
export async function begin(tool: Posted, lms: LmsSimulator, changes: Changes = {}): Promise<Begun> {
  const claims = lms.idTokenClaims()
  const target = String(claims[`${LTI}target_link_uri`])
  const browser = changes.browser ?? { cookies: '' }
  const fields = {
    iss: lms.issuer,
    login_hint: 'hint',
    target_link_uri: target,
    client_id: String(claims['aud']),
    lti_deployment_id: String(claims[`${LTI}deployment_id`]),
    ...changes.login,
  }
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const reply = await tool.post('/lti/login', Object.fromEntries(given), browser)
  const location = reply.headers.get('location')
  const asked = location ? new URL(location).searchParams : new URLSearchParams()
  return { reply, target, browser, state: asked.get('state') ?? '', nonce: asked.get('nonce') ?? '' }
}

/** A whole launch over HTTP: login, a token signed by the simulator with the claims changed, launch. */
export async function launch(tool: Posted, lms: LmsSimulator, changes: Changes = {}): Promise<Reply> {
  const begun = await begin(tool, lms, changes)
  return finish(tool, lms, begun, changes)
}

export async function finish(tool: Posted, lms: LmsSimulator, begun: Begun, changes: Changes = {}): Promise<Reply> {
  const signed = await lms.signIdToken({ nonce: begun.nonce, ...changes.claims }, changes.how)
  const token = changes.token ? changes.token(signed) : signed
  const state = changes.state ? changes.state(begun.state) : begun.state
  const fields = { id_token: token, ...(state === undefined ? {} : { state }) }
  return tool.post('/lti/launch', fields, changes.launchBrowser ?? begun.browser)
}
