import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InstitutionId } from '../kernel/ids.ts'
import type { CohortDraft } from './create-cohort-contract.ts'
import { CohortDraft as Draft } from './create-cohort-contract.ts'
import { USUAL_LIMITS } from '../programme/policy.ts'
import { checkCohort, createCohort, type Candidate, type CohortContext } from './create-cohort.ts'

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const campus = uuid(1)
const DAY = 86_400_000
const first = new Date('2027-01-12T21:00:00Z')
const meeting = (n: number, minutes = 90, where: { place: string | null } = { place: 'Hillside Hall' }) => ({
  title: `Meeting ${n + 1}`,
  startsAt: new Date(+first + n * 7 * DAY),
  endsAt: new Date(+first + n * 7 * DAY + minutes * 60_000),
  joinUrl: null,
  ...where,
})
const seat = (n: number, kind: 'participant' | 'chair' | 'facilitator' = 'participant', isWaitlisted = false) => ({
  personId: uuid(100 + n),
  institutionId: campus,
  kind,
  isWaitlisted,
})
const person = (n: number, tie: Partial<Candidate['affiliations'][number]> = {}): Candidate => ({
  id: uuid(100 + n),
  name: `Person ${n}`,
  affiliations: [
    { institutionId: InstitutionId.parse(campus), kind: 'staff', institution: 'campus', isMember: true, ...tie },
  ],
})
const limits = USUAL_LIMITS
const weekly = Array.from({ length: 6 }, (_, n) => meeting(n))
const draftOf = (change: Record<string, unknown> = {}) =>
  ({
    regionId: uuid(2),
    name: 'Willow',
    theme: 'Fundamentals',
    timeZone: 'America/New_York',
    conveningId: null,
    submissionDeadline: null,
    seats: [seat(0, 'chair'), seat(1)],
    meetings: weekly,
    ...change,
  }) as CohortDraft
const contextOf = (people: Candidate[] = Array.from({ length: 40 }, (_, n) => person(n))): CohortContext => ({
  limits,
  people: new Map(people.map((one) => [one.id, one])),
  isNameTaken: false,
})
const codes = (draft: CohortDraft, context = contextOf()) => checkCohort(draft, context).map(({ code }) => code)
const seats = (n: number) => [seat(0, 'chair'), ...Array.from({ length: n - 1 }, (_, at) => seat(at + 1))]

it('has nothing to say about a cohort as the network wants it', () => {
  expect(codes(draftOf())).toEqual([])
})

describe('cohort.full', () => {
  it('takes 15 and no 16th, chairs counted, facilitators and those who wait not', () => {
    expect(codes(draftOf({ seats: seats(15) }))).toEqual([])
    expect(codes(draftOf({ seats: seats(16) }))).toEqual(['cohort.full'])
    expect(codes(draftOf({ seats: [...seats(15), seat(20, 'facilitator'), seat(21, 'participant', true)] }))).toEqual(
      [],
    )
  })
  it('names the newest participants, never a chair, as those who could wait', () => {
    const draft = draftOf({ seats: [...seats(16), seat(30, 'chair')] })
    expect(checkCohort(draft, contextOf())).toMatchObject([
      { facts: { capacity: 15, taken: 17, over: 2, personIds: [uuid(114), uuid(115)] } },
    ])
  })
})

describe('cohort.chair', () => {
  it('blocks without a chair; one on the waitlist leads nothing', () => {
    expect(codes(draftOf({ seats: [seat(1)] }))).toEqual(['cohort.chair'])
    expect(codes(draftOf({ seats: [seat(0, 'chair', true)] }))).toEqual(['cohort.chair'])
  })
})

describe('eligibility.affiliation', () => {
  it.each([
    ['a campus that is not a member', { isMember: false }, ['eligibility.affiliation']],
    ['a kind the policy leaves out', { kind: 'student' }, ['eligibility.affiliation']],
    [
      'another institution than the seat says',
      { institutionId: InstitutionId.parse(uuid(9)) },
      ['eligibility.affiliation'],
    ],
    ['a partner organisation', { institution: 'partner', isMember: false, kind: 'community_partner' }, []],
  ] as const)('someone of %s', (_who, tie, expected) => {
    const eligibleAffiliations = limits.eligibleAffiliations.filter((kind) => kind !== 'student')
    const context = { ...contextOf([person(0), person(1, tie)]), limits: { ...limits, eligibleAffiliations } }
    expect(codes(draftOf(), context)).toEqual(expected)
  })
  it('does not ask it of a facilitator', () => {
    expect(codes(draftOf({ seats: [seat(0, 'chair'), seat(1, 'facilitator')] }), contextOf([person(0)]))).toEqual([])
  })
})

