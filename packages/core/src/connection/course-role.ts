import type { CourseAttended } from '../directory/actor.ts'

export type CourseRole = CourseAttended['role']
export type CourseStanding = Readonly<{ role: CourseRole; isTest: boolean }>

const LIS = 'http://purl.imsglobal.org/vocab/lis/v2/'
const MEMBERSHIP = `${LIS}membership`
const TEST_USER = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser'

/** Core context roles, as full URN and as the short name the specification allows for them. */
const CONTEXT_ROLES: Readonly<Record<string, CourseRole>> = {
  Administrator: 'administrator',
  Instructor: 'instructor',
  ContentDeveloper: 'instructor',
  Learner: 'learner',
  Mentor: 'observer',
}

/**
 * Decides what a person is in an LMS course from the role names of a launch or roster (LTI Core, appendix A.2). Only
 * context roles count: being an administrator or a student of the whole institution says nothing about this course,
 * except that an institution's administrator without any context role is shown around as one. Whoever holds an
 * assistant's sub-role is an assistant although the principal role comes with it. Names nobody knows make a guest.
 */
export function courseStanding(names: readonly string[]): CourseStanding {
  const roles = new Set(names.map(contextRole))
  const role = ORDER.find((candidate) => roles.has(candidate)) ?? 'guest'
  return { role, isTest: names.includes(TEST_USER) }
}

/**
 * The first of these that a person holds. Assistants before instructors, because assistants carry both. Instructors before
 * learners: a teacher who is enrolled to try things out still teaches. Observers last: parents may be learners too.
 */
const ORDER: readonly CourseRole[] = ['teaching_assistant', 'instructor', 'administrator', 'learner', 'observer']

function contextRole(name: string): CourseRole | undefined {
  if (/^http:\/\/purl\.imsglobal\.org\/vocab\/lis\/v2\/(?:institution|system)\/person#/.test(name)) {
    return name === `${LIS}institution/person#Administrator` ? 'administrator' : undefined
  }
  const [principal, sub] = principalAndSub(name)
  if (principal === 'Instructor' && sub.startsWith('TeachingAssistant')) return 'teaching_assistant'
  return Object.hasOwn(CONTEXT_ROLES, principal) ? CONTEXT_ROLES[principal] : undefined
}

/** `…/membership#Learner` and `Learner` are principal roles; `…/membership/Instructor#TeachingAssistant` is a sub-role. */
function principalAndSub(name: string): readonly [string, string] {
  if (name.startsWith(`${MEMBERSHIP}#`)) return [name.slice(MEMBERSHIP.length + 1), '']
  if (name.startsWith(`${MEMBERSHIP}/`)) {
    const [principal = '', sub = ''] = name.slice(MEMBERSHIP.length + 1).split('#')
    return [principal, sub]
  }
  return [name, '']
}
