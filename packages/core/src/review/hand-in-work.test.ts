import { describe, expect, it } from 'vitest'
import { editWork, handInWork, saveWork, takeBackWork, type WorkState } from './hand-in-work.ts'

const due = new Date('2026-03-01T12:00:00Z')
const late = new Date(due.getTime() + 1)
const round = { phase: 'submit', submitUntil: due, reviewUntil: new Date('2026-03-08T12:00:00Z') } as const
const savedAt = new Date('2026-02-20T12:00:00Z')
const draft: WorkState = { status: 'draft', body: 'One front desk', savedAt, hasFile: false }
const handedIn: WorkState = { ...draft, status: 'submitted' }

describe('handInWork', () => {
  it('accepts work at the very moment it is due', () => {
    expect(handInWork(round, 'participant', draft, due)).toEqual({ ok: true, value: { lateMinutes: null } })
  })

  it('takes late work where the round does, says by how much, and never after the reviews are due', () => {
    const taking = { ...round, latePolicy: { kind: 'accepted', graceMinutes: 10 } } as const
    const after = (minutes: number) => new Date(+due + minutes * 60_000)
    expect(handInWork(taking, 'participant', draft, after(10))).toEqual({ ok: true, value: { lateMinutes: null } })
    expect(handInWork(taking, 'participant', draft, after(11))).toEqual({ ok: true, value: { lateMinutes: 11 } })
    expect(handInWork(taking, 'participant', draft, new Date(+round.reviewUntil + 1))).toMatchObject({
      refusal: { code: 'review.submissions_closed' },
    })
    const closed = { ...round, latePolicy: { kind: 'closed', graceMinutes: 10 } } as const
    expect(handInWork(closed, 'participant', draft, after(10)).ok).toBe(true)
    expect(handInWork(closed, 'participant', draft, after(11)).ok).toBe(false)
  })

  it('takes work while reviews are written from those whose late work is taken, and never gives it back', () => {
    const dealt = { ...round, phase: 'review', latePolicy: { kind: 'accepted', graceMinutes: 0 } } as const
    expect(handInWork({ ...dealt, takesLate: true }, 'participant', draft, late)).toMatchObject({ ok: true })
    expect(handInWork({ ...dealt, takesLate: false }, 'participant', draft, late).ok).toBe(false)
    expect(takeBackWork({ ...dealt, takesLate: true }, 'participant', handedIn, due)).toMatchObject({
      refusal: { code: 'review.wrong_phase' },
    })
  })

  it('accepts a file or a link without text', () => {
    expect(handInWork(round, 'participant', { ...draft, body: ' ', hasLink: true }, due).ok).toBe(true)
    expect(handInWork(round, 'participant', { ...draft, body: ' ', hasFile: true }, due).ok).toBe(true)
  })

  it.each([
    ['work one millisecond late', round, 'participant', draft, late, 'review.submissions_closed'],
    ['work handed in before', round, 'participant', handedIn, due, 'review.already_handed_in'],
    ['nothing at all', round, 'participant', null, due, 'review.nothing_to_hand_in'],
    ['blank text', round, 'participant', { ...draft, body: ' \n' }, due, 'review.nothing_to_hand_in'],
    ['work of a facilitator', round, 'onlooker', draft, due, 'review.not_participant'],
    ['work of an instructor', round, 'instructor', draft, due, 'review.not_participant'],
    ['work of a stranger', round, null, draft, due, 'review.not_found'],
    ['work for a round not open yet', { ...round, phase: 'draft' }, 'participant', draft, due, 'review.not_found'],
    ['work once reviews are dealt', { ...round, phase: 'review' }, 'participant', draft, due, 'review.wrong_phase'],
  ] as const)('refuses %s', (_what, round, viewer, work, now, code) => {
    expect(handInWork(round, viewer, work, now)).toMatchObject({ ok: false, refusal: { code } })
  })
})

it('says until when work was taken, and in what phase', () => {
  expect(handInWork(round, 'participant', draft, late)).toMatchObject({ refusal: { facts: { submitUntil: due } } })
  expect(takeBackWork(round, 'participant', handedIn, late)).toMatchObject({ refusal: { facts: { submitUntil: due } } })
  const dealt = { ...round, phase: 'review' } as const
  for (const refused of [
    handInWork(dealt, 'participant', draft, due),
    takeBackWork({ ...dealt, takesLate: true }, 'participant', handedIn, due),
  ])
    expect(refused).toMatchObject({ refusal: { facts: { phase: 'review', needed: 'submit' } } })
})

it('shows a draft round to its instructor, who takes no part in it', () => {
  const planned = { ...round, phase: 'draft' } as const
  expect(editWork(planned, 'instructor', null)).toMatchObject({ refusal: { code: 'review.not_participant' } })
  expect(takeBackWork(round, 'onlooker', handedIn, due)).toMatchObject({ refusal: { code: 'review.not_participant' } })
})

it('takes back no work that was withdrawn, and no work that is not there', () => {
  for (const work of [{ ...draft, status: 'withdrawn' as const }, null])
    expect(takeBackWork(round, 'participant', work, due)).toMatchObject({ refusal: { code: 'review.not_handed_in' } })
  expect(takeBackWork(round, 'participant', handedIn, due)).toEqual({ ok: true, value: true })
  expect(editWork(round, 'participant', null)).toEqual({ ok: true, value: true })
})

describe('saveWork', () => {
  it('saves the first version, and each on top of the version last seen', () => {
    expect(saveWork(round, 'participant', null, { body: 'a', basedOn: null }).ok).toBe(true)
    expect(saveWork(round, 'participant', draft, { body: 'a', basedOn: new Date(savedAt) }).ok).toBe(true)
  })

  it('shows the saved version when it is not the one last seen', () => {
    expect(saveWork(round, 'participant', draft, { body: 'Another', basedOn: null })).toEqual({
      ok: false,
      refusal: { code: 'review.draft_conflict', facts: { saved: { body: 'One front desk', savedAt } } },
    })
  })

  it('takes the same text sent again for no conflict', () => {
    expect(saveWork(round, 'participant', draft, { body: draft.body, basedOn: null }).ok).toBe(true)
  })

  it('does not change work that was handed in', () => {
    expect(editWork(round, 'participant', handedIn)).toMatchObject({ refusal: { code: 'review.already_handed_in' } })
  })
})

describe('takeBackWork', () => {
  it('is possible until the work is due, and not after', () => {
    expect(takeBackWork(round, 'participant', handedIn, due).ok).toBe(true)
    expect(takeBackWork(round, 'participant', handedIn, late)).toMatchObject({
      refusal: { code: 'review.submissions_closed' },
    })
  })

  it('is not possible for a draft, or once reviews are dealt', () => {
    expect(takeBackWork(round, 'participant', draft, due)).toMatchObject({ refusal: { code: 'review.not_handed_in' } })
    expect(takeBackWork({ ...round, phase: 'review' }, 'participant', handedIn, due)).toMatchObject({
      refusal: { code: 'review.wrong_phase' },
    })
  })
})
