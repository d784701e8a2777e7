import { expect, it } from 'vitest'
import type { Actor, CourseAttended } from '../directory/actor.ts'
import type { CohortId, CourseId, NetworkId, PersonId } from '../kernel/ids.ts'
import { readerOfWork } from './reader-of-work.ts'

const here = 'here' as CourseId
const cohortId = 'willow' as CohortId
const inHere = { cohortId, learnsIn: [here] }
const author = 'author' as PersonId
const actor = (role: CourseAttended['role'], courseId = here, personId = 'reader' as PersonId): Actor => ({
  networkId: 'network' as NetworkId,
  personId,
  grants: [{ role: 'network_admin' }],
  seats: [],
  courses: [{ courseId, role, cohortIds: [] }],
})

it('is the author’s own, whatever else they are', () => {
  expect(readerOfWork(actor('instructor', here, author), author, inHere)).toBe('author')
})

it.each([
  ['instructor', 'instructor'],
  ['teaching_assistant', 'assistant'],
  ['learner', null],
  ['observer', null],
  ['administrator', null],
  ['guest', null],
] as const)('a course’s %s is its %s', (role, reader) => {
  expect(readerOfWork(actor(role), author, inHere)).toBe(reader)
})

it('is nothing to the instructor of another course, nor of a course the author has left', () => {
  expect(readerOfWork(actor('instructor', 'elsewhere' as CourseId), author, inHere)).toBeNull()
  expect(readerOfWork(actor('instructor'), author, { cohortId, learnsIn: [] })).toBeNull()
})

it.each([
  ['participant', null],
  ['facilitator', 'assistant'],
] as const)('a teaching assistant who holds a %s’s seat reads as %s', (kind, reader) => {
  const seats = [{ cohortId, kind, status: 'seated' as const }]
  const courses = [{ courseId: here, role: 'teaching_assistant' as const, cohortIds: [cohortId] }]
  expect(readerOfWork({ ...actor('teaching_assistant'), seats, courses }, author, inHere)).toBe(reader)
})
