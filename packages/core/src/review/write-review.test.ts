import { describe, expect, it } from 'vitest'
import { refuse } from '../kernel/result.ts'
import type { Mark, Rubric } from './rubric.ts'
import { fileReview, saveReview, type ReviewState } from './write-review.ts'

const level = (points: number) => ({ points, label: `${points}`, descriptor: '' })
const rubric: Rubric = {
  criteria: [
    { id: 'voice', title: 'Partner’s voice', description: '', levels: [1, 2].map(level), commentRequired: true },
    { id: 'steps', title: 'Steps', description: '', levels: [0, 5].map(level), commentRequired: false },
  ],
}
const due = new Date('2026-03-08T12:00:00Z')
const round = { phase: 'review', submitUntil: new Date('2026-03-01T12:00:00Z'), reviewUntil: due, rubric } as const
const empty: ReviewState = {
  isMine: true,
  isHidden: false,
  marks: [],
  comment: '',
  passages: [],
  savedAt: null,
  filedAt: null,
}
const mark = (criterionId: string, points: number | null, comment = ''): Mark => ({ criterionId, points, comment })
const whole = { marks: [mark('voice', 2, 'Clear.'), mark('steps', 0)], comment: '', passages: [], basedOn: null }

describe('fileReview', () => {
  it('accepts a whole review at the very moment it is due, 0 points included', () => {
    expect(fileReview(round, empty, whole, due)).toEqual({ ok: true, value: true })
  })

  it.each([
    ['one millisecond late', round, empty, whole, new Date(+due + 1), 'review.reviews_closed'],
    ['someone else’s', round, { ...empty, isMine: false }, whole, due, 'review.not_found'],
    ['one that is not there', round, null, whole, due, 'review.not_found'],
    ['one sent before', round, { ...empty, filedAt: due }, whole, due, 'review.already_filed'],
    ['one of a closed round', { ...round, phase: 'closed' }, empty, whole, due, 'review.wrong_phase'],
  ] as const)('refuses a review: %s', (_what, round, review, draft, now, code) => {
    expect(fileReview(round, review, draft, now)).toMatchObject({ ok: false, refusal: { code } })
  })

  it('says in a refusal when it was sent, until when it could be, and in what phase', () => {
    const late = new Date(+due + 1)
    expect(fileReview(round, { ...empty, filedAt: due }, whole, late)).toMatchObject({
      refusal: { facts: { filedAt: due } },
    })
    expect(fileReview(round, empty, whole, late)).toMatchObject({ refusal: { facts: { reviewUntil: due } } })
    expect(saveReview({ ...round, phase: 'closed' }, empty, whole)).toMatchObject({
      refusal: { facts: { phase: 'closed', needed: 'review' } },
    })
  })

  it('takes a review only once the exemplars are marked that come first', () => {
    const first = refuse('review.exemplars_first', { exemplars: [] })
    expect(saveReview(round, { ...empty, mayBegin: first }, whole)).toBe(first)
    expect(saveReview(round, { ...empty, mayBegin: { ok: true, value: true } }, whole).ok).toBe(true)
  })

  it('names the criteria without a mark', () => {
    const draft = { ...whole, marks: [mark('voice', null, 'Clear.')] }
    expect(fileReview(round, empty, draft, due)).toMatchObject({
      refusal: {
        code: 'review.marks_missing',
        facts: { criteria: [{ id: 'voice', title: 'Partner’s voice' }, { id: 'steps' }] },
      },
    })
  })

  it('names the criteria whose comment is asked for and blank', () => {
    const draft = { ...whole, marks: [mark('voice', 2, '  '), mark('steps', 5)] }
    expect(fileReview(round, empty, draft, due)).toMatchObject({
      refusal: { code: 'review.comments_missing', facts: { criteria: [{ id: 'voice' }] } },
    })
  })
})

