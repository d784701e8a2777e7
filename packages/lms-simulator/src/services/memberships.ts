import type { SimulatedCourse, SimulatedLink, SimulatedPerson } from '../options.ts'
import { linksOf, type Platform } from '../platform.ts'
import type { Answer } from '../profiles/dialect.ts'
import { admit, isAnswer, refuseMedia, type Admitted } from './admit.ts'
import { pageOf } from './pages-of.ts'
import { MEDIA, SCOPE } from './scopes.ts'
import type { Call, Telling } from './serve.ts'

/** Who is enrolled: admins are not, and Canvas's test student is nobody. */
const isListed = (person: SimulatedPerson): boolean => person.role !== 'admin' && person.role !== 'test_student'

function hasRole(call: Call, person: SimulatedPerson, role: string): boolean {
  const own = call.platform.dialect.rosterRoles(person)
  const short = role.replace('http://purl.imsglobal.org/vocab/lis/v2/membership#', '')
  return call.platform.profile === 'moodle' ? own.includes(short) : own.includes(role)
}

function member(
  call: Call,
  { course }: Admitted,
  person: SimulatedPerson,
  link: SimulatedLink | undefined,
): Record<string, unknown> {
  const { platform } = call
  return {
    status: 'Active',
    user_id: person.id,
    roles: platform.dialect.rosterRoles(person),
    name: person.name,
    given_name: person.givenName,
    family_name: person.familyName,
    email: person.email,
    ...(platform.profile === 'canvas'
      ? { picture: `${platform.url}/assets/person.svg`, lis_person_sourcedid: person.email }
      : { lis_person_sourcedid: '' }),
    ...(link === undefined
      ? {}
      : {
          message: [
            {
              'https://purl.imsglobal.org/spec/lti/claim/message_type': 'LtiResourceLinkRequest',
              'https://purl.imsglobal.org/spec/lti/claim/custom': link.custom ?? {},
              locale: person.locale ?? 'en',
              course: course.label,
            },
          ],
        }),
  }
}

/** Who came, changed or goes by the change about to be made to the course. */
export function noteChanges(platform: Platform, course: SimulatedCourse, people: SimulatedPerson[]): void {
  const at = platform.now().getTime()
  const note = (person: SimulatedPerson, isGone: boolean) =>
    platform.rosterChanges.push({ courseId: course.id, at, person: structuredClone(person), isGone })
  for (const person of people) {
    const before = course.people.find(({ id }) => id === person.id)
    if (JSON.stringify(before) !== JSON.stringify(person)) note(person, false)
  }
  for (const person of course.people) if (!people.some(({ id }) => id === person.id)) note(person, true)
}

/** Those who changed since, each once, as they are now. */
function changedSince(
  platform: Platform,
  course: SimulatedCourse,
  since: number,
): { person: SimulatedPerson; isGone: boolean }[] {
  const last = new Map<string, { person: SimulatedPerson; isGone: boolean }>()
  for (const { courseId, at, person, isGone } of platform.rosterChanges)
    if (courseId === course.id && at >= since && isListed(person)) last.set(person.id, { person, isGone })
  return [...last.values()]
}

/** The address that tells who has changed since now. */
function differencesLink({ platform, url }: Call): string {
  const address = new URL(url.pathname, platform.url)
  for (const name of ['type_id', 'limit']) {
    const value = url.searchParams.get(name)
    if (value !== null) address.searchParams.set(name, value)
  }
  address.searchParams.set('since', String(platform.now().getTime()))
  return `<${address.href}>; rel="differences"`
}

/** GET the roster. Canvas: 50 a page at most. Moodle: whole unless `limit=` is sent, and the next page forgets `role`. */
export function listMemberships(call: Call): Answer {
  const { platform, url } = call
  const admitted = admit(call, [SCOPE.membership])
  if (isAnswer(admitted)) return admitted
  const media = refuseMedia(call, 'accept', MEDIA.memberships)
  if (media !== undefined) return media
  const { course, tool } = admitted
  const rlid = url.searchParams.get('rlid')
  const link =
    rlid === null
      ? undefined
      : linksOf(platform, course).find((each) => platform.dialect.resourceLinkId(platform, course, each) === rlid)
  if (rlid !== null && link === undefined)
    return {
      status: platform.profile === 'canvas' ? 400 : 403,
      body: { error: 'rlid' },
      reason: 'the resource link is not of this course',
    }
  const role = url.searchParams.get('role')
  const since = platform.offersDifferences ? url.searchParams.get('since') : null
  const known =
    since === null
      ? course.people.filter(isListed).map((person) => ({ person, isGone: false }))
      : changedSince(platform, course, Number(since))
  const people = known.filter(({ person }) => role === null || hasRole(call, person, role))
  const { entries, headers } = pageOf(call, people, 'memberships')
  if (platform.offersDifferences) headers.Link = [headers.Link ?? [], differencesLink(call)].flat().join(', ')
  return {
    status: 200,
    contentType: MEDIA.memberships,
    headers,
    body: {
      id: platform.dialect.membershipsUrl(platform, tool, course),
      context: { id: platform.dialect.contextId(platform, course), label: course.label, title: course.title },
      members: entries.map(({ person, isGone }) =>
        isGone
          ? { status: 'Deleted', user_id: person.id, roles: platform.dialect.rosterRoles(person) }
          : member(call, admitted, person, link),
      ),
    },
  }
}

/** What "What arrived" says of a roster request. */
export function tellMemberships({ platform, params }: Call): Telling {
  const course = platform.dialect.findServiceCourse(platform, params.course ?? '')
  return { message: 'Reads the roster', ...(course === undefined ? {} : { courseId: course.id }) }
}
