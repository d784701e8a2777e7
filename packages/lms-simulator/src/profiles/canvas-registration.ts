import type { Platform } from '../platform.ts'
import type { Tool } from '../state.ts'
import type { Answer } from './dialect.ts'
import {
  commonConfiguration,
  PLATFORM_CONFIGURATION,
  registrationRequest,
  TOOL_CONFIGURATION,
} from './tool-configuration.ts'

const PLACEMENTS = [
  'account_navigation',
  'assignment_selection',
  'course_assignments_menu',
  'course_navigation',
  'editor_button',
  'global_navigation',
  'homework_submission',
  'link_selection',
  'module_index_menu_modal',
  'module_menu_modal',
  'submission_type_selection',
  'user_navigation',
]

/** Canvas's OpenID configuration; placements come plain, tools may also write them as full URLs. */
export function canvasOpenidConfiguration(platform: Platform): Record<string, unknown> {
  const { paths } = platform.dialect
  return {
    ...commonConfiguration(platform.issuer, {
      authorization: platform.url + paths.authorization,
      token: platform.url + paths.token,
      jwks: platform.url + paths.jwks,
      registration: platform.url + paths.registration,
    }),
    authorization_server: new URL(platform.url).host,
    [PLATFORM_CONFIGURATION]: {
      product_family_code: 'canvas',
      version: 'OpenSource',
      messages_supported: [
        { type: 'LtiResourceLinkRequest', placements: PLACEMENTS },
        { type: 'LtiDeepLinkingRequest', placements: ['assignment_selection', 'link_selection', 'editor_button'] },
      ],
      variables: ['Context.id', 'Context.id.history', 'ResourceLink.id', 'Person.name.full', 'Canvas.assignment.id'],
      'https://canvas.instructure.com/lti/account_name': platform.name,
    },
  }
}

/** 422 with the list of what is missing or unknown, as Canvas does. */
export function refuseCanvasRegistration(request: Record<string, unknown>): Answer | undefined {
  const parsed = registrationRequest.safeParse(request)
  if (!parsed.success)
    return {
      status: 422,
      body: { errors: parsed.error.issues.map(({ path, message }) => ({ field: path.join('/'), message })) },
    }
  const errors = parsed.data[TOOL_CONFIGURATION].messages.flatMap(({ type, placements = [] }) => [
    ...(['LtiResourceLinkRequest', 'LtiDeepLinkingRequest'].includes(type)
      ? []
      : [{ field: 'messages', message: `unknown type ${type}` }]),
    ...placements
      .map((placement) => placement.replace('https://canvas.instructure.com/lti/', ''))
      .filter((placement) => !PLACEMENTS.includes(placement))
      .map((placement) => ({ field: 'placements', message: `unknown placement ${placement}` })),
  ])
  return errors.length === 0 ? undefined : { status: 422, body: { errors } }
}

/** What was registered, with the client id. There is no deployment before an admin turns the tool on. */
export function canvasRegistrationReply(tool: Tool, request: Record<string, unknown>): Record<string, unknown> {
  return { ...request, client_id: tool.clientId }
}
