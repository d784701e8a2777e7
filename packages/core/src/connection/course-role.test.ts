import { describe, expect, it } from 'vitest'
import { courseStanding } from './course-role.ts'

const membership = (role: string) => `http://purl.imsglobal.org/vocab/lis/v2/membership#${role}`
const institution = (role: string) => `http://purl.imsglobal.org/vocab/lis/v2/institution/person#${role}`
const system = (role: string) => `http://purl.imsglobal.org/vocab/lis/v2/system/person#${role}`
const assistant = 'http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant'

describe('courseStanding', () => {
  it.each([
    ['a Canvas learner', [institution('Student'), membership('Learner'), system('User')], 'learner'],
    ['a Canvas teacher', [institution('Instructor'), membership('Instructor'), system('User')], 'instructor'],
    ['a Canvas assistant, who also carries Instructor', [membership('Instructor'), assistant], 'teaching_assistant'],
    ['an assistant by sub-role alone', [assistant], 'teaching_assistant'],
    ['an observer', [institution('Observer'), membership('Mentor')], 'observer'],
    [
      'a Moodle admin, who is Instructor by capability',
      [system('Administrator'), institution('Administrator'), membership('Instructor')],
      'instructor',
    ],
    ['an institution administrator outside the course', [institution('Administrator')], 'administrator'],
    ['a system administrator by system role only', [system('SysAdmin')], 'administrator'],
    ['a Moodle site administrator outside the course', [system('Administrator')], 'administrator'],
    ['an administrator enrolled as a learner', [system('Administrator'), membership('Learner')], 'learner'],
    ['a course administrator', [membership('Administrator')], 'administrator'],
    ['a designer, who sees no grades', [membership('ContentDeveloper')], 'teaching_assistant'],
    ['a teacher who designs too', [membership('ContentDeveloper'), membership('Instructor')], 'instructor'],
    ['a learner who may also teach', [membership('Learner'), membership('Instructor')], 'instructor'],
    ['the short name Instructor', ['Instructor'], 'instructor'],
    ['the short name Learner', ['Learner'], 'learner'],
    [
      'another sub-role of Learner',
      ['http://purl.imsglobal.org/vocab/lis/v2/membership/Learner#GuestLearner'],
      'learner',
    ],
  ])('makes %s what they are in this course', (_who, names, role) => {
    expect(courseStanding(names).role).toBe(role)
  })

  it.each([
    ['no role at all', []],
    ['a role nobody knows', ['urn:example:Dean']],
    ['an institution student who is not in the course', [institution('Student')]],
    ['a teacher of the institution who is not in the course', [institution('Instructor')]],
    ['an ordinary user of the system', [system('User')]],
    ['nobody of the system', [system('None')]],
    ['a look-alike address', ['http://purl.imsglobal.org.example/vocab/lis/v2/membership#Instructor']],
    ['another case', ['instructor']],
    ['a name of the object prototype', ['constructor', 'toString']],
  ])('makes a guest of %s', (_who, names) => {
    expect(courseStanding(names).role).toBe('guest')
  })

  it('marks the LMS’s test student', () => {
    const test = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser'
    expect(courseStanding([membership('Learner'), test])).toEqual({ role: 'learner', isTest: true })
    expect(courseStanding([membership('Learner')]).isTest).toBe(false)
  })
})
