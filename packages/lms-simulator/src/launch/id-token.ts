import { randomUUID } from 'node:crypto'
import { columnsOf } from '../gradebook.ts'
import type { Platform } from '../platform.ts'
import { legacyClaim } from '../profiles/canvas.ts'
import type { Launch } from '../profiles/dialect.ts'
import { AGS_SCOPES } from '../services/scopes.ts'

const LTI = 'https://purl.imsglobal.org/spec/lti/claim'
const MESSAGE = {
  link: 'LtiResourceLinkRequest',
  deep_linking: 'LtiDeepLinkingRequest',
  submission_review: 'LtiSubmissionReviewRequest',
}

/** Tool parameters, then the link's, with the `$Variables` this LMS knows filled in. */
function customParameters(platform: Platform, launch: Launch): Record<string, string> {
  const custom = { ...launch.tool.custom, ...launch.link?.custom, ...launch.column?.submissionReview?.custom }
  return Object.fromEntries(
    Object.entries(custom).map(([name, value]) => [
      name,
      value.startsWith('$') ? (platform.dialect.variable(platform, launch, value) ?? value) : value,
    ]),
  )
}

function serviceClaims(platform: Platform, launch: Launch): Record<string, unknown> {
  const { tool, course, link } = launch
  const { dialect } = platform
  const granted = AGS_SCOPES.filter((scope) => tool.scopes.includes(scope))
  const resourceLinkId = link === undefined ? undefined : dialect.resourceLinkId(platform, course, link)
  const linked = columnsOf(platform, course, tool).filter(
    (column) => resourceLinkId !== undefined && column.resourceLinkId === resourceLinkId,
  )
  const column = launch.column ?? (linked.length === 1 ? linked[0] : undefined)
  return {
    ...(granted.length === 0
      ? {}
      : {
          'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': {
            scope: granted,
            lineitems: dialect.lineItemsUrl(platform, tool, course),
            ...(column === undefined ? {} : { lineitem: dialect.lineItemUrl(platform, tool, course, column) }),
          },
        }),
    ...(tool.scopes.some((scope) => scope.includes('lti-nrps'))
      ? {
          'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': {
            context_memberships_url: dialect.membershipsUrl(platform, tool, course),
            service_versions: platform.profile === 'moodle' ? ['1.0', '2.0'] : ['2.0'],
          },
        }
      : {}),
  }
}

function messageClaims(platform: Platform, launch: Launch): Record<string, unknown> {
  const { course, link, forPerson, deepLinking } = launch
  if (deepLinking !== undefined) {
    const one = platform.profile === 'canvas' && deepLinking.wanted === 'assignment'
    return {
      'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings': {
        deep_link_return_url: deepLinking.returnUrl,
        accept_types: ['ltiResourceLink'],
        accept_presentation_document_targets:
          platform.profile === 'canvas' ? ['iframe', 'window'] : ['frame', 'iframe', 'window'],
        accept_media_types: 'application/vnd.ims.lti.v1.ltilink',
        accept_multiple: !one,
        accept_lineitem: true,
        auto_create: false,
        ...(platform.profile === 'moodle' ? { title: '', text: '' } : {}),
      },
    }
  }
  return {
    ...(link === undefined
      ? {}
      : {
          [`${LTI}/resource_link`]: {
            id: platform.dialect.resourceLinkId(platform, course, link),
            title: link.title,
            description: platform.profile === 'canvas' ? (link.text ?? null) : (link.text ?? ''),
          },
        }),
    ...(forPerson === undefined
      ? {}
      : {
          [`${LTI}/for_user`]: {
            user_id: forPerson.id,
            name: forPerson.name,
            given_name: forPerson.givenName,
            family_name: forPerson.familyName,
            email: forPerson.email,
            roles: platform.dialect.launchRoles(forPerson),
          },
        }),
  }
}

/** The claims of a launch: those of every platform, then the profile's own. */
export function claimsOf(platform: Platform, launch: Launch, nonce: string): Record<string, unknown> {
  const { tool, person } = launch
  const now = Math.floor(platform.now().getTime() / 1000)
  const exp = now + platform.dialect.idTokenSeconds
  return {
    iss: platform.issuer,
    aud: tool.clientId,
    sub: person.id,
    iat: now,
    exp,
    nonce,
    jti: randomUUID(),
    name: person.name,
    given_name: person.givenName,
    family_name: person.familyName,
    email: person.email,
    [`${LTI}/message_type`]: MESSAGE[launch.kind],
    [`${LTI}/version`]: '1.3.0',
    [`${LTI}/deployment_id`]: tool.deploymentId,
    [`${LTI}/target_link_uri`]: launch.targetLinkUri,
    [`${LTI}/roles`]: platform.dialect.launchRoles(person),
    [`${LTI}/custom`]: customParameters(platform, launch),
    ...messageClaims(platform, launch),
    ...serviceClaims(platform, launch),
    ...platform.dialect.claims(platform, launch),
    ...(platform.profile === 'canvas' ? { [`${LTI}/lti1p1`]: legacyClaim(platform, launch, exp, nonce) } : {}),
  }
}
