import { expect, it } from 'vitest'
import { diffCredential } from './diff-credential.ts'

const ask = (slug: string, title: string, oneOf: string | null = null) => ({ slug, title, oneOf, note: '' })

it('tells competencies counted anew, and asks added, taken away and changed', () => {
  const first = {
    number: 1,
    competencies: 9,
    asks: [ask('cv', 'A CV'), ask('essay', 'An essay'), ask('film', 'A film')],
  }
  const second = {
    number: 2,
    competencies: 10,
    asks: [ask('cv', 'A CV'), ask('film', 'A film', 'show'), ask('samples', 'Work samples', 'show')],
  }
  expect(diffCredential(first, second)).toEqual({
    competencies: { from: 9, to: 10 },
    added: ['Work samples'],
    removed: ['An essay'],
    changed: [{ from: 'A film', to: 'A film' }],
  })
  expect(diffCredential(first, first)).toEqual({ competencies: null, added: [], removed: [], changed: [] })
})
