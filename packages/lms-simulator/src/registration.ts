import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { keepInLog, type Platform } from './platform.ts'
import type { Answer } from './profiles/dialect.ts'
import { registrationRequest, TOOL_CONFIGURATION } from './profiles/tool-configuration.ts'
import { SCOPES } from './services/scopes.ts'
import { bearerOf } from './services/serve.ts'
import { describeTool, newIds } from './tools.ts'

const HOUR = 3_600_000

/** The tool's registration address with what it needs to answer: our configuration and a token for one use, one hour. */
export function registrationUrl(platform: Platform, toolUrl: string): string {
  const now = platform.now().getTime()
  const token = randomBytes(32).toString('base64url')
  const living = platform.state.registrationTokens.filter(({ expires }) => expires > now)
  platform.state.registrationTokens = [...living, { token, expires: now + HOUR }]
  platform.save()
  const url = new URL(toolUrl)
  url.searchParams.set('openid_configuration', platform.url + platform.dialect.paths.openidConfiguration)
  url.searchParams.set('registration_token', token)
  return url.href
}

/** POST of a tool's own registration. It stays off until an admin turns it on. */
export function register(platform: Platform, req: Request, res: Response): void {
  const answer = decide(platform, req)
  keepInLog(platform, {
    at: platform.now().toISOString(),
    service: 'registration',
    method: 'POST',
    path: req.path,
    status: answer.status,
    message: 'A tool registers itself',
    answer: answer.status < 300 ? 'accepted, not turned on yet' : `refused (${answer.status})`,
    body: req.body,
  })
  platform.save()
  res.status(answer.status).json(answer.body)
}

function decide(platform: Platform, req: Request): Answer {
  const token = bearerOf(req)
  const { state, dialect } = platform
  const known = state.registrationTokens.find((each) => each.token === token && each.expires > platform.now().getTime())
  if (known === undefined) return { status: 401, body: { error: 'invalid_token' } }
  const body: unknown = req.body
  const request = typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {}
  const refusal = dialect.refuseRegistration(request)
  if (refusal !== undefined) return refusal
  state.registrationTokens = state.registrationTokens.filter((each) => each !== known)

  const parsed = registrationRequest.parse(request)
  const configuration = parsed[TOOL_CONFIGURATION]
  const deepLinking = configuration.messages.find(({ type }) => type === 'LtiDeepLinkingRequest')
  const asked = parsed.scope.split(' ').filter((scope) => SCOPES.includes(scope))
  const tool = {
    ...newIds(platform),
    ...describeTool({
      name: freeName(platform, parsed.client_name),
      loginUrl: parsed.initiate_login_uri,
      launchUrl: configuration.target_link_uri,
      redirectUris: parsed.redirect_uris,
      jwksUrl: parsed.jwks_uri,
      domain: configuration.domain,
      scopes: asked,
      custom: configuration.custom_parameters ?? {},
      ...(deepLinking === undefined
        ? {}
        : { deepLinkingUrl: deepLinking.target_link_uri ?? configuration.target_link_uri }),
    }),
    active: false,
  }
  state.tools.push(tool)
  return { status: 200, body: dialect.registrationReply(tool, { ...request, scope: asked.join(' ') }) }
}

/** A tool that registers again is another tool: its name gets a number. */
function freeName(platform: Platform, name: string): string {
  const taken = (each: string) => platform.state.tools.some((tool) => tool.name === each)
  if (!taken(name)) return name
  let number = 2
  while (taken(`${name} (${number})`)) number += 1
  return `${name} (${number})`
}