describe('saveReview', () => {
  it('keeps a part of a review', () => {
    expect(
      saveReview(round, empty, { marks: [mark('steps', null, 'hm')], comment: '', passages: [], basedOn: null }).ok,
    ).toBe(true)
  })

  it.each([
    ['a criterion the rubric does not have', [mark('charm', 1)], 'review.unknown_criterion'],
    ['a criterion twice', [mark('steps', 5), mark('steps', 0)], 'review.unknown_criterion'],
    ['points that no level gives', [mark('steps', 3)], 'review.unknown_level'],
  ])('refuses %s', (_what, marks, code) => {
    expect(saveReview(round, empty, { marks, comment: '', passages: [], basedOn: null })).toMatchObject({
      refusal: { code },
    })
  })

  it('names the criterion and the points that do not fit', () => {
    const given = (marks: Mark[]) => saveReview(round, empty, { marks, comment: '', passages: [], basedOn: null })
    expect(given([mark('charm', 1)])).toMatchObject({ refusal: { facts: { criterionId: 'charm' } } })
    expect(given([mark('steps', 3)])).toMatchObject({ refusal: { facts: { criterionId: 'steps', points: 3 } } })
  })

  it('takes another mark, comment or note for another version', () => {
    const at = { kind: 'place' as const, place: 'page 3' }
    const note = { id: '0b8f7a52-8b0e-4b62-9f6a-5a2f0a9c1d11', at, text: 'Which one?' }
    const marks = [mark('steps', 5, 'Well'), mark('voice', 1)]
    const saved = { ...empty, marks, comment: 'Mine', passages: [note], savedAt: due }
    const same = { marks, comment: 'Mine', passages: [note], basedOn: null }
    const others = [
      { marks: [mark('steps', 0, 'Well'), mark('voice', 1)] },
      { marks: [mark('steps', 5, 'Ill'), mark('voice', 1)] },
      { marks: [mark('steps', 5, 'Well')] },
      { comment: 'Yours' },
      { passages: [{ ...note, text: 'When?' }] },
      { passages: [{ ...note, at: { ...at, place: 'page 4' } }] },
    ]
    expect(saveReview(round, saved, same)).toEqual({ ok: true, value: true })
    for (const other of others)
      expect(saveReview(round, saved, { ...same, ...other })).toMatchObject({
        refusal: { code: 'review.draft_conflict', facts: { saved: { marks, comment: 'Mine', savedAt: due } } },
      })
  })

  it('shows the saved version when another one was saved in between', () => {
    const saved = { ...empty, comment: 'From the phone', savedAt: due }
    expect(saveReview(round, saved, { marks: [], passages: [], comment: 'From the desk', basedOn: null })).toEqual({
      ok: false,
      refusal: {
        code: 'review.draft_conflict',
        facts: { saved: { marks: [], passages: [], comment: 'From the phone', savedAt: due } },
      },
    })
    expect(saveReview(round, saved, { marks: [], passages: [], comment: 'From the phone', basedOn: null }).ok).toBe(
      true,
    )
    expect(saveReview(round, saved, { marks: [], passages: [], comment: 'From the desk', basedOn: due }).ok).toBe(true)
  })
})

describe('what is asked of the words', () => {
  const asking = { ...round, rubric: { criteria: rubric.criteria.map((one) => ({ ...one, minimumWords: 3 })) } }

  it('names the criteria whose comment is shorter than the rubric asks, and leaves a comment that is not asked for out', () => {
    const draft = { ...whole, marks: [mark('voice', 2, 'Too short'), mark('steps', 0)] }
    expect(fileReview(asking, empty, draft, due)).toMatchObject({
      refusal: { code: 'review.comments_too_short', facts: { criteria: [{ id: 'voice', minimumWords: 3 }] } },
    })
    const long = { ...draft, marks: [mark('voice', 2, 'Just long enough'), mark('steps', 0)] }
    expect(fileReview(asking, empty, long, due).ok).toBe(true)
  })

  it('takes no review that was set aside', () => {
    expect(fileReview(round, { ...empty, isHidden: true }, whole, due)).toMatchObject({
      refusal: { code: 'review.set_aside' },
    })
  })

  it('holds notes at passages against another window’s', () => {
    const at = { kind: 'text' as const, start: 0, end: 3, quote: 'One' }
    const note = { id: '0b8f7a52-8b0e-4b62-9f6a-5a2f0a9c1d11', at, text: 'Which one?' }
    const saved = { ...empty, passages: [note], savedAt: due }
    const mine = { marks: [], comment: '', basedOn: null }
    expect(saveReview(round, saved, { ...mine, passages: [] })).toMatchObject({
      refusal: { code: 'review.draft_conflict', facts: { saved: { passages: [note] } } },
    })
    expect(saveReview(round, saved, { ...mine, passages: [note] }).ok).toBe(true)
  })
})
