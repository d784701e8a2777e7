import { expect, it } from 'vitest'
import { raiseFlag } from './raise-flag.ts'

const submitUntil = new Date('2026-03-01T12:00:00Z')
const due = new Date('2026-03-08T12:00:00Z')
const round = { phase: 'review', submitUntil, reviewUntil: due } as const
const ofWork = { as: 'reviewer', kind: 'unreadable', waits: false } as const
const ofReview = { as: 'author', kind: 'unkind', waits: false } as const
const after = new Date(+due + 1)

it.each([
  ['a reviewer while reviews are written', round, ofWork, due, null],
  ['a reviewer of a closed round', { ...round, phase: 'closed' }, ofWork, after, null],
  ['a reviewer before reviews are dealt', { ...round, phase: 'submit' }, ofWork, due, 'review.wrong_phase'],
  ['a reviewer with an author’s reason', round, { ...ofWork, kind: 'unkind' }, due, 'review.flag_kind'],
  ['a reviewer who waits for an answer', round, { ...ofWork, waits: true }, due, 'review.flag_waits'],
  ['an author before the reviews can be read', round, ofReview, due, 'review.not_readable_yet'],
  ['an author one millisecond later', round, ofReview, after, null],
  ['an author with a reviewer’s reason', round, { ...ofReview, kind: 'not_theirs' }, after, 'review.flag_kind'],
] as const)('%s', (_who, round, flag, now, code) => {
  const result = raiseFlag(round, flag, now)
  expect(result.ok ? null : result.refusal.code).toBe(code)
})

it('says what can be flagged, and when', () => {
  expect(raiseFlag(round, { ...ofReview, kind: 'unreadable' }, after)).toMatchObject({
    refusal: { facts: { kinds: ['unkind', 'identifies', 'unsafe', 'other'] } },
  })
  expect(raiseFlag(round, ofReview, due)).toMatchObject({ refusal: { facts: { reviewUntil: due } } })
  expect(raiseFlag({ ...round, phase: 'draft' }, ofWork, due)).toMatchObject({
    refusal: { code: 'review.wrong_phase', facts: { phase: 'draft', needed: 'review' } },
  })
  expect(raiseFlag(round, ofWork, due)).toEqual({ ok: true, value: true })
})
