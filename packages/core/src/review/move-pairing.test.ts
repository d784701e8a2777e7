import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InstitutionId } from '../kernel/ids.ts'
import type { PairingMatrix } from './allocation-contract.ts'
import { pairingJudge, type PairingChange } from './move-pairing.ts'

const campus = (id: string) => ({ id: id as InstitutionId, name: id, letter: id, colour: 1 })
const seen = (i: number) => ({ kind: 'numbered' as const, key: `k${i}`, campus: campus(i % 2 ? 'B' : 'A'), number: i })
type State = PairingMatrix['pairs'][number]['state']

/** 5 people who all handed in, 2 reviews each: the next two of the circle. */
function matrix(change: Partial<PairingMatrix> = {}): PairingMatrix {
  const places = [0, 1, 2, 3, 4]
  return {
    stand: 'x',
    reviewsPerSubmission: 2,
    avoidsCampus: false,
    rows: places.map((i) => ({ ...seen(i), has: 2, away: null })),
    columns: places.map((i) => ({ ...seen(i), gets: 2, team: null, away: false })),
    pairs: places.flatMap((column) =>
      [1, 2].map((step) => ({ row: (column + step) % 5, column, state: 'not_started' as State })),
    ),
    closed: places.map((i) => ({ row: i, column: i, why: 'own_work' as const })),
    setAside: 0,
    ...change,
  }
}
const withState = (state: State) => ({
  pairs: matrix().pairs.map((pair) => (pair.row === 1 && pair.column === 0 ? { ...pair, state } : pair)),
})
const move = (from: number, to: number, column = 0): PairingChange => ({ kind: 'move', column, from, to })
const judged = (change: PairingChange, given: Partial<PairingMatrix> = {}) => pairingJudge(matrix(given))(change)

