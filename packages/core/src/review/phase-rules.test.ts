import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeRound } from './change-phase.ts'
import { datesFor, NO_EXTENSIONS } from './dates-for.ts'
import { dueStep, type RoundByDate } from './due-step.ts'
import { grantExtension } from './grant-extension.ts'
import { roundSteps } from './round-steps.ts'
import { stepBack } from './step-back.ts'

const DAY = 86_400_000
const submitUntil = new Date('2026-03-01T12:00:00Z')
const day = (days: number) => new Date(+submitUntil + days * DAY)
const reviewUntil = day(7)
const closed = { kind: 'closed', graceMinutes: 0 } as const
const round = (phase: RoundByDate['phase'], part: Partial<RoundByDate> = {}) => ({
  phase,
  advance: 'by_date' as const,
  openFrom: day(-14),
  submitUntil,
  reviewUntil,
  reviseUntil: day(14),
  lastReviewUntil: reviewUntil,
  latePolicy: closed,
  ...part,
})
const justAfter = (date: Date) => new Date(+date + 1)

describe('dueStep', () => {
  it.each([
    ['draft', day(-15), null],
    ['draft', day(-14), 'open'],
    ['draft', submitUntil, null],
    ['submit', submitUntil, null],
    ['submit', justAfter(submitUntil), 'deal'],
    ['review', reviewUntil, null],
    ['review', justAfter(reviewUntil), 'close'],
    ['closed', day(100), null],
  ] as const)('in %s at %s says %s', (phase, now, step) => {
    expect(dueStep(round(phase), now)).toBe(step)
  })

  it('waits for the grace of the work and for the reviewer who has the most time', () => {
    const graced = round('submit', { latePolicy: { kind: 'closed', graceMinutes: 15 } })
    expect(dueStep(graced, new Date(+submitUntil + 15 * 60_000))).toBeNull()
    expect(dueStep(graced, new Date(+submitUntil + 15 * 60_000 + 1))).toBe('deal')
    expect(dueStep(round('review', { lastReviewUntil: day(9) }), day(8))).toBeNull()
  })

  it('never moves a round that goes by hand, nor one without a date to open', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('draft', 'submit', 'review', 'closed'),
        fc.integer({ min: -30, max: 60 }),
        (phase, at) => {
          expect(dueStep(round(phase, { advance: 'by_hand' }), day(at))).toBeNull()
        },
      ),
    )
    expect(dueStep(round('draft', { openFrom: null }), day(-1))).toBeNull()
  })
})

describe('datesFor', () => {
  it('moves a person’s last moments on, and never forward', () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: -20, max: 20 })),
        fc.option(fc.integer({ min: -20, max: 20 })),
        (w, r) => {
          const own = { work: w === null ? null : day(w), reviews: r === null ? null : day(r) }
          const mine = datesFor(round('submit'), own, day(0))
          expect(+mine.submitUntil).toBe(Math.max(+submitUntil, +(own.work ?? submitUntil)))
          expect(+mine.reviewUntil).toBe(Math.max(+reviewUntil, +(own.reviews ?? reviewUntil)))
        },
      ),
    )
  })

  it('takes late work after the dealing from those with time of their own, or where the round takes it', () => {
    const dealt = round('review')
    expect(datesFor(dealt, NO_EXTENSIONS, day(1)).takesLate).toBe(false)
    expect(datesFor(dealt, { work: day(2), reviews: null }, day(1)).takesLate).toBe(true)
    expect(datesFor(dealt, { work: day(2), reviews: null }, day(3)).takesLate).toBe(false)
    const taking = round('review', { latePolicy: { kind: 'accepted', graceMinutes: 0 } })
    expect(datesFor(taking, NO_EXTENSIONS, day(7)).takesLate).toBe(true)
    expect(datesFor(taking, NO_EXTENSIONS, justAfter(reviewUntil)).takesLate).toBe(false)
  })
})

describe('grantExtension', () => {
  it('says after and before which moment it may end', () => {
    const given = (kind: 'work' | 'reviews', until: number, now: number) =>
      grantExtension(round('review'), { kind, until: day(until) }, day(now))
    expect(given('work', 1, 2)).toMatchObject({ refusal: { facts: { after: day(2) } } })
    expect(given('reviews', 7, 2)).toMatchObject({ refusal: { facts: { after: reviewUntil } } })
    expect(given('work', 7, 2)).toMatchObject({ refusal: { facts: { before: reviewUntil } } })
    expect(given('work', 3, 2)).toEqual({ ok: true, value: true })
  })

  it.each([
    ['work until before the reviews are due', 'submit', 'work', 6, true],
    ['work until the reviews are due', 'submit', 'work', 7, 'review.extension_too_late'],
    ['no more than everyone has', 'submit', 'work', 0, 'review.extension_too_early'],
    ['reviews as long as is needed', 'review', 'reviews', 30, true],
    ['reviews until a moment that has passed', 'review', 'reviews', 7, 'review.extension_too_early'],
    ['anything in a closed round', 'closed', 'reviews', 30, 'review.wrong_phase'],
  ] as const)('gives %s', (_what, phase, kind, until, answer) => {
    const result = grantExtension(round(phase), { kind, until: day(until) }, phase === 'submit' ? day(-1) : day(2))
    expect(result.ok || result.refusal.code).toBe(answer)
  })
})

