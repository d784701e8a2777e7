import type { Platform } from '../platform.ts'
import type { Tool } from '../state.ts'
import type { Answer } from './dialect.ts'
import {
  commonConfiguration,
  PLATFORM_CONFIGURATION,
  registrationRequest,
  TOOL_CONFIGURATION,
} from './tool-configuration.ts'

/** Moodle's OpenID configuration. */
export function moodleOpenidConfiguration(platform: Platform): Record<string, unknown> {
  const { paths } = platform.dialect
  return {
    ...commonConfiguration(platform.issuer, {
      authorization: platform.url + paths.authorization,
      token: platform.url + paths.token,
      jwks: platform.url + paths.jwks,
      registration: platform.url + paths.registration,
    }),
    [PLATFORM_CONFIGURATION]: {
      product_family_code: 'moodle',
      version: '4.5 (Build: 20241007)',
      messages_supported: [
        { type: 'LtiResourceLinkRequest' },
        { type: 'LtiDeepLinkingRequest', placements: ['ContentArea'] },
      ],
      variables: [
        'Context.id',
        'Context.id.history',
        'ResourceLink.id',
        'ResourceLink.title',
        'Person.name.full',
        'Moodle.Person.userGroupIds',
      ],
    },
  }
}

/** 400 when something is missing, or when `domain` (with its port) is not where `target_link_uri` leads. */
export function refuseMoodleRegistration(request: Record<string, unknown>): Answer | undefined {
  const parsed = registrationRequest.safeParse(request)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { status: 400, body: { message: `missing or wrong: ${issue?.path.join('/') ?? ''}` } }
  }
  const { domain, target_link_uri: target } = parsed.data[TOOL_CONFIGURATION]
  return new URL(target).host === domain
    ? undefined
    : { status: 400, body: { message: 'domain_targetlinkuri_mismatch' } }
}

/**
 * The registration as Moodle gives it back: the deployment inside the tool configuration, and of the messages only
 * deep linking, without custom parameters, labels or icons.
 */
export function moodleRegistrationReply(tool: Tool, request: Record<string, unknown>): Record<string, unknown> {
  const parsed = registrationRequest.parse(request)
  const { [TOOL_CONFIGURATION]: configuration, ...rest } = parsed
  const messages = configuration.messages
    .filter(({ type }) => type === 'LtiDeepLinkingRequest')
    .map(({ type, target_link_uri }) => ({ type, ...(target_link_uri === undefined ? {} : { target_link_uri }) }))
  return {
    ...rest,
    client_id: tool.clientId,
    [TOOL_CONFIGURATION]: {
      version: '1.3.0',
      deployment_id: tool.deploymentId,
      target_link_uri: configuration.target_link_uri,
      domain: configuration.domain,
      custom_parameters: configuration.custom_parameters ?? {},
      claims: configuration.claims,
      messages,
    },
  }
}
