import { createHmac } from 'node:crypto'
import type { SimulatedLink, SimulatedPerson } from '../options.ts'
import { linksOf, opaque, opaqueUuid, type Platform } from '../platform.ts'
import { canvasResultScore, takeCanvasScore } from './canvas-score.ts'
import { canvasOpenidConfiguration, canvasRegistrationReply, refuseCanvasRegistration } from './canvas-registration.ts'
import type { Dialect, Launch } from './dialect.ts'
import { ROLE } from './roles.ts'
import { commonVariable } from './variables.ts'

const LTI = 'https://purl.imsglobal.org/spec/lti/claim'
const NO_ERRORS = { validation_context: null, errors: { errors: {} } }

function roles(person: SimulatedPerson): string[] {
  switch (person.role) {
    case 'instructor':
      return [ROLE.institutionInstructor, ROLE.instructor, ROLE.systemUser]
    case 'ta':
      return [ROLE.institutionInstructor, ROLE.instructor, ROLE.teachingAssistant, ROLE.systemUser]
    case 'designer':
      return [ROLE.institutionInstructor, ROLE.contentDeveloper, ROLE.systemUser]
    case 'admin':
      return [ROLE.institutionAdministrator, ROLE.systemUser]
    case 'observer':
      return [ROLE.mentor, ROLE.systemUser]
    case 'test_student':
      return [ROLE.institutionStudent, ROLE.learner, ROLE.systemUser, ROLE.testUser]
    case 'learner':
      return [ROLE.institutionStudent, ROLE.learner, ROLE.systemUser]
  }
}

/** A course's own navigation entry shares the context's id; links placed later have ids of their own. */
function isCourseNavigation(links: SimulatedLink[], link: SimulatedLink): boolean {
  return links.find((each) => each.kind === 'navigation' && each.url === undefined)?.id === link.id
}

function legacyClaim(platform: Platform, launch: Launch, expires: number, nonce: string): Record<string, string> {
  const { tool, person } = launch
  const userId = opaque(platform, `legacy:${person.id}`)
  if (tool.legacyKey === undefined) return { user_id: userId }
  const { key, secret } = tool.legacyKey
  const text = [key, tool.deploymentId, platform.issuer, tool.clientId, expires, nonce].join('&')
  const sign = createHmac('sha256', secret).update(text).digest('base64')
  return { user_id: userId, oauth_consumer_key: key, oauth_consumer_key_sign: sign }
}

function variable(platform: Platform, launch: Launch, name: string): string | undefined {
  const { person, course, link } = launch
  const student = person.role === 'learner' || person.role === 'test_student'
  const dates: Record<string, string | undefined> = {
    '$ResourceLink.available.startDateTime': link?.unlockAt,
    '$ResourceLink.available.endDateTime': link?.lockAt,
    '$ResourceLink.submission.endDateTime': link?.dueAt,
    '$Canvas.assignment.unlockAt.iso8601': link?.unlockAt,
    '$Canvas.assignment.lockAt.iso8601': link?.lockAt,
    '$Canvas.assignment.dueAt.iso8601': link?.dueAt,
    '$Canvas.assignment.allDueAts.iso8601': link?.dueAt,
  }
  if (link?.kind === 'assignment' && name in dates) return dates[name] ?? ''
  switch (name) {
    case '$Canvas.assignment.id':
      return link?.kind === 'assignment' ? link.id : undefined
    case '$Canvas.course.id':
      return course.id
    case '$Canvas.user.id':
      return opaque(platform, `user:${person.id}`).slice(0, 6)
    case '$Canvas.course.sectionIds':
      return opaque(platform, `section:${course.id}`).slice(0, 4)
    case '$com.instructure.User.sectionNames':
      return JSON.stringify([course.label])
    case '$Canvas.user.prefersHighContrast':
      return String(person.highContrast ?? false)
    case '$com.instructure.Person.pronouns':
      return person.pronouns ?? ''
    case '$Person.address.timezone':
      return person.timeZone ?? 'Etc/UTC'
    case '$com.instructure.PostMessageToken':
      return opaqueUuid(platform, `post-message:${course.id}:${person.id}`)
    case '$Canvas.assignment.anonymous_participants':
      return link?.kind === 'assignment' ? 'false' : undefined
    case '$Canvas.membership.roles':
      return student ? 'StudentEnrollment' : 'TeacherEnrollment'
    default:
      return commonVariable(platform, launch, name)
  }
}

const courseUrl = (platform: Platform, id: string): string =>
  `${platform.url}/api/lti/courses/${encodeURIComponent(id)}`

