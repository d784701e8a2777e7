import { describe, expect, it } from 'vitest'
import { mayCheckLink } from '../connection/link-status-contract.ts'
import type { Actor, CourseAttended, SeatHeld } from '../directory/actor.ts'
import type { SpaceSession } from '../directory/space-session.ts'
import { observedBy } from '../gradebook/observed-by.ts'
import { rosterAccess } from '../gradebook/roster-access.ts'
import type { CohortId, CourseId, CourseLinkId, NetworkId, PersonId } from '../kernel/ids.ts'
import { viewerOf } from '../review/who-may-know.ts'
import { spaceAccess } from './space-access.ts'
import { abilitiesOf, standingOf } from './standing-of.ts'

const willow = 'willow' as CohortId
const course = 'course' as CourseId
const mentored = 'child' as PersonId
const seat: SeatHeld = { cohortId: willow, kind: 'participant', status: 'seated' }
const session = (role: CourseAttended['role'], changes: Partial<Actor> = {}, cohortId: CohortId | null = willow) =>
  ({
    actor: {
      networkId: 'n' as NetworkId,
      personId: 'p' as PersonId,
      grants: [],
      seats: [],
      courses: [{ courseId: course, role, cohortIds: [willow], observes: role === 'observer' ? [mentored] : [] }],
      ...changes,
    },
    courseId: course,
    courseLinkId: 'link' as CourseLinkId,
    cohortId,
  }) satisfies SpaceSession

/** Everything that a role opens, side by side. */
const opens = (of: SpaceSession) => ({
  space: spaceAccess(of.actor, willow).as,
  rounds: viewerOf(of.actor, willow),
  roster: rosterAccess(of).ok,
  observed: observedBy(of).ok,
  link: mayCheckLink(of).ok,
})
const nothing = { space: null, rounds: null, roster: false, observed: false, link: false }

describe('each role of an LMS course opens what it needs and no more', () => {
  it.each([
    ['an instructor', session('instructor'), { space: 'instructor', rounds: 'instructor', roster: true, link: true }],
    ['an assistant', session('teaching_assistant'), { space: 'instructor', rounds: 'onlooker', roster: true }],
    ['a learner', session('learner'), {}],
    ['a seated learner', session('learner', { seats: [seat] }), { space: 'member', rounds: 'participant' }],
    ['an observer', session('observer'), { observed: true }],
    ['an administrator', session('administrator'), { link: true }],
    ['a guest', session('guest'), {}],
    ['the test student', session('learner', { isTest: true }), { space: 'visitor', rounds: 'onlooker' }],
  ] as const)('%s', (_who, of, opened) => {
    expect(opens(of)).toEqual({ ...nothing, ...opened })
  })
})

describe('the test student', () => {
  it('does nothing that others see', () => {
    const { as: _as, seat: _seat, ...abilities } = spaceAccess(session('learner', { isTest: true }).actor, willow)
    expect(Object.values(abilities)).not.toContain(true)
  })
  it('takes part in no round, also with a seat from somewhere', () => {
    expect(viewerOf(session('learner', { isTest: true, seats: [seat] }).actor, willow)).toBe('onlooker')
  })
  it('has no business in another course’s cohort', () => {
    expect(opens(session('guest', { isTest: true }))).toEqual(nothing)
  })
})

describe('an observer', () => {
  it('sees those whom the LMS names, in this course', () => {
    expect(observedBy(session('observer'))).toMatchObject({ value: { courseId: course, learners: [mentored] } })
    expect(observedBy({ ...session('observer'), courseId: 'other' as CourseId })).toMatchObject({ ok: false })
  })
  it('sees nobody where the LMS names nobody', () => {
    const courses = [{ courseId: course, role: 'observer' as const, cohortIds: [willow] }]
    expect(observedBy(session('observer', { courses }))).toMatchObject({ value: { learners: [] } })
  })
  it('who holds a seat is a member like any other', () => {
    expect(standingOf(session('observer', { seats: [seat] }))).toBe('member')
  })
})

describe('standing', () => {
  it.each([
    ['observer', session('observer'), 'observer'],
    ['administrator of the LMS', session('administrator'), 'lms_administrator'],
    ['administrator in an unbound link', session('administrator', {}, null), 'lms_administrator'],
    ['test student', session('learner', { isTest: true }), 'test_visitor'],
    ['somebody unknown', session('guest', { isTest: true, isAnonymous: true, courses: [] }, null), 'anonymous_visitor'],
    ['test student in an unbound link', session('learner', { isTest: true }, null), 'not_yet_chosen'],
  ] as const)('of the %s', (_who, of, standing) => {
    expect(standingOf(of)).toBe(standing)
    expect(abilitiesOf(of).join).toBe(false)
  })
})
