import { expect, it } from 'vitest'
import { checkClosing, closeCohort, nestCohort } from './close-cohort.ts'

const quiet = { status: 'open', meetingsAhead: 0, lastMeetingAt: null, roundsRunning: 0 } as const
const last = new Date('2027-03-01T12:00:00Z')

it('closes a cohort in which nothing goes on without a reason', () => {
  expect(closeCohort(quiet, null)).toEqual({ ok: true, value: { accepted: [] } })
})

it('asks why while meetings lie ahead or rounds run, and takes the reason', () => {
  const busy = { ...quiet, meetingsAhead: 2, lastMeetingAt: last, roundsRunning: 1 }
  expect(checkClosing(busy).map(({ code }) => code)).toEqual(['cohort.meetings_ahead', 'cohort.rounds_running'])
  expect(closeCohort(busy, null)).toMatchObject({ refusal: { code: 'cohort.needs_reason' } })
  expect(closeCohort(busy, 'The campus left')).toMatchObject({ value: { accepted: { length: 2 } } })
})

it('closes nothing twice', () => {
  expect(closeCohort({ ...quiet, status: 'closed' }, 'again')).toMatchObject({ refusal: { code: 'cohort.closed' } })
})

it('lets no cohort lie inside itself, however far around', () => {
  expect(nestCohort('a', ['b', 'c']).ok).toBe(true)
  expect(nestCohort('a', ['a'])).toMatchObject({ refusal: { code: 'cohort.nested_in_itself' } })
  expect(nestCohort('a', ['b', 'a'])).toMatchObject({ refusal: { code: 'cohort.nested_in_itself' } })
})
