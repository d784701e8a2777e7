import { expect, it } from 'vitest'
import { decideDraft } from './decide-draft.ts'

const at = (second: number) => new Date(Date.UTC(2026, 10, 17, 12, 0, second))
const kept = { body: 'We had booked the hall', savedAt: at(1) }

it('saves what follows the draft last seen, and a first draft', () => {
  expect(decideDraft(undefined, { body: 'We', basedOn: null })).toEqual({ ok: true, value: { ends: false } })
  expect(decideDraft(kept, { body: 'We had booked', basedOn: at(1) })).toMatchObject({ ok: true })
})

it('shows both texts when another screen has saved since', () => {
  expect(decideDraft(kept, { body: 'Mine', basedOn: at(0) })).toMatchObject({
    refusal: {
      code: 'draft.changed_elsewhere',
      facts: { mine: { body: 'Mine' }, theirs: { body: kept.body, savedAt: at(1).toISOString() } },
    },
  })
  expect(decideDraft(kept, { body: 'Mine', basedOn: null })).toMatchObject({ ok: false })
})

it('takes the same words again, and words whose draft is gone', () => {
  expect(decideDraft(kept, { body: kept.body, basedOn: null })).toMatchObject({ ok: true })
  expect(decideDraft(undefined, { body: 'Mine', basedOn: at(0) })).toMatchObject({ ok: true })
})

it('ends a draft that has no words left', () => {
  expect(decideDraft(kept, { body: '  ', basedOn: at(1) })).toEqual({ ok: true, value: { ends: true } })
})
