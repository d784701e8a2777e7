import { expect, it } from 'vitest'
import { compareMarking, fitReference, markExemplar } from './mark-exemplar.ts'
import type { Rubric } from './rubric.ts'

const levels = [0, 5, 10].map((points) => ({ points, label: `${points}`, descriptor: '' }))
const rubric = {
  criteria: ['voice', 'steps'].map((id) => ({ id, title: id, description: '', levels, commentRequired: true })),
} as Rubric
const mark = (criterionId: string, points: number | null) => ({ criterionId, points, comment: '' })
const both = [mark('voice', 10), mark('steps', 5)]
const open = { phase: 'review' as const, rubric, filedAt: null }

it('keeps a marking that has gaps, and sends one that has none, without asking for comments', () => {
  expect(markExemplar(open, [mark('voice', 10)], false)).toEqual({ ok: true, value: true })
  expect(markExemplar(open, [mark('voice', 10), mark('steps', null)], true)).toEqual({
    ok: false,
    refusal: { code: 'review.marks_missing', facts: { criteria: [{ id: 'steps', title: 'steps' }] } },
  })
  expect(markExemplar(open, both, true)).toEqual({ ok: true, value: true })
})

it('takes a marking while work is handed in or reviewed, and once', () => {
  expect(markExemplar({ ...open, phase: 'submit' }, both, true).ok).toBe(true)
  for (const phase of ['draft', 'closed'] as const)
    expect(markExemplar({ ...open, phase }, both, true)).toMatchObject({
      refusal: { code: 'review.wrong_phase', facts: { phase, needed: 'review' } },
    })
  const filedAt = new Date(0)
  expect(markExemplar({ ...open, filedAt }, both, false)).toEqual({
    ok: false,
    refusal: { code: 'review.already_filed', facts: { filedAt } },
  })
})

it('takes only marks of the rubric', () => {
  expect(markExemplar(open, [mark('voice', 7)], false)).toMatchObject({ refusal: { code: 'review.unknown_level' } })
  expect(fitReference(rubric, [mark('other', 5)])).toMatchObject({ refusal: { code: 'review.unknown_criterion' } })
  expect(fitReference(rubric, [mark('voice', 5)])).toMatchObject({ refusal: { code: 'review.marks_missing' } })
  expect(fitReference(rubric, both)).toEqual({ ok: true, value: true })
})

it('sets a marking beside the reference, criterion by criterion and as a whole', () => {
  expect(compareMarking(rubric, [mark('voice', 5)], both)).toEqual({
    criteria: [
      { criterionId: 'voice', own: 5, reference: 10, of: 10, difference: -5 },
      { criterionId: 'steps', own: 0, reference: 5, of: 10, difference: -5 },
    ],
    own: 25,
    reference: 75,
  })
})
