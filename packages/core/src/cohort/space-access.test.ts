import { describe, expect, it } from 'vitest'
import type { Actor, CourseAttended, SeatHeld } from '../directory/actor.ts'
import type { SpaceSession } from '../directory/space-session.ts'
import type { CohortId, CourseId, CourseLinkId, NetworkId, PersonId, RegionId } from '../kernel/ids.ts'
import { spaceAccess } from './space-access.ts'
import { abilitiesOf, standingOf } from './standing-of.ts'

const willow = 'willow' as CohortId
const course = 'course' as CourseId
const link = 'link' as CourseLinkId

const seat = (kind: SeatHeld['kind'], status: SeatHeld['status'] = 'seated'): SeatHeld => ({
  cohortId: willow,
  kind,
  status,
})
const attends = (role: CourseAttended['role'], cohortIds = [willow]): CourseAttended => ({
  courseId: course,
  role,
  cohortIds,
})
const actor = (has: Partial<Pick<Actor, 'seats' | 'courses' | 'grants'>> = {}): Actor => ({
  networkId: 'n' as NetworkId,
  personId: 'p' as PersonId,
  grants: [],
  seats: [],
  courses: [],
  ...has,
})
const fromCourse = (has: Parameters<typeof actor>[0], cohortId: CohortId | null = willow): SpaceSession => ({
  actor: actor(has),
  courseLinkId: link,
  courseId: course,
  cohortId,
})
const byEmail = (has: Parameters<typeof actor>[0], cohortId: CohortId | null): SpaceSession => ({
  actor: actor(has),
  courseLinkId: null,
  courseId: null,
  cohortId,
})

describe('a closed cohort that is only read any more', () => {
  const readOnly = (has: Parameters<typeof actor>[0]) => ({ ...actor(has), readOnlyCohorts: [willow] })

  it('lets everybody in who was in, to read, whatever their part', () => {
    for (const one of [
      readOnly({ seats: [seat('participant')] }),
      readOnly({ seats: [seat('facilitator')] }),
      readOnly({ courses: [attends('instructor')] }),
    ]) {
      const access = spaceAccess(one, willow)
      expect(access.as).not.toBeNull()
      expect(access).toMatchObject({ post: false, answerMeetings: false, planMeetings: false, writePrompt: false })
    }
  })

  it('leaves review rounds to their instructor, and other cohorts as they are', () => {
    expect(spaceAccess(readOnly({ courses: [attends('instructor')] }), willow).setUpRounds).toBe(true)
    const elsewhere = { ...actor({ seats: [seat('participant')] }), readOnlyCohorts: ['elm' as CohortId] }
    expect(spaceAccess(elsewhere, willow).post).toBe(true)
  })
})

describe('a space is open to', () => {
  it.each([
    ['a participant', { seats: [seat('participant')] }, 'member'],
    ['a chair', { seats: [seat('chair')] }, 'member'],
    ['a facilitator', { seats: [seat('facilitator')] }, 'facilitator'],
    ['an instructor of a course linked to it', { courses: [attends('instructor')] }, 'instructor'],
    ['a teaching assistant of such a course', { courses: [attends('teaching_assistant')] }, 'instructor'],
  ] as const)('%s', (_who, has, as) => {
    expect(spaceAccess(actor(has), willow).as).toBe(as)
  })
})

describe('a space is closed to', () => {
  it.each([
    ['who left', { seats: [seat('participant', 'left')] }],
    ['who waits', { seats: [seat('participant', 'waitlisted')] }],
    ['a learner of a linked course without a seat', { courses: [attends('learner')] }],
    ['an instructor of another course', { courses: [attends('instructor', [])] }],
    [
      'a coordinator, an administrator of the network',
      {
        grants: [{ role: 'network_admin' }, { role: 'coordinator', regionId: 'r' as RegionId }],
      },
    ],
  ] as const)('%s', (_who, has) => {
    const { as, seat: _seat, ...abilities } = spaceAccess(actor(has), willow)
    expect(as).toBeNull()
    expect(Object.values(abilities)).not.toContain(true)
  })
})

it('facilitators, chairs and instructors plan meetings and write prompts; participants and assistants do not', () => {
  const leads = (has: Parameters<typeof actor>[0]) => {
    const { planMeetings, writePrompt } = spaceAccess(actor(has), willow)
    return [planMeetings, writePrompt]
  }
  for (const kind of ['facilitator', 'chair'] as const) expect(leads({ seats: [seat(kind)] })).toEqual([true, true])
  expect(leads({ courses: [attends('instructor')] })).toEqual([true, true])
  expect(leads({ seats: [seat('participant')] })).toEqual([false, false])
  expect(leads({ courses: [attends('teaching_assistant')] })).toEqual([false, false])
})

it('only an instructor of a linked course sets up review rounds', () => {
  expect(spaceAccess(actor({ courses: [attends('instructor')] }), willow).setUpRounds).toBe(true)
  expect(spaceAccess(actor({ courses: [attends('teaching_assistant')] }), willow).setUpRounds).toBe(false)
  expect(spaceAccess(actor({ seats: [seat('facilitator')] }), willow).setUpRounds).toBe(false)
})

describe('standing', () => {
  it.each([
    ['instructor in an unbound link', fromCourse({ courses: [attends('instructor', [])] }, null), 'choose_cohort'],
    [
      'assistant in an unbound link',
      fromCourse({ courses: [attends('teaching_assistant', [])] }, null),
      'not_yet_chosen',
    ],
    ['learner in an unbound link', fromCourse({ courses: [attends('learner', [])] }, null), 'not_yet_chosen'],
    ['learner in a bound link', fromCourse({ courses: [attends('learner')] }), 'may_join'],
    ['seated learner', fromCourse({ courses: [attends('learner')], seats: [seat('participant')] }), 'member'],
    ['learner who waits', fromCourse({ seats: [seat('participant', 'waitlisted')] }), 'waitlisted'],
    ['learner who left', fromCourse({ seats: [seat('participant', 'left')] }), 'left'],
    ['partner with a seat', byEmail({ seats: [seat('participant')] }, willow), 'member'],
    ['partner with seats, none chosen', byEmail({ seats: [seat('participant')] }, null), 'several_cohorts'],
    ['partner without a seat', byEmail({}, null), 'no_cohort'],
    ['somebody who names a cohort that is not theirs', byEmail({}, willow), 'no_cohort'],
  ] as const)('of a %s', (_who, session, standing) => {
    expect(standingOf(session)).toBe(standing)
  })

  it('offers joining to those who may and leaving to those who hold a place', () => {
    expect(abilitiesOf(fromCourse({ courses: [attends('learner')] }))).toMatchObject({
      join: true,
      leave: false,
      enter: false,
    })
    const waits = fromCourse({ seats: [seat('participant', 'waitlisted')] })
    expect(abilitiesOf(waits)).toMatchObject({ join: false, leave: true, enter: false })
    expect(abilitiesOf(fromCourse({ seats: [seat('facilitator')] }))).toMatchObject({ enter: true, leave: false })
  })
})