describe('the meetings', () => {
  it('warns below six', () => {
    expect(checkCohort(draftOf({ meetings: weekly.slice(1) }), contextOf())).toEqual([
      { code: 'schedule.meetings', strength: 'warn', facts: { planned: 5, usual: 6 } },
    ])
  })
  it('warns below the minutes a programme promises, where it promises any', () => {
    const promising = (minutes: number) => ({
      ...contextOf(),
      limits: { ...limits, commitment: { minutes, sessions: 7 } },
    })
    const planned = weekly.length * 90
    expect(checkCohort(draftOf(), promising(planned))).toEqual([])
    expect(checkCohort(draftOf(), promising(planned + 1))).toEqual([
      { code: 'hours.commitment', strength: 'warn', facts: { planned, promised: planned + 1, sessions: 7 } },
    ])
  })
  it('blocks where the network made a warning a block', () => {
    const strict = { ...limits, strengths: { 'schedule.meetings': 'block' } as const }
    const found = checkCohort(draftOf({ meetings: weekly.slice(1) }), { ...contextOf(), limits: strict })
    expect(found).toMatchObject([{ code: 'schedule.meetings', strength: 'block' }])
  })
  it.each([
    [74, ['meeting.length']],
    [75, []],
    [105, []],
    [106, ['meeting.length']],
    [0, ['meeting.times']],
    [-30, ['meeting.times']],
  ])('of %i minutes', (minutes, expected) => {
    expect(codes(draftOf({ meetings: [...weekly, meeting(6, minutes)] }))).toEqual(expected)
  })
  it('names the meeting that has no place', () => {
    expect(checkCohort(draftOf({ meetings: [...weekly, meeting(6, 90, { place: null })] }), contextOf())).toEqual([
      { code: 'meeting.place', strength: 'block', facts: { meetings: [7] } },
    ])
  })
  it('keeps 14 days between the last end and the deadline, to the millisecond', () => {
    const lastEnd = +weekly[5]!.endsAt
    const by = (ms: number) => codes(draftOf({ submissionDeadline: new Date(lastEnd + 14 * DAY + ms) }))
    expect(by(0)).toEqual([])
    expect(by(-1)).toEqual(['schedule.before_deadline'])
  })
})

describe('createCohort', () => {
  it('refuses a block, whatever reason is given', () => {
    expect(createCohort(draftOf({ seats: [] }), contextOf(), 'because')).toMatchObject({
      refusal: { code: 'cohort.blocked' },
    })
    expect(createCohort(draftOf(), { ...contextOf(), isNameTaken: true }, null)).toMatchObject({
      refusal: { code: 'cohort.blocked', facts: { findings: [{ code: 'cohort.name_taken' }] } },
    })
  })
  it('goes ahead with a warning once somebody says why, and keeps it', () => {
    const draft = draftOf({ meetings: weekly.slice(2) })
    expect(createCohort(draft, contextOf(), null)).toMatchObject({ refusal: { code: 'cohort.needs_reason' } })
    expect(createCohort(draft, contextOf(), 'A short term')).toMatchObject({
      value: { accepted: [{ code: 'schedule.meetings' }] },
    })
  })
})

it('refuses a draft that names a person twice', () => {
  const twice = draftOf({ seats: [seat(1), seat(1, 'chair')], meetings: [] })
  expect(Draft.safeParse(twice).error?.issues[0]?.path).toEqual(['seats'])
})

it('moving the people it names to the waitlist always satisfies cohort.full', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (capacity, n) => {
      const context = { ...contextOf(), limits: { ...limits, cohortSeats: capacity } }
      const draft = draftOf({ seats: seats(n) })
      const finding = checkCohort(draft, context).find(({ code }) => code === 'cohort.full')
      const waiting = new Set(finding?.code === 'cohort.full' ? finding.facts.personIds : [])
      const moved = draft.seats.map((one) => ({ ...one, isWaitlisted: waiting.has(one.personId) }))
      expect(codes({ ...draft, seats: moved }, context)).not.toContain('cohort.full')
    }),
  )
})