/** Canvas, as lti-facts describe it: UUIDs, an hour's id token, platform storage, attempts, pages of at most 50. */
export const canvas: Dialect = {
  label: 'Canvas',
  paths: {
    authorization: '/api/lti/authorize_redirect',
    token: '/login/oauth2/token',
    jwks: '/api/lti/security/jwks',
    openidConfiguration: '/api/lti/security/openid-configuration',
    registration: '/api/lti/registrations',
  },
  servicePaths: {
    lineitems: '/api/lti/courses/:course/line_items',
    lineitem: '/api/lti/courses/:course/line_items/:item',
    scores: '/api/lti/courses/:course/line_items/:item/scores',
    results: '/api/lti/courses/:course/line_items/:item/results',
    result: '/api/lti/courses/:course/line_items/:item/results/:user',
    memberships: '/api/lti/courses/:course/names_and_roles',
  },
  idTokenSeconds: 3600,
  startsLoginBy: 'redirect',
  storageTarget: 'post_message_forwarding',
  exactMedia: false,
  iatAheadSeconds: 30,
  iatMaxAgeSeconds: 300,
  tokenContentType: 'application/json; charset=utf-8',

  toolIds: (platform, number) => ({
    clientId: String(10_000_000_000_001 + number),
    deploymentId: `${6 + number}:${opaque(platform, `deployment:${number}`)}`,
  }),
  contextId: (platform, course) =>
    /^[0-9a-f]{40}$/.test(course.id) ? course.id : opaque(platform, `course:${course.id}`),
  resourceLinkId: (platform, course, link) =>
    isCourseNavigation(linksOf(platform, course), link)
      ? canvas.contextId(platform, course)
      : opaqueUuid(platform, `link:${course.id}:${link.id}`),
  launchRoles: roles,
  rosterRoles: roles,
  variable,
  claims(platform, launch) {
    const { tool, course, person, link, target } = launch
    const guid = `${opaque(platform, 'guid')}:canvas-lms`
    return {
      azp: tool.clientId,
      locale: person.locale ?? 'en',
      picture: `${platform.url}/assets/person.svg`,
      lti11_legacy_user_id: opaque(platform, `legacy:${person.id}`),
      'https://www.instructure.com/placement':
        launch.kind === 'deep_linking'
          ? launch.deepLinking?.wanted === 'assignment'
            ? 'assignment_selection'
            : 'link_selection'
          : link?.kind === 'navigation' &&
              canvas.resourceLinkId(platform, course, link) === canvas.contextId(platform, course)
            ? 'course_navigation'
            : null,
      [`${LTI}/context`]: {
        id: canvas.contextId(platform, course),
        label: course.label,
        title: course.title,
        type: ['http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering'],
        ...NO_ERRORS,
      },
      [`${LTI}/tool_platform`]: {
        guid,
        name: platform.name,
        version: 'cloud',
        product_family_code: 'canvas',
        ...NO_ERRORS,
      },
      [`${LTI}/launch_presentation`]: {
        document_target: target,
        return_url: `${platform.url}/courses/${encodeURIComponent(course.id)}`,
        locale: person.locale ?? 'en',
        height: target === 'iframe' ? 800 : null,
        width: target === 'iframe' ? 1000 : null,
        ...NO_ERRORS,
      },
      [`${LTI}/lis`]: { person_sourcedid: person.email, course_offering_sourcedid: course.label, ...NO_ERRORS },
      ...(person.role === 'observer' ? { [`${LTI}/role_scope_mentor`]: person.observes ?? [] } : {}),
    }
  },

  findServiceCourse: (platform, id) => platform.courses.find((course) => course.id === id),
  lineItemsUrl: (platform, _tool, course) => `${courseUrl(platform, course.id)}/line_items`,
  lineItemUrl: (platform, _tool, course, column) => `${courseUrl(platform, course.id)}/line_items/${column.id}`,
  membershipsUrl: (platform, _tool, course) => `${courseUrl(platform, course.id)}/names_and_roles`,
  refuseRequest: () => undefined,
  foreignItem: { status: 412, reason: 'the line item is not of this course and tool' },
  page: { memberships: { default: 50, greatest: 50 }, items: { default: 10, greatest: 100 } },
  nextPage(current, { page, limit }) {
    const at = (number: number) => {
      const url = new URL(current)
      url.searchParams.set('page', String(number))
      url.searchParams.set('per_page', String(limit))
      return url.href
    }
    return `<${at(page)}>; rel="current",<${at(page + 1)}>; rel="next",<${at(1)}>; rel="first"`
  },

  lineItemBody: (platform, column) =>
    column.linkId === undefined && column.submissionType === undefined
      ? {}
      : {
          'https://canvas.instructure.com/lti/submission_type': {
            type: column.submissionType ?? 'external_tool',
            external_tool_url: `${platform.url}/launch`,
          },
        },
  takeScore: takeCanvasScore,
  refuseLearner: (person) =>
    person !== undefined && (person.role === 'learner' || person.role === 'test_student')
      ? undefined
      : { status: 422, reason: 'User not found in course or is not a student' },
  refuseDelete: (column) =>
    column.madeBy === 'link' ? { status: 401, reason: 'the column belongs to an assignment' } : undefined,
  resultBody: (cell, column, itemUrl) => ({
    id: `${itemUrl}/results/${encodeURIComponent(cell.personId)}`,
    scoreOf: itemUrl,
    userId: cell.personId,
    resultScore: canvasResultScore(cell, column),
    resultMaximum: cell.resultMaximum ?? 1,
    ...(cell.comments.length === 0 ? {} : { comment: cell.comments.at(-1) }),
  }),

  registrationReply: canvasRegistrationReply,
  refuseRegistration: refuseCanvasRegistration,
  openidConfiguration: canvasOpenidConfiguration,
}

export { legacyClaim }
