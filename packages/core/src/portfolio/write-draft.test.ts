import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DRAFTS_AT_MOST, saveDraft, type DraftState } from './write-draft.ts'

const savedAt = new Date('2026-03-01T12:00:00Z')
const later = (minutes: number) => new Date(+savedAt + minutes * 60_000)
const latest: DraftState = { number: 3, body: 'One desk', link: null, savedAt, keptAt: null }
const save = (draft: Partial<DraftState>, body: string, minutes = 1, basedOn = savedAt) =>
  saveDraft({ ...latest, ...draft }, { body, link: null, basedOn }, later(minutes))

it('goes on in the newest draft within one sitting, and begins another after it', () => {
  expect(save({}, 'Two desks')).toEqual({ ok: true, value: { into: 'latest' } })
  expect(save({}, 'Two desks', 29.9)).toEqual({ ok: true, value: { into: 'latest' } })
  expect(save({}, 'Two desks', 30)).toEqual({ ok: true, value: { into: 'next' } })
  expect(save({ body: ' ' }, 'Two desks', 600)).toEqual({ ok: true, value: { into: 'latest' } })
})

it('never changes a draft that is kept', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 10_000 }), (body, minutes) => {
      const saved = save({ keptAt: savedAt }, body, minutes)
      expect(saved.ok && saved.value.into).not.toBe('latest')
    }),
  )
})

it('shows another version in between, unless it says the same', () => {
  expect(save({}, 'Two desks', 1, later(-5))).toMatchObject({
    refusal: { code: 'portfolio.draft_conflict', facts: { saved: { body: 'One desk' } } },
  })
  expect(save({}, 'One desk', 1, later(-5))).toEqual({ ok: true, value: { into: 'nowhere' } })
})

it('has an end', () => {
  expect(save({ number: DRAFTS_AT_MOST, keptAt: savedAt }, 'More')).toMatchObject({
    refusal: { code: 'portfolio.full' },
  })
})
