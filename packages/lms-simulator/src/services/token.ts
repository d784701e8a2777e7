import { randomBytes } from 'node:crypto'
import { decodeJwt } from 'jose'
import type { Platform } from '../platform.ts'
import type { Answer } from '../profiles/dialect.ts'
import type { Tool } from '../state.ts'
import { toolByClientId } from '../tools.ts'
import type { Call } from './serve.ts'
import { isFirstUse, verifyToolJwt } from './verify-tool-jwt.ts'

const LIFETIME_SECONDS = 3600
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

function refuse(error: string, reason: string): Answer {
  return { status: 400, body: { error, error_description: reason }, reason: `${error}, ${reason}` }
}

function claimedTool(platform: Platform, assertion: string): Tool | undefined {
  try {
    return toolByClientId(platform, decodeJwt(assertion).iss)
  } catch {
    return undefined
  }
}

/** What "What arrived" says of a token request. */
export function tellToken({ platform, text }: Call): { message: string } {
  const tool = claimedTool(platform, new URLSearchParams(text).get('client_assertion') ?? '')
  return { message: tool === undefined ? 'Asks for an access token' : `${tool.name} asks for an access token` }
}

/** The client credentials grant with a signed assertion: iss = sub = client id, aud = this endpoint, jti used once. */
export async function grantToken({ platform, req, text }: Call): Promise<Answer> {
  if (req.is('application/x-www-form-urlencoded') === false) return refuse('invalid_request', 'the body is not a form')
  const form = new URLSearchParams(text)
  if (form.get('grant_type') !== 'client_credentials')
    return refuse('unsupported_grant_type', 'grant_type is not client_credentials')
  if (form.get('client_assertion_type') !== JWT_BEARER)
    return refuse('invalid_request', 'client_assertion_type is not jwt-bearer')
  const assertion = form.get('client_assertion') ?? ''
  const tool = claimedTool(platform, assertion)
  if (tool === undefined || !tool.active) return refuse('invalid_client', 'the client is not known or not turned on')
  const verified = await verifyToolJwt(platform, tool, assertion, platform.url + platform.dialect.paths.token)
  if (!verified.ok) return refuse('invalid_client', verified.reason)
  if (verified.claims.sub !== tool.clientId) return refuse('invalid_client', 'sub is not the client id')
  if (!isFirstUse(platform, tool, 'jti', verified.claims.jti))
    return refuse('invalid_client', 'jti is missing or was used before')

  const asked = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '')
  const granted = asked.filter((scope) => tool.scopes.includes(scope))
  if (granted.length === 0) return refuse('invalid_scope', 'none of the scopes is granted to this tool')
  return grant(platform, tool, granted)
}

function grant(platform: Platform, tool: Tool, scopes: string[]): Answer {
  const now = platform.now().getTime()
  const token = randomBytes(32).toString('base64url')
  const living = platform.state.accessTokens.filter((each) => each.expires > now)
  platform.state.accessTokens = [
    ...living,
    { token, clientId: tool.clientId, scopes, expires: now + LIFETIME_SECONDS * 1000 },
  ]
  return {
    status: 200,
    contentType: platform.dialect.tokenContentType,
    headers: { 'Cache-Control': 'no-store' },
    body: { access_token: token, token_type: 'Bearer', expires_in: LIFETIME_SECONDS, scope: scopes.join(' ') },
  }
}
