import type { Request, Response } from 'express'
import { signClaims } from '../keys.ts'
import { keepInLog, type Platform } from '../platform.ts'
import type { Launch } from '../profiles/dialect.ts'
import type { Tool } from '../state.ts'
import { toolByClientId } from '../tools.ts'
import { readCookie, selfPostingForm, sendNotice, sendPage } from '../pages/respond.ts'
import { claimsOf } from './id-token.ts'

type Parameters = Record<string, string>
/** Refused on a page of the LMS, or told to the tool at its redirect URI. */
type Refusal = { told: 'here'; status: number; reason: string } | { told: 'tool'; error: string; reason: string }

const here = (status: number, reason: string): Refusal => ({ told: 'here', status, reason })
const toTool = (error: string, reason: string): Refusal => ({ told: 'tool', error, reason })
const NEEDED = [
  'client_id',
  'login_hint',
  'lti_message_hint',
  'nonce',
  'prompt',
  'redirect_uri',
  'response_mode',
  'response_type',
  'scope',
]

function readParameters(req: Request): Parameters {
  const sent: unknown = req.method === 'POST' ? req.body : req.query
  if (typeof sent !== 'object' || sent === null) return {}
  return Object.fromEntries(
    Object.entries(sent).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** Canvas: whatever is wrong is told to the tool, once client and redirect URI are right. */
function refuseInCanvas(tool: Tool | undefined, sent: Parameters): Refusal | undefined {
  if (tool === undefined) return here(401, 'unauthorized_client: this client_id is not known')
  if (!tool.redirectUris.includes(sent.redirect_uri ?? '')) return here(400, 'Invalid redirect_uri')
  const missing = NEEDED.filter((name) => (sent[name] ?? '') === '')
  if (missing.length > 0)
    return toTool('invalid_request_object', `The following parameters are missing: ${missing.join(',')}`)
  if (sent.scope !== 'openid') return toTool('invalid_request_object', "The 'scope' must be 'openid'")
  if (sent.response_type !== 'id_token')
    return toTool('unsupported_response_type', "The 'response_type' must be 'id_token'")
  if (sent.response_mode !== 'form_post')
    return toTool('invalid_request_object', "The 'response_mode' must be 'form_post'")
  if (sent.prompt !== 'none') return toTool('invalid_request_object', "The 'prompt' must be 'none'")
  return undefined
}

/** Moodle: a 404 page where it cannot trust the redirect URI yet, an error at the tool for the rest. */
function refuseInMoodle(tool: Tool | undefined, sent: Parameters): Refusal | undefined {
  const complete = [
    'scope',
    'response_type',
    'client_id',
    'redirect_uri',
    'login_hint',
    'nonce',
    'lti_message_hint',
  ].every((name) => (sent[name] ?? '') !== '')
  if (tool === undefined || !complete || sent.scope !== 'openid' || sent.response_type !== 'id_token')
    return here(404, 'Invalid request')
  if (!tool.redirectUris.includes(sent.redirect_uri ?? '')) return here(404, 'Invalid request')
  if ((sent.response_mode ?? '') === '') return toTool('invalid_request', 'Missing response_mode')
  if (sent.response_mode !== 'form_post') return toTool('invalid_request', 'Invalid response_mode')
  if ((sent.prompt ?? 'none') !== 'none') return toTool('invalid_request', 'Invalid prompt')
  return undefined
}

/** Who is signed in: the cookie where the browser sent one; without it, the hint's own session has to do. */
function refusePerson(platform: Platform, req: Request, launch: Launch, sent: Parameters): Refusal | undefined {
  const signedIn = readCookie(req, platform.cookieName) ?? launch.person.id
  if (sent.login_hint === launch.person.id && signedIn === launch.person.id) return undefined
  return toTool(platform.profile === 'canvas' ? 'login_required' : 'access_denied', 'Must have an active user session')
}

function refuseLaunch(
  platform: Platform,
  req: Request,
  tool: Tool,
  launch: Launch | undefined,
  sent: Parameters,
): Refusal | undefined {
  if (launch === undefined)
    return platform.profile === 'canvas'
      ? toTool('launch_no_longer_valid', 'The launch has either expired or already been consumed')
      : here(404, 'Invalid request')
  if (launch.tool.clientId !== tool.clientId || !tool.active)
    return toTool('unauthorized_client', 'Client not authorized in requested context')
  return refusePerson(platform, req, launch, sent)
}

/** The authorization endpoint: answers a tool's OpenID request with an id token, posted to a registered redirect URI. */
export async function authorize(platform: Platform, req: Request, res: Response): Promise<void> {
  const sent = readParameters(req)
  const tool = toolByClientId(platform, sent.client_id)
  const unfit = platform.profile === 'canvas' ? refuseInCanvas(tool, sent) : refuseInMoodle(tool, sent)
  // The hint is used up as soon as it is read, whatever comes of it.
  const launch = unfit === undefined ? platform.desk.take(sent.lti_message_hint ?? '') : undefined
  const refusal =
    unfit ?? (tool === undefined ? here(404, 'Invalid request') : refuseLaunch(platform, req, tool, launch, sent))
  keepInLog(platform, {
    at: platform.now().toISOString(),
    service: 'authorization',
    method: req.method,
    path: req.path,
    status: refusal?.told === 'here' ? refusal.status : 200,
    message: launch === undefined ? 'Asks who is there' : `Asks who is there: ${launch.person.name}`,
    answer: refusal === undefined ? 'told' : `refused: ${refusal.reason}`,
    ...(launch === undefined ? {} : { courseId: launch.course.id, personId: launch.person.id }),
  })
  if (refusal?.told === 'here')
    return sendNotice(
      platform,
      res,
      refusal.status,
      'This launch could not go on',
      'Open the link once more from the course.',
      refusal.reason,
    )
  const state: Record<string, string> = sent.state === undefined ? {} : { state: sent.state }
  const fields =
    refusal === undefined && launch !== undefined
      ? { id_token: await makeToken(platform, launch, sent.nonce ?? ''), ...state, ...storageField(platform) }
      : { error: refusal?.error ?? 'invalid_request', error_description: refusal?.reason ?? '', ...state }
  sendPage(platform, res, selfPostingForm(sent.redirect_uri ?? '', fields))
}

function storageField({ dialect }: Platform): Record<string, string> {
  return dialect.storageTarget === undefined ? {} : { lti_storage_target: dialect.storageTarget }
}

async function makeToken(platform: Platform, launch: Launch, nonce: string): Promise<string> {
  const draft = { claims: claimsOf(platform, launch, nonce), how: {} }
  const hook = platform.nextIdToken
  platform.nextIdToken = undefined
  const changed = hook === undefined ? draft : hook(draft)
  return typeof changed === 'string' ? changed : signClaims(platform.state, changed.claims, changed.how)
}
