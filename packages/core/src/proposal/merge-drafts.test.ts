import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mergeDrafts } from './merge-drafts.ts'
import { emptyBody, type ProposalBody } from './proposal-body.ts'

const base = { body: emptyBody('Europe/Amsterdam'), hosts: ['a'] }
const wrote = (change: Partial<ProposalBody>, hosts = base.hosts) => ({ body: { ...base.body, ...change }, hosts })

it('joins what two wrote in different fields, hosts among them', () => {
  const joined = mergeDrafts(base, wrote({ title: 'Food' }), wrote({ area: 'Equity' }, ['a', 'b']))
  expect(joined).toEqual({ ...wrote({ title: 'Food', area: 'Equity' }, ['a', 'b']), conflicts: [] })
})

it('tells both where both wrote something else, and keeps mine for now', () => {
  const joined = mergeDrafts(base, wrote({ title: 'Mine' }), wrote({ title: 'Theirs' }))
  expect([joined.body.title, joined.conflicts]).toEqual(['Mine', [{ key: 'title', mine: 'Mine', theirs: 'Theirs' }]])
})

it('agrees with itself, and drops no field that one side alone wrote', () => {
  const text = fc.constantFrom('', 'a', 'b')
  const some = fc.record({ title: text, area: text, democratic: text, inclusive: text })
  fc.assert(
    fc.property(some, some, (mine, theirs) => {
      const joined = mergeDrafts(base, wrote(mine), wrote(theirs))
      for (const key of ['title', 'area', 'democratic', 'inclusive'] as const) {
        const isConflict = joined.conflicts.some((conflict) => conflict.key === key)
        expect(isConflict).toBe(mine[key] !== '' && theirs[key] !== '' && mine[key] !== theirs[key])
        expect(joined.body[key]).toBe(mine[key] || theirs[key])
      }
    }),
  )
})
