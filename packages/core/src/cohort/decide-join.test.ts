import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InstitutionId } from '../kernel/ids.ts'
import { USUAL_LIMITS } from '../programme/policy.ts'
import { decideJoin, seatsToGive, type Joiner, type JoiningCohort } from './decide-join.ts'
import { decideLeave } from './decide-leave.ts'
import type { Tie } from './is-eligible.ts'

const riverside = 'riverside' as InstitutionId
const hillside = 'hillside' as InstitutionId
const tie = (changes: Partial<Tie> = {}): Tie => ({
  institutionId: riverside,
  kind: 'student',
  institution: 'campus',
  isMember: true,
  ...changes,
})
const cohort = (seats: Partial<JoiningCohort['seats']> = {}): JoiningCohort => ({
  status: 'open',
  seats: { taken: 0, waitlisted: 0, capacity: 15, ...seats },
  limits: USUAL_LIMITS,
})
const joiner = (changes: Partial<Joiner> = {}): Joiner => ({
  isTest: false,
  seat: undefined,
  ties: [tie()],
  comesFrom: riverside,
  ...changes,
})

describe('joining', () => {
  it('takes the last seat, and the next joins the waitlist', () => {
    expect(decideJoin(cohort({ taken: 14 }), joiner())).toMatchObject({ value: { status: 'seated' } })
    expect(decideJoin(cohort({ taken: 15 }), joiner())).toMatchObject({ value: { status: 'waitlisted' } })
  })

  it('leaves a free seat to those who wait first', () => {
    const oneFree = cohort({ taken: 14, waitlisted: 1 })
    expect(decideJoin(oneFree, joiner())).toMatchObject({ value: { status: 'waitlisted' } })
  })

  it('seats people under the campus they come from, else under one they are eligible with', () => {
    const ties = [tie({ institutionId: hillside }), tie()]
    expect(decideJoin(cohort(), joiner({ ties }))).toMatchObject({ value: { institutionId: riverside } })
    expect(decideJoin(cohort(), joiner({ ties, comesFrom: null }))).toMatchObject({
      value: { institutionId: hillside },
    })
  })

  it.each([
    ['nobody’s affiliate', []],
    ['an affiliate of a campus that is no member', [tie({ isMember: false })]],
  ])('refuses %s', (_who, ties) => {
    expect(decideJoin(cohort(), joiner({ ties }))).toMatchObject({ refusal: { code: 'eligibility.affiliation' } })
  })

  it('refuses affiliations the policy leaves out, and takes partners of any organisation of the network', () => {
    const partner = tie({ kind: 'community_partner', institution: 'partner', isMember: false })
    expect(decideJoin(cohort(), joiner({ ties: [partner] }))).toMatchObject({ ok: true })
    const campusOnly: JoiningCohort = { ...cohort(), limits: { eligibleAffiliations: ['faculty', 'staff'] } }
    expect(decideJoin(campusOnly, joiner({ ties: [partner, tie()] }))).toMatchObject({
      refusal: { code: 'eligibility.affiliation', facts: { eligible: ['faculty', 'staff'] } },
    })
  })

  it('refuses a closed cohort, whoever is in already, and a student view', () => {
    expect(decideJoin({ ...cohort(), status: 'closed' }, joiner())).toMatchObject({
      refusal: { code: 'cohort.closed' },
    })
    const inAlready = joiner({ seat: { kind: 'participant', status: 'waitlisted' } })
    expect(decideJoin(cohort(), inAlready)).toMatchObject({ refusal: { code: 'cohort.already_in' } })
    expect(decideJoin(cohort(), joiner({ isTest: true }))).toMatchObject({ refusal: { code: 'cohort.test_person' } })
  })

  it('lets those who left join again', () => {
    const again = joiner({ seat: { kind: 'participant', status: 'left' } })
    expect(decideJoin(cohort(), again)).toMatchObject({ ok: true })
  })
})

describe('over any run of joins and leaves', () => {
  const step = fc.record({ person: fc.nat(24), joins: fc.boolean() })

  it('seats never exceed capacity, none stays free while somebody waits, and the waitlist keeps its order', () => {
    const run = fc.property(fc.integer({ min: 1, max: 8 }), fc.array(step, { maxLength: 200 }), (capacity, steps) => {
      const seated = new Set<number>()
      let waiting: number[] = []
      for (const { person, joins } of steps) {
        const status = seated.has(person) ? 'seated' : waiting.includes(person) ? 'waitlisted' : 'left'
        const seat = { kind: 'participant', status } as const
        const seats = { taken: seated.size, waitlisted: waiting.length, capacity }
        if (joins) {
          const decision = decideJoin(cohort(seats), joiner({ seat }))
          if (!decision.ok) continue
          if (decision.value.status === 'seated') seated.add(person)
          else waiting.push(person)
        } else if (decideLeave(seat).ok) {
          seated.delete(person)
          waiting = waiting.filter((one) => one !== person)
          const given = seatsToGive({ taken: seated.size, waitlisted: waiting.length, capacity })
          for (const next of waiting.splice(0, given)) seated.add(next)
        }
        expect(seated.size).toBeLessThanOrEqual(capacity)
        expect(waiting.length === 0 || seated.size === capacity).toBe(true)
      }
    })
    fc.assert(run)
  })
})

it('leaving is open to participants and those who wait; a facilitator’s part is no seat to leave', () => {
  expect(decideLeave({ kind: 'chair', status: 'seated' })).toMatchObject({ value: { status: 'left', freesSeat: true } })
  expect(decideLeave({ kind: 'participant', status: 'waitlisted' })).toMatchObject({ value: { freesSeat: false } })
  expect(decideLeave({ kind: 'facilitator', status: 'seated' })).toMatchObject({ refusal: { code: 'cohort.not_in' } })
  expect(decideLeave(undefined)).toMatchObject({ refusal: { code: 'cohort.not_in' } })
})
