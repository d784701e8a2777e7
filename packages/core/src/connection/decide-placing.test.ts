import { describe, expect, it } from 'vitest'
import type { CohortId, CourseId, MeetingId, RoundId } from '../kernel/ids.ts'
import { composeContentItem } from './compose-content-item.ts'
import { decidePlacing, mostPlaced, takesColumns } from './decide-placing.ts'
import { mayPlaceLinks } from './may-place.ts'
import type { Placeable } from './placing-contract.ts'

const cohort = { id: 'cohort-1' as CohortId, name: 'Willow\ncohort' }
const space: Placeable = { kind: 'space', id: cohort.id, title: cohort.name, cohort, theme: 'Fundamentals' }
const practice: Placeable = { ...space, kind: 'practice' }
const at = { startsAt: new Date(0), endsAt: new Date(1), timeZone: 'UTC' }
const meeting: Placeable = { kind: 'meeting', id: 'meeting-1' as MeetingId, title: 'Workshop', cohort, ...at }
const round: Placeable = {
  kind: 'round',
  id: 'round-1' as RoundId,
  title: `Plan\u2028${'x'.repeat(300)}`,
  cohort,
  phase: 'submit',
  submitUntil: new Date(0),
  timeZone: 'UTC',
  workMaximum: 20,
}
const takes = { links: true, several: true, columns: null }

describe('decidePlacing', () => {
  it('gives each choice once, in the order chosen', () => {
    expect(decidePlacing(takes, [meeting, space, meeting], [space, meeting])).toMatchObject({ value: [meeting, space] })
  })

  it('tells a space from its practice, which have one id', () => {
    expect(decidePlacing(takes, [practice], [space])).toMatchObject({ refusal: { code: 'placing.not_offered' } })
  })

  it('takes no choice as going back, also where the LMS takes no links', () => {
    expect(decidePlacing({ ...takes, links: false }, [], [])).toMatchObject({ value: [] })
    expect(decidePlacing({ ...takes, links: false }, [space], [space])).toMatchObject({
      refusal: { code: 'placing.links_not_taken' },
    })
  })

  it('takes one where the LMS does not say that it takes several', () => {
    for (const several of [false, null]) {
      expect(mostPlaced({ ...takes, several })).toBe(1)
      expect(decidePlacing({ ...takes, several }, [space, meeting], [space, meeting])).toMatchObject({
        refusal: { code: 'placing.too_many', facts: { most: 1 } },
      })
    }
  })

  it('brings columns unless the LMS says no', () => {
    expect([true, null, false].map((columns) => takesColumns({ ...takes, columns }))).toEqual([true, true, false])
  })
})

describe('composeContentItem', () => {
  const situation = { launchUrl: 'https://tool.example/lti/launch', courseId: 'course-1' as CourseId, withColumn: true }

  it('names cohort, round, meeting and page in parameters without a line end, and the course it is placed in', () => {
    const custom = (placed: Placeable) => composeContentItem(placed, situation).custom
    const always = { course: 'course-1', context_history: '$Context.id.history' }
    expect(custom(space)).toEqual({ cohort: 'cohort-1', ...always })
    expect(custom(practice)).toEqual({ cohort: 'cohort-1', page: 'practice', ...always })
    expect(custom(meeting)).toEqual({ cohort: 'cohort-1', meeting: 'meeting-1', ...always })
    expect(custom(round)).toEqual({ cohort: 'cohort-1', round: 'round-1', ...always })
    expect(composeContentItem(space, { ...situation, courseId: null }).custom).not.toHaveProperty('course')
  })

  it('gives a round its column for the work, with how the work opens from it, and no dates', () => {
    const item = composeContentItem(round, situation)
    expect(item.lineItem).toMatchObject({
      scoreMaximum: 20,
      resourceId: 'round-1',
      tag: 'work',
      submissionReview: { url: situation.launchUrl, custom: { round: 'round-1' } },
    })
    expect(Object.keys(item).sort()).toEqual(['custom', 'lineItem', 'text', 'title', 'type', 'url'])
    expect(composeContentItem(round, { ...situation, withColumn: false })).not.toHaveProperty('lineItem')
    expect(composeContentItem(space, situation)).not.toHaveProperty('lineItem')
  })

  it('keeps names to one line and to what an LMS keeps', () => {
    expect(composeContentItem(space, situation).title).toBe('Willow cohort')
    const { title, lineItem } = composeContentItem(round, situation)
    expect([title.slice(0, 6), title.length, lineItem!.label.length]).toEqual(['Plan x', 255, 255])
  })
})

it('lets those place links who teach a course or administer it', () => {
  const roles = ['instructor', 'teaching_assistant', 'administrator', 'learner', 'observer', 'guest'] as const
  expect(roles.filter(mayPlaceLinks)).toEqual(['instructor', 'teaching_assistant', 'administrator'])
})
