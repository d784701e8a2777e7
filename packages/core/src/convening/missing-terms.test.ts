import { describe, expect, it } from 'vitest'
import { InstitutionId, PersonId, RegionId } from '../kernel/ids.ts'
import { USUAL_LIMITS } from '../programme/policy.ts'
import { decideWindow } from './decide-window.ts'
import { mayReadNeeds } from './may-read-needs.ts'
import { missingTerms, termsFrom } from './missing-terms.ts'

const timeZone = 'America/New_York'
const terms = USUAL_LIMITS.conveningTerms
const keys = (held: Parameters<typeof missingTerms>[0], now: string) =>
  missingTerms(held, terms, { now: new Date(now), timeZone }).map(({ key }) => key)
const on = (day: string, term: string | null = null) => ({ term, startsAt: new Date(`${day}T17:00:00Z`), timeZone })

describe('convening.each_term', () => {
  it('flags the terms of the year ahead, the current one first', () => {
    expect(keys([], '2026-11-22T12:00:00Z')).toEqual(['fall-2026', 'spring-2027', 'summer-2027'])
    expect(keys([on('2026-10-01'), on('2027-02-12')], '2026-11-22T12:00:00Z')).toEqual(['summer-2027'])
  })
  it('counts a convening without dates for the term it is said to be for', () => {
    const announced = { term: 'summer-2027', startsAt: null, timeZone }
    expect(keys([announced, on('2026-10-01'), on('2027-02-12')], '2026-11-22T12:00:00Z')).toEqual([])
  })
  it('begins a term on its day in the network’s own zone', () => {
    expect(keys([], '2027-05-14T03:00:00Z')[0]).toBe('spring-2027')
    expect(keys([], '2027-05-14T05:00:00Z')[0]).toBe('summer-2027')
    expect(keys([on('2027-05-13'), on('2027-05-14')], '2027-05-14T12:00:00Z')).toEqual(['fall-2027', 'spring-2028'])
  })
  it('is not misled by a year mistyped', () => {
    expect(keys([on('0002-03-01'), on('9999-12-30')], '2026-11-22T12:00:00Z')).toEqual(keys([], '2026-11-22T12:00:00Z'))
    expect(termsFrom('0002-03-01', terms)).toHaveLength(terms.length)
  })
  it('flags nothing where the network holds no convening by term', () => {
    expect(missingTerms([], [], { now: new Date('2027-01-01T00:00:00Z'), timeZone })).toEqual([])
  })
})

describe('convening.window', () => {
  const window = { from: '05-14', until: '08-13' }
  const span = (startsAt: string, endsAt: string) => [{ startsAt: new Date(startsAt), endsAt: new Date(endsAt) }]
  it.each([
    ['from its first hour', '2027-05-14T04:00:00Z', '2027-05-14T20:00:00Z', true],
    ['until its last midnight', '2027-08-13T20:00:00Z', '2027-08-14T04:00:00Z', true],
    ['an hour before it', '2027-05-14T03:59:00Z', '2027-05-14T20:00:00Z', false],
    ['past its last midnight', '2027-08-13T20:00:00Z', '2027-08-14T04:01:00Z', false],
    ['from one summer to the next', '2027-06-01T12:00:00Z', '2028-06-01T12:00:00Z', false],
  ])('%s', (_when, startsAt, endsAt, isOk) => {
    expect(decideWindow(window, timeZone, span(startsAt, endsAt)).ok).toBe(isOk)
  })
})

describe('what people need is read by', () => {
  const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
  const [regionId, host, personId] = [RegionId.parse(uuid(1)), InstitutionId.parse(uuid(2)), PersonId.parse(uuid(3))]
  const convening = { regionId, hosts: [host], leadFacilitatorId: null }
  it.each([
    ['a coordinator of its region', { role: 'coordinator', regionId }, true],
    ['an administrator of a host institution', { role: 'institution_admin', institutionId: host }, true],
    ['no coordinator of another region', { role: 'coordinator', regionId: RegionId.parse(uuid(8)) }, false],
    [
      'no administrator of another institution',
      { role: 'institution_admin', institutionId: InstitutionId.parse(uuid(9)) },
      false,
    ],
    ['nobody for administering the whole network', { role: 'network_admin' }, false],
  ] as const)('%s', (_who, grant, may) => {
    expect(mayReadNeeds({ personId, grants: [grant] }, convening)).toBe(may)
  })
  it('its lead facilitator', () => {
    expect(mayReadNeeds({ personId, grants: [] }, { ...convening, leadFacilitatorId: personId })).toBe(true)
  })
})
