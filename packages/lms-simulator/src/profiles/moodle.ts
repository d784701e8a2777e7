import type { SimulatedPerson } from '../options.ts'
import { isGraded, mayTeach, opaque, smallNumber, type Platform } from '../platform.ts'
import { randomClientId } from '../tools.ts'
import type { Dialect } from './dialect.ts'
import { moodleOpenidConfiguration, moodleRegistrationReply, refuseMoodleRegistration } from './moodle-registration.ts'
import { takeMoodleScore } from './moodle-score.ts'
import { ROLE } from './roles.ts'
import { commonVariable } from './variables.ts'

const LTI = 'https://purl.imsglobal.org/spec/lti/claim'
/** Moodle's source writes typographic quotes here; as bytes of UTF-8 they fit in a header. */
const QUOTED = (word: string): string => Buffer.from(`“${word}”`, 'utf8').toString('latin1')

/** Instructor or Learner, by what the person may do; a site admin is named as such as well. */
function roles(person: SimulatedPerson): string[] {
  if (person.role === 'admin') return [ROLE.instructor, ROLE.systemAdministrator, ROLE.institutionAdministrator]
  return [mayTeach(person) ? ROLE.instructor : ROLE.learner]
}

const servicesUrl = (platform: Platform): string => `${platform.url}/mod/lti/services.php`

/** Moodle 4.5, as observed: small ids, a 60 s id token, `?type_id=`, exact media types, whole-second timestamps. */
export const moodle: Dialect = {
  label: 'Moodle',
  paths: {
    authorization: '/mod/lti/auth.php',
    token: '/mod/lti/token.php',
    jwks: '/mod/lti/certs.php',
    openidConfiguration: '/mod/lti/openid-configuration.php',
    registration: '/mod/lti/openid-registration.php',
  },
  servicePaths: {
    lineitems: '/mod/lti/services.php/:course/lineitems',
    lineitem: '/mod/lti/services.php/:course/lineitems/:item/lineitem',
    scores: '/mod/lti/services.php/:course/lineitems/:item/lineitem/scores',
    results: '/mod/lti/services.php/:course/lineitems/:item/lineitem/results',
    result: '/mod/lti/services.php/:course/lineitems/:item/lineitem/results/:user',
    memberships: '/mod/lti/services.php/CourseSection/:course/bindings/:type/memberships',
  },
  idTokenSeconds: 60,
  startsLoginBy: 'form',
  storageTarget: undefined,
  exactMedia: true,
  iatAheadSeconds: 0,
  iatMaxAgeSeconds: undefined,
  tokenContentType: 'text/html; charset=utf-8',

  toolIds: (_platform, number) => ({ clientId: randomClientId(), deploymentId: String(number) }),
  contextId: (platform, course) => smallNumber(platform, 'course', course.id),
  resourceLinkId: (platform, course, link) =>
    smallNumber(platform, 'link', /^\d+$/.test(link.id) ? link.id : `${course.id}/${link.id}`),
  launchRoles: roles,
  // A non-editing teacher is an Instructor at launch and a Learner here.
  rosterRoles: (person) => [person.role === 'instructor' ? 'Instructor' : 'Learner'],
  variable: (platform, launch, name) =>
    name === '$Moodle.Person.userGroupIds' ? '' : commonVariable(platform, launch, name),
  claims(platform, { course, person, target, kind }) {
    const returnTo = new URL('/mod/lti/return.php', platform.url)
    returnTo.searchParams.set('course', course.id)
    return {
      [`${LTI}/context`]: {
        id: moodle.contextId(platform, course),
        label: course.label,
        title: course.title,
        type: ['CourseSection'],
      },
      [`${LTI}/tool_platform`]: {
        guid: opaque(platform, 'guid').slice(0, 32),
        name: platform.name,
        description: platform.name,
        version: '2024100700',
        product_family_code: 'moodle',
      },
      [`${LTI}/launch_presentation`]: {
        locale: person.locale ?? 'en',
        document_target: target,
        ...(kind === 'deep_linking' ? {} : { return_url: returnTo.href }),
      },
      [`${LTI}/lis`]: { person_sourcedid: '', course_section_sourcedid: '' },
      [`${LTI}/ext`]: { user_username: person.email, lms: 'moodle-2' },
    }
  },

  findServiceCourse: (platform, id) => platform.courses.find((course) => moodle.contextId(platform, course) === id),
  lineItemsUrl: (platform, tool, course) =>
    `${servicesUrl(platform)}/${moodle.contextId(platform, course)}/lineitems?type_id=${tool.number}`,
  lineItemUrl: (platform, tool, course, column) =>
    `${servicesUrl(platform)}/${moodle.contextId(platform, course)}/lineitems/${column.id}/lineitem?type_id=${tool.number}`,
  membershipsUrl: (platform, tool, course) =>
    `${servicesUrl(platform)}/CourseSection/${moodle.contextId(platform, course)}/bindings/${tool.number}/memberships?type_id=${tool.number}`,
  refuseRequest: (tool, url) =>
    url.searchParams.get('type_id') === String(tool.number)
      ? undefined
      : { status: 400, reason: 'type_id is missing or another tool’s' },
  foreignItem: { status: 403, reason: 'Line item does not exist.' },
  page: { memberships: { default: 0, greatest: 100_000 }, items: { default: 0, greatest: 100_000 } },
  nextPage(current, { limit, offset }, kind) {
    const url = new URL(current)
    url.searchParams.set('limit', String(limit))
    url.searchParams.set('from', String(offset + limit))
    if (kind === 'memberships') {
      url.searchParams.delete('role')
      return `<${url.href}>; rel="next"`
    }
    const first = new URL(url)
    first.searchParams.set('from', '0')
    const written = (each: URL) => `<${each.href.replaceAll('&', '&amp;')}>`
    return `${written(first)}; rel=${QUOTED('first')}, ${written(url)}; rel=${QUOTED('next')}`
  },

  lineItemBody: (_platform, column) =>
    column.submissionReview === undefined ? {} : { submissionReview: column.submissionReview },
  takeScore: takeMoodleScore,
  refuseLearner: (person) =>
    person !== undefined && isGraded(person) ? undefined : { status: 400, reason: 'Incorrect score received' },
  refuseDelete: (column) =>
    column.madeBy === 'tool' || column.deepLinked === true
      ? undefined
      : { status: 403, reason: 'only columns made by the tool can be deleted' },
  resultBody: (cell, column, itemUrl) => {
    const id = new URL(itemUrl)
    id.pathname += '/results'
    id.searchParams.set('user_id', cell.personId)
    return {
      id: id.href,
      userId: cell.personId,
      scoreOf: itemUrl,
      ...(cell.score === null ? {} : { resultScore: cell.score }),
      resultMaximum: column.scoreMaximum,
      ...(cell.comments.length === 0 ? {} : { comment: cell.comments.at(-1) }),
      timestamp: cell.timestamp,
    }
  },

  registrationReply: moodleRegistrationReply,
  refuseRegistration: refuseMoodleRegistration,
  openidConfiguration: moodleOpenidConfiguration,
}
