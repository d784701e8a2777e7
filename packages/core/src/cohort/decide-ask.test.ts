import { describe, expect, it } from 'vitest'
import { decideAsk, kindOfYes, showsAsk, type AskFacts } from './decide-ask.ts'

const now = new Date('2027-01-10T12:00:00Z')
const asked = (change: Partial<AskFacts> = {}): AskFacts => ({
  status: 'open',
  answer: null,
  held: null,
  isUsed: false,
  isTakenAway: false,
  firstMeetingEnds: new Date(+now + 1),
  ...change,
})
const shows = (change: Partial<AskFacts>) => showsAsk(asked(change), now)

describe('the question whether somebody goes on', () => {
  it('stands until they answer, while the next cohort takes people', () => {
    expect(shows({})).toBe(true)
    expect(shows({ firstMeetingEnds: now })).toBe(true)
    expect(shows({ status: 'closed' })).toBe(false)
  })

  it('is not asked of who has a seat there already', () => {
    expect(shows({ held: 'seated' })).toBe(false)
  })

  it('shows a yes until the seat is used or given back', () => {
    expect(shows({ answer: 'yes', held: 'waitlisted' })).toBe(true)
    expect(shows({ answer: 'yes', held: 'seated', isUsed: true })).toBe(false)
    expect(shows({ answer: 'yes', held: null })).toBe(false)
  })

  it('shows a no until the first meeting is over', () => {
    expect(shows({ answer: 'no' })).toBe(true)
    expect(shows({ answer: 'no', firstMeetingEnds: null })).toBe(true)
    expect(shows({ answer: 'no', firstMeetingEnds: now })).toBe(false)
    expect(shows({ answer: 'no', held: 'seated' })).toBe(false)
  })
})

describe('an answer', () => {
  it('takes a seat once', () => {
    expect(decideAsk(asked(), 'yes')).toEqual({ ok: true, value: 'take' })
    expect(decideAsk(asked({ held: 'waitlisted', isUsed: true }), 'yes')).toEqual({ ok: true, value: 'keep' })
  })

  it('that says no, or is taken back, gives the seat back until it is used', () => {
    for (const answer of ['no', null] as const) {
      expect(decideAsk(asked(), answer)).toEqual({ ok: true, value: 'keep' })
      expect(decideAsk(asked({ held: 'seated' }), answer)).toEqual({ ok: true, value: 'give_back' })
      expect(decideAsk(asked({ held: 'seated', isUsed: true }), answer)).toMatchObject({
        refusal: { code: 'ask.seat_used' },
      })
    }
  })

  it('gives nobody a seat again that was taken from them, and is not asked for', () => {
    const taken = { answer: 'yes', isTakenAway: true } as const
    for (const answer of ['yes', 'no', null] as const) {
      const refused = { ok: false, refusal: { code: 'ask.taken_away', facts: {} } }
      expect(decideAsk(asked(taken), answer)).toEqual(refused)
      expect(shows({ ...taken, answer })).toBe(false)
    }
    expect(decideAsk(asked({ ...taken, held: 'seated' }), 'no')).toEqual({ ok: true, value: 'give_back' })
  })

  it('makes of somebody what they were last in the cohort, whatever they are asked', () => {
    expect(kindOfYes('facilitator', undefined)).toBe('facilitator')
    expect(kindOfYes('facilitator', { kind: 'participant' })).toBe('participant')
  })
})
