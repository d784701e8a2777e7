import { expect, it } from 'vitest'
import type { CohortId, RegionId, RoundId } from '../kernel/ids.ts'
import { bindCourseLink } from './bind-course-link.ts'

const cohortId = '11111111-1111-4111-8111-111111111111' as CohortId
const roundId = '22222222-2222-4222-8222-222222222222' as RoundId
const here = '33333333-3333-4333-8333-333333333333' as RegionId
const elsewhere = '44444444-4444-4444-8444-444444444444' as RegionId
const cohort = { id: cohortId, regionId: here, seatsInstitution: false }
const member = { regionId: here, isMember: true }

it('opens a cohort of the member institution’s own region', () => {
  expect(bindCourseLink({ cohort, round: null, institution: member })).toEqual({ cohortId, roundId: null })
})

it('opens a cohort in which the institution has a seat, wherever it is', () => {
  const institution = { regionId: elsewhere, isMember: false }
  expect(bindCourseLink({ cohort: { ...cohort, seatsInstitution: true }, round: null, institution }).cohortId).toBe(
    cohortId,
  )
})

it.each([
  ['an institution of another region', { regionId: elsewhere, isMember: true }],
  ['an institution without a region', { regionId: null, isMember: true }],
  ['an institution that is not a member', { regionId: here, isMember: false }],
])('stays unbound for %s', (_who, institution) => {
  expect(bindCourseLink({ cohort, round: null, institution })).toEqual({ cohortId: null, roundId: null })
})

it('opens the round of that cohort, never one of another', () => {
  const round = { id: roundId, cohortId }
  expect(bindCourseLink({ cohort, round, institution: member }).roundId).toBe(roundId)
  const foreign = { id: roundId, cohortId: '55555555-5555-4555-8555-555555555555' as CohortId }
  expect(bindCourseLink({ cohort, round: foreign, institution: member }).roundId).toBeNull()
  expect(bindCourseLink({ cohort: null, round, institution: member })).toEqual({ cohortId: null, roundId: null })
})
