import { describe, expect, it } from 'vitest'
import { ExemplarId } from '../kernel/ids.ts'
import { exemplarsFirst } from './exemplars-first.ts'

const at = new Date('2026-03-01T12:00:00Z')
const untouched = { savedAt: null, filedAt: null }
const id = (n: number) => ExemplarId.parse(`00000000-0000-4000-8000-00000000000${n}`)
const exemplar = (n: number, change = {}) => ({
  exemplarId: id(n),
  title: `Exemplar ${n}`,
  askedFirst: true,
  isReady: true,
  isFiled: false,
  ...change,
})
const open = { ok: true, value: true }

describe('a review', () => {
  it('stays shut until every exemplar asked first is sent, and says which ones wait', () => {
    expect(
      exemplarsFirst({ phase: 'review' }, untouched, [exemplar(1), exemplar(2, { isFiled: true }), exemplar(3)]),
    ).toEqual({
      ok: false,
      refusal: {
        code: 'review.exemplars_first',
        facts: {
          exemplars: [
            { exemplarId: id(1), title: 'Exemplar 1' },
            { exemplarId: id(3), title: 'Exemplar 3' },
          ],
        },
      },
    })
    expect(exemplarsFirst({ phase: 'review' }, untouched, [exemplar(1, { isFiled: true })])).toEqual(open)
  })

  it.each([
    ['none is asked', []],
    ['one may be marked at any time', [exemplar(1, { askedFirst: false })]],
    ['one has neither words nor files yet', [exemplar(1, { isReady: false })]],
  ])('is open where %s', (_why, asked) => {
    expect(exemplarsFirst({ phase: 'review' }, untouched, asked)).toEqual(open)
  })

  it('begun or sent before an exemplar came stays open', () => {
    expect(exemplarsFirst({ phase: 'review' }, { savedAt: at, filedAt: null }, [exemplar(1)])).toEqual(open)
    expect(exemplarsFirst({ phase: 'review' }, { savedAt: null, filedAt: at }, [exemplar(1)])).toEqual(open)
  })

  it('of a closed round asks for nothing: no exemplar can be sent then', () => {
    expect(exemplarsFirst({ phase: 'closed' }, untouched, [exemplar(1)])).toEqual(open)
  })
})