describe('pairingJudge', () => {
  it('lets a review not begun go to anybody who may write it', () => {
    expect(judged(move(1, 3))).toEqual({ may: true, notes: [] })
  })

  it('says why a person may not take it', () => {
    expect(judged(move(1, 0))).toEqual({ may: false, why: 'own_work' })
    expect(judged(move(1, 2))).toEqual({ may: false, why: 'exists' })
    for (const why of ['conflict', 'same_campus'] as const)
      expect(judged(move(1, 3), { closed: [{ row: 3, column: 0, why }] })).toEqual({ may: false, why })
    for (const away of ['dropped_out', 'silent', 'left'] as const) {
      const rows = matrix().rows.map((row, i) => (i === 3 ? { ...row, away } : row))
      expect(judged(move(1, 3), { rows })).toEqual({ may: false, why: 'away' })
    }
    const columns = matrix().columns.map((column) => ({ ...column, away: true }))
    expect(judged({ kind: 'add', row: 3, column: 0 }, { columns })).toEqual({ may: false, why: 'author_away' })
  })

  it('leaves a filed review where it is, and one that is not there', () => {
    for (const change of [move(1, 3), { kind: 'remove', row: 1, column: 0 } as const]) {
      expect(judged(change, withState('filed'))).toEqual({ may: false, why: 'filed' })
      expect(judged(change, { pairs: [] })).toEqual({ may: false, why: 'gone' })
    }
    expect(judged({ kind: 'add', row: 9, column: 0 })).toEqual({ may: false, why: 'gone' })
    expect(judged({ kind: 'add', row: 0, column: 9 })).toEqual({ may: false, why: 'gone' })
  })

  it('notes what was begun, one campus where that is avoided, and loads out of bounds', () => {
    expect(judged(move(1, 3), withState('started'))).toEqual({ may: true, notes: [{ kind: 'begun' }] })
    expect(judged(move(1, 4), { avoidsCampus: true })).toEqual({ may: true, notes: [{ kind: 'one_campus' }] })
    const rows = matrix().rows.map((row, i) => (i === 3 ? { ...row, has: 3 } : i === 1 ? { ...row, has: 1 } : row))
    expect(judged(move(1, 3), { rows })).toEqual({
      may: true,
      notes: [
        { kind: 'few', has: 0, least: 1 },
        { kind: 'many', has: 4, most: 3 },
      ],
    })
  })

  it('counts only people and works that are there for what is even', () => {
    // 5 works of 2 reviews: 2 for each of 5 people, 3.33 for each of 3.
    const busy = matrix().rows.map((row, i) => (i === 3 ? { ...row, has: 3 } : row))
    const fewer = busy.map((row, i) => (i === 0 || i === 4 ? { ...row, away: 'left' as const } : row))
    expect(judged(move(1, 3), { rows: busy })).toMatchObject({ notes: [{ kind: 'many' }] })
    expect(judged(move(1, 3), { rows: fewer })).toMatchObject({ notes: [{ kind: 'few' }] })
    const columns = matrix().columns.map((column, i) => ({ ...column, away: i > 2 }))
    const asked = matrix().rows.map((row, i) => (i === 3 ? { ...row, has: 2 } : row))
    expect(judged(move(1, 3), { rows: asked })).toEqual({ may: true, notes: [] })
    expect(judged(move(1, 3), { rows: asked, columns })).toMatchObject({ notes: [{ kind: 'many', has: 3, most: 2 }] })
  })

  it('leaves people with neither work nor reviews out of what is even, and counts authors without a review', () => {
    const onlookers = [5, 6, 7, 8, 9].map((i) => ({ ...seen(i), has: 0, away: null }))
    const rows = matrix().rows.map((row, i) => (i === 3 ? { ...row, has: 2 } : row))
    expect(judged(move(1, 3), { rows: [...rows, ...onlookers] })).toEqual({ may: true, notes: [] })
    const authors = onlookers.map((_, i) => ({ row: 5 + i, column: i, why: 'own_work' as const }))
    expect(
      judged(move(1, 3), { rows: [...rows, ...onlookers], closed: [...matrix().closed, ...authors] }),
    ).toMatchObject({ notes: [{ kind: 'many', has: 3, most: 2 }] })
  })

  it('says nothing of campuses where they may meet, or where two differ', () => {
    expect(judged(move(1, 4))).toEqual({ may: true, notes: [] })
    expect(judged(move(1, 3), { avoidsCampus: true })).toEqual({ may: true, notes: [] })
  })

  it('notes a work left with too few reviews, but not one that is away', () => {
    const remove: PairingChange = { kind: 'remove', row: 1, column: 0 }
    expect(judged(remove)).toEqual({ may: true, notes: [{ kind: 'short', gets: 1, needed: 2 }] })
    const columns = matrix().columns.map((column, i) => (i === 0 ? { ...column, gets: 3 } : column))
    expect(judged(remove, { columns })).toEqual({ may: true, notes: [] })
    const away = matrix().columns.map((column, i) => (i === 0 ? { ...column, away: true } : column))
    expect(judged(remove, { columns: away })).toMatchObject({ may: true, notes: [] })
  })

  it('does not count somebody who is away as having too few', () => {
    const rows = matrix().rows.map((row, i) => (i === 1 ? { ...row, has: 0, away: 'silent' as const } : row))
    expect(
      judged({ kind: 'remove', row: 1, column: 1 }, { rows, pairs: [{ row: 1, column: 1, state: 'planned' }] }),
    ).toEqual({
      may: true,
      notes: [{ kind: 'short', gets: 1, needed: 2 }],
    })
  })

  it('allows a move exactly where taking it away and giving it are both allowed', () => {
    const place = fc.nat(5)
    const states = fc.array(fc.constantFrom<State[]>('not_started', 'started', 'filed'), {
      minLength: 10,
      maxLength: 10,
    })
    fc.assert(
      fc.property(place, place, place, states, (column, from, to, states) => {
        const pairs = matrix().pairs.map((pair, i) => ({ ...pair, state: states[i]! }))
        const judge = pairingJudge(matrix({ pairs }))
        const apart = judge({ kind: 'remove', row: from, column }).may && judge({ kind: 'add', row: to, column }).may
        expect(judge({ kind: 'move', column, from, to }).may).toBe(apart)
      }),
    )
  })
})
