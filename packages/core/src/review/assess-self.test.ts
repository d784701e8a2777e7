import { describe, expect, it } from 'vitest'
import { assessSelf, fileSelfAssessment } from './assess-self.ts'

const due = new Date('2026-03-08T12:00:00Z')
const level = (points: number) => ({ points, label: `${points}`, descriptor: '' })
const round = {
  phase: 'review',
  submitUntil: new Date('2026-03-01T12:00:00Z'),
  reviewUntil: due,
  selfAssessment: true,
  rubric: {
    criteria: [
      {
        id: 'voice',
        title: 'Voice',
        description: '',
        levels: [1, 2].map(level),
        commentRequired: true,
        minimumWords: 9,
      },
    ],
  },
} as const
const state = { isHandedIn: true, saved: null }
const draft = { marks: [{ criterionId: 'voice', points: 2, comment: '' }], comment: '', basedOn: null }
const codeOf = (result: { ok: true } | { ok: false; refusal: { code: string } }) =>
  result.ok ? null : result.refusal.code
const saved = { marks: [], comment: 'Mine', savedAt: due, filedAt: null }

it.each([
  ['is taken while the reviews are written, without words', round, state, draft, due, null],
  ['is taken before reviews are dealt', { ...round, phase: 'submit' }, state, draft, due, null],
  ['is over when the reviews can be read', round, state, draft, new Date(+due + 1), 'review.self_assessment_over'],
  [
    'is not asked for in every round',
    { ...round, selfAssessment: false },
    state,
    draft,
    due,
    'review.no_self_assessment',
  ],
  ['needs work that was handed in', round, { ...state, isHandedIn: false }, draft, due, 'review.not_handed_in'],
  ['is kept once', round, { ...state, saved: { ...saved, filedAt: due } }, draft, due, 'review.already_filed'],
  [
    'fits the rubric',
    round,
    state,
    { ...draft, marks: [{ criterionId: 'charm', points: 2, comment: '' }] },
    due,
    'review.unknown_criterion',
  ],
  ['marks everything', round, state, { ...draft, marks: [] }, due, 'review.marks_missing'],
  ['shows another window’s version', round, { ...state, saved }, draft, due, 'review.draft_conflict'],
] as const)('%s', (_what, round, state, draft, now, code) => {
  const given = round as unknown as Parameters<typeof fileSelfAssessment>[0]
  expect(codeOf(fileSelfAssessment(given, state, draft, now))).toBe(code)
})

const open = round as unknown as Parameters<typeof assessSelf>[0]

it('keeps a part of it', () => {
  expect(assessSelf(open, state, { ...draft, marks: [] }, due)).toEqual({ ok: true, value: true })
})

describe('one saved before', () => {
  const marks = [{ points: 2, comment: 'Some', criterionId: 'voice' }]
  const there = { ...state, saved: { ...saved, marks } }
  const same = { marks: [{ criterionId: 'voice', points: 2, comment: 'Some' }], comment: 'Mine', basedOn: null }

  it('may be sent again when its answer was lost, in whatever order the fields of its marks were kept', () => {
    expect(fileSelfAssessment(open, there, same, due)).toEqual({ ok: true, value: true })
  })

  it('changes on top of the version last seen', () => {
    expect(assessSelf(open, there, { ...same, comment: 'New', basedOn: due }, due)).toEqual({ ok: true, value: true })
  })

  it.each([
    ['other words', { ...same, comment: 'Yours' }],
    ['other points', { ...same, marks: [{ ...same.marks[0]!, points: 1 }] }],
    ['no marks', { ...same, marks: [] }],
    ['another comment on a criterion', { ...same, marks: [{ ...same.marks[0]!, comment: 'None' }] }],
  ])('is shown where another window has %s', (_what, other) => {
    expect(assessSelf(open, there, other, due)).toEqual({
      ok: false,
      refusal: {
        code: 'review.draft_conflict',
        facts: { saved: { marks, comment: 'Mine', savedAt: due } },
      },
    })
  })

  it('says when it was sent', () => {
    const sent = { ...state, saved: { ...saved, filedAt: due } }
    expect(assessSelf(open, sent, same, due)).toMatchObject({ refusal: { facts: { filedAt: due } } })
  })
})

it('names the criteria that are not marked yet', () => {
  expect(fileSelfAssessment(open, state, { ...draft, marks: [] }, due)).toMatchObject({
    refusal: { code: 'review.marks_missing', facts: { criteria: [{ id: 'voice', title: 'Voice' }] } },
  })
})
