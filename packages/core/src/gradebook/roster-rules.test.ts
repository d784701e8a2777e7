import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CourseId, NetworkId, PersonId } from '../kernel/ids.ts'
import type { Actor, CourseAttended } from '../directory/actor.ts'
import {
  hasLeftCourse,
  mergeRosterMember,
  type CourseMemberKnown,
  type CourseMemberTold,
} from './merge-roster-member.ts'
import { firstRosterAt, nextRosterAt, planRosterPass } from './plan-roster.ts'
import { rosterAccess } from './roster-access.ts'

const began = new Date('2026-03-09T12:00:00Z')
const before = new Date(+began - 60_000)
const known = (changes: Partial<CourseMemberKnown> = {}): CourseMemberKnown => ({
  role: 'learner',
  roleFrom: 'roster',
  status: 'active',
  seenAt: before,
  ...changes,
})
const told = (changes: Partial<CourseMemberTold> = {}): CourseMemberTold => ({
  role: 'learner',
  isTest: false,
  status: 'active',
  ...changes,
})

const ROLES = ['instructor', 'teaching_assistant', 'learner', 'observer', 'administrator', 'guest'] as const
const anyRole = fc.constantFrom(...ROLES)
const anyTime = fc.integer({ min: -100, max: 100 }).map((minutes) => new Date(+began + minutes * 60_000))
const anyKnown = fc.record({
  role: anyRole,
  roleFrom: fc.constantFrom('launch' as const, 'roster' as const),
  status: fc.constantFrom('active' as const, 'left' as const),
  seenAt: anyTime,
})
const anyTold = fc.record({
  role: anyRole,
  isTest: fc.boolean(),
  status: fc.constantFrom('active' as const, 'inactive' as const, 'deleted' as const),
})

describe('a roster', () => {
  it('makes a stranger known, as what it calls them', () => {
    expect(mergeRosterMember(null, told(), began)).toEqual({ role: 'learner', roleFrom: 'roster', status: 'active' })
  })

  it('never lowers or changes a role from a launch, whatever it says and however often', () => {
    fc.assert(
      fc.property(anyKnown, fc.array(anyTold, { minLength: 1, maxLength: 6 }), (first, lines) => {
        let member: CourseMemberKnown = { ...first, roleFrom: 'launch' }
        for (const line of lines) {
          const merged = mergeRosterMember(member, line, began)
          if (merged) member = { ...member, ...merged }
          expect(member.role).toBe(first.role)
          expect(member.roleFrom).toBe('launch')
        }
      }),
    )
  })

  it('has its way with a role that only a roster told', () => {
    expect(mergeRosterMember(known(), told({ role: 'instructor' }), began)).toMatchObject({ role: 'instructor' })
  })

  it.each(['inactive', 'deleted'] as const)('says that who is %s has left', (status) => {
    expect(mergeRosterMember(known(), told({ status }), began)).toMatchObject({ status: 'left' })
    expect(mergeRosterMember(null, told({ status }), began)).toBeNull()
  })

  it('does not send away who launched while it was read', () => {
    const back = known({ roleFrom: 'launch', seenAt: began })
    expect(mergeRosterMember(back, told({ status: 'inactive' }), began)).toMatchObject({ status: 'active' })
    expect(hasLeftCourse({ ...back, isTest: false, wasListed: true }, began)).toBe(false)
  })

  it('takes back who left', () => {
    expect(mergeRosterMember(known({ status: 'left' }), told(), began)).toMatchObject({ status: 'active' })
  })

  it('knows no test student', () => {
    fc.assert(
      fc.property(fc.option(anyKnown), anyTold, (member, line) => {
        expect(mergeRosterMember(member, { ...line, isTest: true }, began)).toBeNull()
      }),
    )
  })
})

describe('who is not named by a whole roster', () => {
  const unnamed = (changes: object) => ({ ...known(), isTest: false, wasListed: true, ...changes })
  it('has left when an earlier one named them', () => {
    expect(hasLeftCourse(unnamed({}), began)).toBe(true)
    expect(hasLeftCourse(unnamed({ role: 'instructor', roleFrom: 'launch' }), began)).toBe(true)
  })
  it('has left when they launched as a learner before', () => {
    expect(hasLeftCourse(unnamed({ wasListed: false, roleFrom: 'launch' }), began)).toBe(true)
  })
  it.each(['instructor', 'administrator', 'teaching_assistant', 'observer', 'guest'] as const)(
    'stays as a launched %s whom no roster ever named',
    (role) => {
      expect(hasLeftCourse(unnamed({ wasListed: false, roleFrom: 'launch', role }), began)).toBe(false)
    },
  )
  it('stays as the test student', () => {
    expect(hasLeftCourse(unnamed({ isTest: true, roleFrom: 'launch' }), began)).toBe(false)
  })
})

describe('a reading of a roster', () => {
  const minutesAgo = (minutes: number) => new Date(+began - minutes * 60_000)
  const left = { startedAt: null, nextUrl: null, hasDifferences: false, fullAt: null }
  it('goes on where it was cut short within ten minutes, and begins anew after', () => {
    const cut = { ...left, nextUrl: 'https://lms.example/2' }
    expect(planRosterPass({ ...cut, startedAt: minutesAgo(9) }, began)).toBe('go_on')
    expect(planRosterPass({ ...cut, startedAt: minutesAgo(10) }, began)).toBe('whole')
  })
  it('asks for differences where the LMS offers them and the whole was read in the last day', () => {
    const offered = { ...left, hasDifferences: true }
    expect(planRosterPass({ ...offered, fullAt: minutesAgo(60 * 23) }, began)).toBe('differences')
    expect(planRosterPass({ ...offered, fullAt: minutesAgo(60 * 24) }, began)).toBe('whole')
    expect(planRosterPass({ ...left, fullAt: minutesAgo(1) }, began)).toBe('whole')
  })
  it('comes round every 4 to 8 hours, and the first time within ten minutes', () => {
    const hours = (roll: number) => (+nextRosterAt(began, () => roll) - +began) / 3_600_000
    expect([hours(0), hours(0.5), hours(0.999_999)]).toEqual([4, 6, expect.closeTo(8, 2)])
    expect(+firstRosterAt(began, () => 0.999) - +began).toBeLessThan(600_000)
  })
})

describe('the roster of a session', () => {
  const courseId = 'c' as CourseId
  const session = (role: CourseAttended['role'], of = courseId) => ({
    actor: {
      networkId: 'n' as NetworkId,
      personId: 'p' as PersonId,
      grants: [],
      seats: [],
      courses: [{ courseId: of, role, cohortIds: [] }],
    } satisfies Actor,
    courseId,
  })
  it('is for instructors and assistants of its course; only instructors have it read', () => {
    expect(rosterAccess(session('instructor'))).toMatchObject({ value: { maySync: true } })
    expect(rosterAccess(session('teaching_assistant'))).toMatchObject({ value: { maySync: false } })
  })
  it.each(['learner', 'observer', 'administrator', 'guest'] as const)('is not for a %s', (role) => {
    expect(rosterAccess(session(role))).toMatchObject({ refusal: { code: 'roster.instructors_only' } })
  })
  it('is not for the instructor of another course, nor without a course', () => {
    expect(rosterAccess(session('instructor', 'd' as CourseId))).toMatchObject({ ok: false })
    expect(rosterAccess({ ...session('instructor'), courseId: null })).toMatchObject({
      refusal: { code: 'roster.not_found' },
    })
  })
})
