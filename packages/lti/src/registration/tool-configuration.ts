import { SECTION_PARAMETERS } from '@copractice/core/connection'

const LTI = 'https://purl.imsglobal.org/spec/'
export const TOOL_CONFIGURATION = `${LTI}lti-tool-configuration`
const CANVAS = 'https://canvas.instructure.com/lti/'

/** What we ask of every platform: columns and scores of our own rounds, and the course's people. */
export const SCOPES = [
  `${LTI}lti-ags/scope/lineitem`,
  `${LTI}lti-ags/scope/lineitem.readonly`,
  `${LTI}lti-ags/scope/result.readonly`,
  `${LTI}lti-ags/scope/score`,
  `${LTI}lti-nrps/scope/contextmembership.readonly`,
] as const

export const DESCRIPTION = 'Communities of practice, peer review and meetings across campuses, inside your course.'

/** What a tool says about itself when it registers (LTI Dynamic Registration 1.0), with what Canvas wants beside it. */
export function toolConfiguration(profile: 'canvas' | 'moodle' | 'other', publicUrl: string): Record<string, unknown> {
  const launch = `${publicUrl}/lti/launch`
  return {
    application_type: 'web',
    grant_types: ['client_credentials', 'implicit'],
    response_types: ['id_token'],
    redirect_uris: [launch],
    initiate_login_uri: `${publicUrl}/lti/login`,
    client_name: 'Copractice',
    jwks_uri: `${publicUrl}/lti/jwks.json`,
    logo_uri: `${publicUrl}/lti/icon.svg`,
    token_endpoint_auth_method: 'private_key_jwt',
    scope: SCOPES.join(' '),
    [TOOL_CONFIGURATION]: {
      // With its port: Moodle compares it with target_link_uri.
      domain: new URL(publicUrl).host,
      description: DESCRIPTION,
      target_link_uri: launch,
      custom_parameters: customParameters(profile),
      claims: ['iss', 'sub', 'name', 'given_name', 'family_name', 'email', 'locale'],
      messages: profile === 'canvas' ? canvasMessages(launch) : messages(launch),
      ...(profile === 'canvas' ? { [`${CANVAS}privacy_level`]: 'public', [`${CANVAS}vendor`]: 'Copractice' } : {}),
    },
  }
}

/** Those that every link gets. The history of a copied course is what its links are recognised by. */
export function customParameters(profile: 'canvas' | 'moodle' | 'other'): Record<string, string> {
  const common = { context_history: '$Context.id.history', ...SECTION_PARAMETERS[profile] }
  return profile === 'canvas'
    ? { ...common, time_zone: '$Person.address.timezone', high_contrast: '$Canvas.user.prefersHighContrast' }
    : common
}

const CHOOSE = 'Place Copractice'

function messages(launch: string): Record<string, unknown>[] {
  return [
    { type: 'LtiResourceLinkRequest', label: 'Copractice' },
    { type: 'LtiDeepLinkingRequest', target_link_uri: launch, label: CHOOSE, placements: ['ContentArea'] },
    { type: 'LtiSubmissionReviewRequest' },
  ]
}

/**
 * Where Canvas shows us, by message. Canvas knows no submission review message; it relaunches what a score named as the
 * submission. No editor button: a link in a page's text would be one more kind of link to copy, with nothing gained.
 */
export const canvasPlacements = () =>
  [
    {
      type: 'LtiResourceLinkRequest',
      label: 'Copractice',
      placements: ['course_navigation'],
      /** Hidden until an instructor wants it: not every course has a cohort. */
      more: { default: 'disabled', display_type: 'full_width_in_context' },
    },
    {
      type: 'LtiDeepLinkingRequest',
      label: CHOOSE,
      placements: ['assignment_selection', 'link_selection', 'module_index_menu_modal', 'course_assignments_menu'],
      more: { selection_width: 800, selection_height: 640 },
    },
  ] as const

function canvasMessages(launch: string): Record<string, unknown>[] {
  return canvasPlacements().map(({ type, label, placements }) => ({
    type,
    target_link_uri: launch,
    label,
    placements,
    ...(type === 'LtiResourceLinkRequest'
      ? {
          [`${CANVAS}course_navigation/default_enabled`]: false,
          [`${CANVAS}display_type`]: 'full_width_in_context',
        }
      : {}),
  }))
}
