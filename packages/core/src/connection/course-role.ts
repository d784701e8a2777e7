import type { CourseAttended } from '../directory/actor.ts'

export type CourseRole = CourseAttended['role']
export type CourseStanding = Readonly<{ role: CourseRole; isTest: boolean }>

const LIS = 'http://purl.imsglobal.org/vocab/lis/v2/'
const MEMBERSHIP = `${LIS}membership`
const TEST_USER = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser'

/** Core context roles, as full URN and as the short name the specification allows for them. */
const CONTEXT_ROLES: Readonly<Record<string, Held>> = {
  Administrator: 'course_administrator',
  Instructor: 'instructor',
  ContentDeveloper: 'designer',
  Learner: 'learner',
  Mentor: 'observer',
}

/** Who runs the LMS: a school's administrator, a whole site's in Moodle, an account's or the vendor's own in Canvas. */
const RUNS_THE_LMS: ReadonlySet<string> = new Set([
  'institution/person#Administrator',
  'system/person#Administrator',
  'system/person#AccountAdmin',
  'system/person#SysAdmin',
])

/**
 * Decides what a person is in an LMS course from the role names of a launch or roster (LTI Core, appendix A.2). Only
 * context roles count: being an administrator or a student of the whole institution says nothing about this course,
 * except that who runs the LMS or the institution, without any context role, is shown the set-up. Names nobody knows
 * make a guest.
 */
export function courseStanding(names: readonly string[]): CourseStanding {
  const held = new Set(names.map(contextRole))
  const [, role] = ORDER.find(([candidate]) => held.has(candidate)) ?? [null, 'guest' as const]
  return { role, isTest: names.includes(TEST_USER) }
}

type Held = 'assistant' | 'instructor' | 'designer' | 'course_administrator' | 'learner' | 'observer' | 'runs_the_lms'

/**
 * The first of these that a person holds decides. Assistants before instructors, because assistants carry both.
 * Instructors before learners: a teacher who is enrolled to try things out still teaches. A designer builds the course
 * and does not see its grades in Canvas, so not here either. Observers late: parents may be learners too.
 */
const ORDER: readonly (readonly [Held, CourseRole])[] = [
  ['assistant', 'teaching_assistant'],
  ['instructor', 'instructor'],
  ['designer', 'teaching_assistant'],
  ['course_administrator', 'administrator'],
  ['learner', 'learner'],
  ['observer', 'observer'],
  ['runs_the_lms', 'administrator'],
]

function contextRole(name: string): Held | undefined {
  if (/^http:\/\/purl\.imsglobal\.org\/vocab\/lis\/v2\/(?:institution|system)\/person#/.test(name)) {
    return RUNS_THE_LMS.has(name.slice(LIS.length)) ? 'runs_the_lms' : undefined
  }
  const [principal, sub] = principalAndSub(name)
  if (principal === 'Instructor' && sub.startsWith('TeachingAssistant')) return 'assistant'
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
