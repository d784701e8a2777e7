import { describe, expect, it } from 'vitest'
import { InstitutionId } from '../kernel/ids.ts'
import { USUAL_LIMITS } from '../programme/policy.ts'
import { decideSeat, restoreSeatTo } from './decide-seat.ts'
import type { Tie } from './is-eligible.ts'

const riverside = InstitutionId.parse('2b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const hillside = InstitutionId.parse('3b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const tie = (institutionId: InstitutionId, isMember = true): Tie => ({
  institutionId,
  kind: 'staff',
  institution: 'campus',
  isMember,
})
const cohort = { status: 'open' as const, seats: { taken: 15, waitlisted: 0, capacity: 15 }, limits: USUAL_LIMITS }
const who = (ties: Tie[], seat?: { kind: 'participant'; status: 'seated' | 'left' }) => ({
  isTest: false,
  seat,
  ties,
  comesFrom: riverside,
})

describe('decideSeat', () => {
  it('puts a 16th participant or chair on the waitlist, and seats a facilitator all the same', () => {
    expect(decideSeat('participant', cohort, who([tie(riverside)]))).toMatchObject({ value: { status: 'waitlisted' } })
    expect(decideSeat('chair', cohort, who([tie(riverside)]))).toMatchObject({ value: { status: 'waitlisted' } })
    expect(decideSeat('facilitator', cohort, who([tie(riverside)]))).toMatchObject({ value: { status: 'seated' } })
  })
  it.each(['participant', 'facilitator'] as const)('refuses a %s whose only tie is elsewhere', (kind) => {
    expect(decideSeat(kind, cohort, who([tie(hillside)]))).toMatchObject({
      refusal: { code: 'eligibility.affiliation' },
    })
  })
  it('asks membership of a participant, not of a facilitator', () => {
    const guest = who([tie(riverside, false)])
    expect(decideSeat('participant', cohort, guest)).toMatchObject({ refusal: { code: 'eligibility.affiliation' } })
    expect(decideSeat('facilitator', cohort, guest)).toMatchObject({ ok: true })
  })
  it.each(['participant', 'facilitator'] as const)('refuses a %s who is in already, not one who left', (kind) => {
    const seated = who([tie(riverside)], { kind: 'participant', status: 'seated' })
    const left = who([tie(riverside)], { kind: 'participant', status: 'left' })
    expect(decideSeat(kind, cohort, seated)).toMatchObject({ refusal: { code: 'cohort.already_in' } })
    expect(decideSeat(kind, cohort, left)).toMatchObject({ ok: true })
  })
  it.each(['participant', 'facilitator'] as const)('seats no test person of an LMS as %s', (kind) => {
    const test = { ...who([tie(riverside)]), isTest: true }
    expect(decideSeat(kind, cohort, test)).toMatchObject({ refusal: { code: 'cohort.test_person' } })
  })
  it('seats nobody in a closed cohort', () => {
    const closed = { ...cohort, status: 'closed' as const }
    expect(decideSeat('facilitator', closed, who([tie(riverside)]))).toMatchObject({
      refusal: { code: 'cohort.closed' },
    })
  })
})

describe('undoing a removal', () => {
  const seats = (taken: number) => ({ capacity: 15, taken })
  it.each([
    ['participant', 14, 0, 'seated'],
    ['participant', 14, 1, 'waitlisted'],
    ['participant', 15, 0, 'waitlisted'],
    ['facilitator', 15, 3, 'seated'],
  ] as const)('of a %s when %i of 15 are taken and %i wait before them', (kind, taken, earlier, expected) => {
    expect(restoreSeatTo(kind, seats(taken), earlier)).toBe(expected)
  })
})
