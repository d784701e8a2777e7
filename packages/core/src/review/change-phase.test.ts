import { describe, expect, it } from 'vitest'
import { changeRound, closeRound, openRound, reopenRound, startReviewing, type RoundInTime } from './change-phase.ts'

const submitUntil = new Date('2026-03-01T12:00:00Z')
const reviewUntil = new Date('2026-03-08T12:00:00Z')
const before = new Date('2026-02-20T12:00:00Z')
const later = new Date('2026-03-15T12:00:00Z')
const round = (phase: RoundInTime['phase']): RoundInTime => ({ phase, submitUntil, reviewUntil })

describe('the phases of a round', () => {
  it('go draft, submit, review, closed, and back from closed to review', () => {
    expect(openRound(round('draft'), before)).toEqual({ ok: true, value: 'submit' })
    expect(startReviewing(round('submit'), submitUntil)).toEqual({ ok: true, value: 'review' })
    expect(closeRound(round('review'))).toEqual({ ok: true, value: 'closed' })
    expect(reopenRound(round('closed'), reviewUntil, before)).toEqual({
      ok: true,
      value: { phase: 'review', reviewUntil },
    })
  })

  it.each(['submit', 'review', 'closed'] as const)('refuse to open a round in phase %s', (phase) => {
    expect(openRound(round(phase), before)).toMatchObject({
      refusal: { code: 'review.wrong_phase', facts: { phase, needed: 'draft' } },
    })
  })

  it.each(['draft', 'submit', 'closed'] as const)('refuse to close a round in phase %s', (phase) => {
    expect(closeRound(round(phase))).toMatchObject({ refusal: { code: 'review.wrong_phase' } })
  })

  it('refuse a step whose last day has passed', () => {
    expect(openRound(round('draft'), submitUntil)).toMatchObject({ refusal: { facts: { date: 'submitUntil' } } })
    expect(startReviewing(round('submit'), reviewUntil)).toMatchObject({ refusal: { facts: { date: 'reviewUntil' } } })
    expect(reopenRound(round('closed'), reviewUntil, later)).toMatchObject({ refusal: { code: 'review.date_passed' } })
  })

  it('refuse to deal or reopen out of turn, and name the phase that is needed', () => {
    for (const phase of ['draft', 'review', 'closed'] as const)
      expect(startReviewing(round(phase), before)).toMatchObject({
        refusal: { code: 'review.wrong_phase', facts: { phase, needed: 'submit' } },
      })
    for (const phase of ['draft', 'submit', 'review'] as const)
      expect(reopenRound(round(phase), reviewUntil, before)).toMatchObject({
        refusal: { code: 'review.wrong_phase', facts: { phase, needed: 'closed' } },
      })
    expect(closeRound(round('draft'))).toMatchObject({ refusal: { facts: { phase: 'draft', needed: 'review' } } })
  })

  it('name the day that has passed, at its very moment too', () => {
    const passed = (date: string, was: Date) => ({ refusal: { code: 'review.date_passed', facts: { date, was } } })
    expect(openRound(round('draft'), submitUntil)).toMatchObject(passed('submitUntil', submitUntil))
    expect(startReviewing(round('submit'), reviewUntil)).toMatchObject(passed('reviewUntil', reviewUntil))
    expect(reopenRound(round('closed'), later, later)).toMatchObject(passed('reviewUntil', later))
  })

  it('refuse to reopen until after revisions are due, which nobody could then write', () => {
    const revised = { ...round('closed'), reviseUntil: later }
    expect(reopenRound(revised, reviewUntil, before)).toMatchObject({ ok: true })
    expect(reopenRound(revised, later, before)).toMatchObject({ refusal: { code: 'review.dates_out_of_order' } })
  })

  it('refuse to reopen until before the work was due', () => {
    expect(reopenRound(round('closed'), submitUntil, before)).toMatchObject({
      refusal: { code: 'review.dates_out_of_order', facts: { submitUntil, reviewUntil: submitUntil } },
    })
  })
})

describe('changeRound', () => {
  it('lets a draft change in everything', () => {
    expect(changeRound(round('draft'), { rubric: {}, submitUntil: before })).toEqual({
      ok: true,
      value: { submitUntil: before, reviewUntil },
    })
  })

  it.each([
    ['submit', { submitUntil: before }, true],
    ['submit', { rubric: {} }, false],
    ['submit', { anonymity: 'none' }, false],
    ['review', { reviewUntil: later }, true],
    ['review', { submitUntil: before }, false],
    ['closed', { title: 'Another' }, true],
    ['closed', { reviewUntil: later }, false],
    ['closed', { rubric: undefined, title: 'Another' }, true],
  ] as const)('in phase %s, a change of %o is allowed: %s', (phase, change, allowed) => {
    expect(changeRound(round(phase), change).ok).toBe(allowed)
  })

  it('refuses reviews due before the work is, also when only one date moves', () => {
    expect(changeRound(round('draft'), { reviewUntil: before })).toMatchObject({
      refusal: { code: 'review.dates_out_of_order' },
    })
  })

  it('takes two dates at one moment for out of order', () => {
    expect(changeRound(round('draft'), { reviewUntil: submitUntil }).ok).toBe(false)
  })

  it('refuses a change of which only a part may be, and names the phase for the rest', () => {
    expect(changeRound(round('review'), { title: 'Another', submitUntil: before })).toMatchObject({
      refusal: { code: 'review.wrong_phase', facts: { phase: 'review', needed: 'submit' } },
    })
    expect(changeRound(round('submit'), { title: 'Another', rubric: {} })).toMatchObject({
      refusal: { facts: { phase: 'submit', needed: 'draft' } },
    })
  })
})
