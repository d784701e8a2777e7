import { describe, expect, it } from 'vitest'
import type { Phase } from './contract.ts'
import { handInRevision, saveRevision } from './revise-work.ts'

const due = new Date('2026-03-08T12:00:00Z')
const reviseUntil = new Date('2026-03-15T12:00:00Z')
const round = {
  phase: 'closed' as Phase,
  submitUntil: new Date('2026-03-01T12:00:00Z'),
  reviewUntil: due,
  reviseUntil,
} as const
const first = { body: 'One desk', fileIds: [], link: null }
const written = { ...first, body: 'Two desks', changeNote: 'A second one', savedAt: due }
const work = { isHandedIn: true, written, latest: first }
const codeOf = (result: { ok: true } | { ok: false; refusal: { code: string } }) =>
  result.ok ? null : result.refusal.code

describe('handInRevision', () => {
  it.each([
    ['takes a new version up to its last moment', round, work, reviseUntil, null],
    ['not a millisecond later', round, work, new Date(+reviseUntil + 1), 'review.revision_closed'],
    ['not where the round asks for none', { ...round, reviseUntil: null }, work, due, 'review.no_revision'],
    ['not of work never handed in', round, { ...work, isHandedIn: false }, due, 'review.not_handed_in'],
    ['not before the reviews can be read', { ...round, phase: 'review' }, work, due, 'review.not_readable_yet'],
    [
      'not what was reviewed once more',
      round,
      { ...work, written: { ...written, ...first } },
      due,
      'review.nothing_changed',
    ],
    ['not what was never begun', round, { ...work, written: null }, due, 'review.nothing_changed'],
    ['not an empty page', round, { ...work, written: { ...written, body: ' ' } }, due, 'review.nothing_changed'],
    [
      'not without saying what changed',
      round,
      { ...work, written: { ...written, changeNote: ' ' } },
      due,
      'review.change_note_missing',
    ],
    [
      'takes another link alone',
      round,
      { ...work, written: { ...written, ...first, link: 'https://a.org' } },
      due,
      null,
    ],
    [
      'not white space around what was reviewed',
      round,
      { ...work, written: { ...written, body: ' One desk\n' } },
      due,
      'review.nothing_changed',
    ],
    ['takes the first text of a work that had none', round, { ...work, latest: null }, due, null],
    ['takes another file alone', round, { ...work, written: { ...written, ...first, fileIds: ['f'] } }, due, null],
  ] as const)('%s', (_what, round, work, now, code) => {
    expect(codeOf(handInRevision(round, work, now))).toBe(code)
  })
})

describe('saveRevision', () => {
  const draft = { body: 'Three desks', link: null, changeNote: '', basedOn: due }
  it('keeps what is typed, also after its last moment', () => {
    expect(saveRevision(round, work, draft, new Date(+reviseUntil + 1)).ok).toBe(true)
  })
  it('shows the other version when one was saved in between, unless it says the same', () => {
    const old = { ...draft, basedOn: null }
    expect(saveRevision(round, work, old, due)).toMatchObject({
      refusal: { code: 'review.draft_conflict', facts: { saved: { body: 'Two desks', changeNote: 'A second one' } } },
    })
    expect(saveRevision(round, work, { ...old, body: 'Two desks', changeNote: 'A second one' }, due).ok).toBe(true)
  })
  it('takes words, link or note that differ for another version, and no others', () => {
    const same = { body: 'Two desks', link: null, changeNote: 'A second one', basedOn: null }
    for (const other of [{ body: 'Three' }, { link: 'https://a.org' }, { changeNote: 'A third one' }])
      expect(codeOf(saveRevision(round, work, { ...same, ...other }, due))).toBe('review.draft_conflict')
    expect(saveRevision(round, work, same, due)).toEqual({ ok: true, value: true })
    expect(saveRevision(round, work, { ...draft, basedOn: new Date(due) }, due)).toEqual({ ok: true, value: true })
    expect(saveRevision(round, { ...work, written: null }, draft, due)).toEqual({ ok: true, value: true })
    expect(saveRevision(round, work, { ...same, body: 'Three' }, due)).toMatchObject({
      refusal: { facts: { saved: { body: 'Two desks', link: null, changeNote: 'A second one', savedAt: due } } },
    })
  })
})

it('names the day that is missed, or waited for', () => {
  expect(handInRevision(round, work, new Date(+reviseUntil + 1))).toMatchObject({ refusal: { facts: { reviseUntil } } })
  const open = { ...round, phase: 'review' as Phase }
  expect(saveRevision(open, work, { ...first, changeNote: '', basedOn: null }, due)).toMatchObject({
    refusal: { code: 'review.not_readable_yet', facts: { reviewUntil: due } },
  })
})
