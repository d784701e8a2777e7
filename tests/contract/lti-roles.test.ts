import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLmsSimulator, type LmsSimulator, type Profile, type SimulatedPerson } from '@copractice/lms-simulator'
import { launch } from './lti/launch-by-hand.ts'
import { openTool, type OpenTool } from './lti/open-tool.ts'

type Role = SimulatedPerson['role']
const ROLES: Role[] = ['learner', 'instructor', 'ta', 'designer', 'admin', 'observer', 'test_student']
const person = (role: Role): SimulatedPerson => ({
  id: `id-${role}`,
  role,
  name: role,
  givenName: role,
  familyName: role,
  email: `${role}@x.example`,
  ...(role === 'observer' ? { observes: ['id-learner', 'somebody elsewhere'] } : {}),
})
const CUSTOM = 'https://purl.imsglobal.org/spec/lti/claim/custom'
const MENTEES = 'https://purl.imsglobal.org/spec/lti/claim/role_scope_mentor'

let tool: OpenTool
beforeAll(async () => {
  tool = await openTool()
})
afterAll(() => tool.close())

describe.each<Profile>(['canvas', 'moodle'])('who comes from %s', (profile) => {
  let lms: LmsSimulator
  beforeAll(async () => {
    const course = { id: 'c', title: 'C', label: 'C', term: 'T', people: ROLES.map(person) }
    const links = [{ id: 'l', title: 'L', kind: 'navigation' as const }]
    lms = await startLmsSimulator({ profile, name: 'Riverside State', port: 0, courses: [{ ...course, links }] })
    await tool.connect(lms)
  })
  afterAll(() => lms.close())

  const comeIn = async (role: Role, claims = {}) => {
    const reply = await launch(tool, lms, { how: { person: `id-${role}` }, claims })
    expect([reply.code, reply.status]).toEqual([undefined, 200])
    const { personId } = JSON.parse(reply.text) as { personId: string }
    return tool.db
      .selectFrom('course_member as m')
      .innerJoin('person as p', 'p.id', 'm.person_id')
      .select(['m.role', 'p.is_test', 'm.sections', 'm.observes'])
      .where('p.id', '=', personId)
      .executeTakeFirstOrThrow()
  }

  const expected = {
    // Who designs a course sees what an assistant sees: no grades.
    canvas: [
      'learner',
      'instructor',
      'teaching_assistant',
      'teaching_assistant',
      'administrator',
      'observer',
      'learner',
    ],
    // An administrator is Instructor by capability; Moodle knows neither designers nor observers nor test students.
    moodle: ['learner', 'instructor', 'instructor', 'learner', 'instructor', 'learner', 'learner'],
  }[profile]
  it.each(ROLES.map((role, index) => [role, expected[index]] as const))('as %s is %s', async (role, ours) => {
    const member = await comeIn(role)
    expect(member).toMatchObject({ role: ours, is_test: role === 'test_student' && profile === 'canvas' })
    const mentors = role === 'observer' && profile === 'canvas'
    expect(member.observes).toEqual(mentors ? ['id-learner', 'somebody elsewhere'] : [])
  })

  it('mentors nobody as a learner, whatever the claim says', async () => {
    expect((await comeIn('learner', { [MENTEES]: ['id-instructor'] })).observes).toEqual([])
  })

  it('is in the sections or groups that the LMS tells, and stays in them while it does not', async () => {
    const sections = async (custom: object) => (await comeIn('learner', { [CUSTOM]: custom })).sections
    const [one, none, literal] =
      profile === 'canvas'
        ? [{ section_names: '["Evening","Day"]' }, { section_names: '[]' }, '$com.instructure.User.sectionNames']
        : [{ group_ids: '12,15' }, { group_ids: '' }, '$Moodle.Person.userGroupIds']
    const told = profile === 'canvas' ? ['Day', 'Evening'] : ['12', '15']
    expect(await sections(one)).toEqual(told)
    expect(await sections({})).toEqual(told)
    expect(await sections(profile === 'canvas' ? { section_names: literal } : { group_ids: literal })).toEqual(told)
    expect(await sections(none)).toEqual([])
  })
})
