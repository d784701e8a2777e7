import { describe, expect, it } from 'vitest'
import type { Actor } from '../directory/actor.ts'
import { CohortId, CourseId, NetworkId, PersonId, RegionId } from '../kernel/ids.ts'
import { authorMayKnowReviewer, instructedCourses, isSettled, reviewerMayKnowAuthor, viewerOf } from './who-may-know.ts'

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
const here = CohortId.parse(id(1))
const elsewhere = CohortId.parse(id(2))
const course = CourseId.parse(id(3))
const nobody: Actor = {
  networkId: NetworkId.parse(id(4)),
  personId: PersonId.parse(id(5)),
  grants: [],
  seats: [],
  courses: [],
}
const seat = (kind: 'participant' | 'chair' | 'facilitator', status: 'seated' | 'waitlisted' | 'left' = 'seated') => ({
  ...nobody,
  seats: [{ cohortId: here, kind, status }],
})
const inCourse = (role: Actor['courses'][number]['role'], cohortId = here): Actor => ({
  ...nobody,
  courses: [{ courseId: course, role, cohortIds: [cohortId] }],
})

describe('viewerOf', () => {
  it.each([
    ['a seated participant', seat('participant'), 'participant'],
    ['a seated chair', seat('chair'), 'participant'],
    ['a facilitator', seat('facilitator'), 'onlooker'],
    ['someone on the waitlist', seat('participant', 'waitlisted'), null],
    ['someone who left', seat('participant', 'left'), null],
    [
      'a participant of another cohort',
      { ...nobody, seats: [{ cohortId: elsewhere, kind: 'participant', status: 'seated' }] },
      null,
    ],
    ['the LMS’s test student', { ...inCourse('learner'), isTest: true }, 'onlooker'],
    [
      'the test student in a seat',
      { ...inCourse('learner'), seats: seat('participant').seats, isTest: true },
      'onlooker',
    ],
    ['the test student of another cohort’s course', { ...inCourse('learner', elsewhere), isTest: true }, null],
    ['an observer, test or not', { ...inCourse('observer'), isTest: true }, null],
    ['a teaching assistant of another cohort’s course', inCourse('teaching_assistant', elsewhere), null],
    ['an instructor of a linked course', inCourse('instructor'), 'instructor'],
    ['an instructor of another cohort’s course', inCourse('instructor', elsewhere), null],
    ['a teaching assistant', inCourse('teaching_assistant'), 'onlooker'],
    ['a learner without a seat', inCourse('learner'), null],
    ['an LMS administrator', inCourse('administrator'), null],
    ['a coordinator', { ...nobody, grants: [{ role: 'coordinator', regionId: RegionId.parse(id(6)) }] }, null],
    ['a network administrator', { ...nobody, grants: [{ role: 'network_admin' }] }, null],
  ] as const)('%s is %2$s', (_who, actor, viewer) => expect(viewerOf(actor as Actor, here)).toBe(viewer))

  it('an instructor who also holds a seat runs the round and takes no part', () => {
    expect(viewerOf({ ...inCourse('instructor'), seats: seat('participant').seats }, here)).toBe('instructor')
  })

  it('own courses are those the actor instructs, not those they assist or learn in', () => {
    expect(instructedCourses(inCourse('instructor'), here)).toEqual([course])
    expect(instructedCourses(inCourse('teaching_assistant'), here)).toEqual([])
  })
})

it.each([
  ['none', true, true],
  ['single', true, false],
  ['double', false, false],
] as const)('anonymity %s: reviewer knows author %s, author knows reviewer %s', (anonymity, author, reviewer) => {
  expect(reviewerMayKnowAuthor(anonymity)).toBe(author)
  expect(authorMayKnowReviewer(anonymity)).toBe(reviewer)
})

it('scores settle when the round is closed or the last moment for reviews has passed', () => {
  const reviewUntil = new Date('2026-03-08T12:00:00Z')
  expect(isSettled({ phase: 'review', reviewUntil }, reviewUntil)).toBe(false)
  expect(isSettled({ phase: 'review', reviewUntil }, new Date(+reviewUntil + 1))).toBe(true)
  expect(isSettled({ phase: 'submit', reviewUntil }, new Date(+reviewUntil + 1))).toBe(false)
  expect(isSettled({ phase: 'closed', reviewUntil }, new Date(0))).toBe(true)
})