describe('stepBack', () => {
  const nothing = { works: 0, reviewsBegun: 0 }
  it('goes back to submitting while no review was begun, with a last moment ahead', () => {
    expect(stepBack(round('review'), { works: 4, reviewsBegun: 0 }, day(3), day(1))).toEqual({
      ok: true,
      value: { phase: 'submit', submitUntil: day(3) },
    })
    expect(stepBack(round('review'), { works: 4, reviewsBegun: 1 }, day(3), day(1))).toMatchObject({
      refusal: { code: 'review.reviews_begun', facts: { reviews: 1 } },
    })
    expect(stepBack(round('review'), nothing, day(1), day(1))).toMatchObject({
      refusal: { code: 'review.date_passed' },
    })
    expect(stepBack(round('review'), nothing, day(7), day(1))).toMatchObject({
      refusal: { code: 'review.dates_out_of_order' },
    })
  })

  it('names the moment that would not do, and the phase to go back from', () => {
    expect(stepBack(round('review'), nothing, day(1), day(1))).toMatchObject({
      refusal: { facts: { date: 'submitUntil', was: day(1) } },
    })
    expect(stepBack(round('review'), nothing, day(7), day(1))).toMatchObject({
      refusal: { facts: { submitUntil: day(7), reviewUntil } },
    })
    expect(stepBack(round('closed'), nothing, day(3), day(1))).toMatchObject({
      refusal: { code: 'review.wrong_phase', facts: { phase: 'closed', needed: 'review' } },
    })
  })

  it('goes back to a draft while nobody has begun', () => {
    expect(stepBack(round('submit'), nothing, submitUntil, day(-1))).toMatchObject({ value: { phase: 'draft' } })
    expect(stepBack(round('submit'), { works: 1, reviewsBegun: 0 }, submitUntil, day(-1))).toMatchObject({
      refusal: { code: 'review.work_begun', facts: { works: 1 } },
    })
    expect(stepBack(round('draft'), nothing, submitUntil, day(-1)).ok).toBe(false)
  })
})

describe('roundSteps', () => {
  const seen = (phase: RoundByDate['phase'], viewer: 'instructor' | 'other', at: number) =>
    roundSteps(round(phase), viewer, day(at)).map(({ step, state }) => `${step} ${state}`)

  it('says where a round stands, to each in their words', () => {
    expect(seen('review', 'instructor', 1)).toEqual([
      'set_up done',
      'submit done',
      'review now',
      'closed ahead',
      'revise ahead',
    ])
    expect(seen('closed', 'instructor', 8)).toEqual([
      'set_up done',
      'submit done',
      'review done',
      'closed now',
      'revise ahead',
    ])
    expect(seen('closed', 'other', 8)).toEqual(['submit done', 'review done', 'closed done', 'revise now'])
    expect(seen('closed', 'other', 15)).toEqual(['submit done', 'review done', 'closed now', 'revise done'])
  })

  it('says until when each step lasts, and takes the last moment of revising for revising', () => {
    expect(roundSteps(round('submit'), 'instructor', day(-1)).map(({ until }) => until)).toEqual([
      null,
      submitUntil,
      reviewUntil,
      null,
      day(14),
    ])
    expect(seen('closed', 'other', 14)).toEqual(['submit done', 'review done', 'closed done', 'revise now'])
    expect(roundSteps({ ...round('closed'), reviseUntil: null }, 'other', day(8))).toHaveLength(3)
  })

  it('has one step that is now, whenever and for whomever it is', () => {
    const phase = fc.constantFrom('submit', 'review', 'closed') satisfies fc.Arbitrary<RoundByDate['phase']>
    fc.assert(
      fc.property(
        phase,
        fc.constantFrom('instructor', 'other'),
        fc.boolean(),
        fc.integer({ min: -9, max: 30 }),
        (...given) => {
          const [phase, viewer, revises, at] = given
          const reviseUntil = revises ? day(14) : null
          const steps = roundSteps({ ...round(phase), reviseUntil }, viewer, day(at))
          expect(steps.filter(({ state }) => state === 'now')).toHaveLength(1)
        },
      ),
    )
  })
})

it('a change keeps the dates in order, the revision’s and the opening’s too', () => {
  expect(changeRound(round('draft'), { reviseUntil: day(6) })).toMatchObject({
    refusal: { code: 'review.dates_out_of_order' },
  })
  expect(changeRound(round('draft'), { openFrom: day(1) }).ok).toBe(false)
  expect(changeRound(round('review'), { reviseUntil: null, reviewUntil: day(20) }).ok).toBe(true)
  expect(changeRound(round('closed'), { reviseUntil: day(30) }).ok).toBe(true)
  expect(changeRound(round('closed'), { reviewUntil: day(10) }).ok).toBe(false)
})
