import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectReviews, isConnected, type DealtPair } from './connect-reviews.ts'
import { loads } from './deal-reviews.ts'
import { joinByAdded } from './join-by-added.ts'

/** Shuffles into the order there is. */
const asDealt = () => 1 - 2 ** -30
const listed = (pairs: readonly (readonly [work: number, reviewer: number])[]): DealtPair[] =>
  pairs.map(([work, reviewer]) => ({ work, reviewer }))
const total = (pairs: readonly DealtPair[], cost: (work: number, reviewer: number) => number | null) =>
  pairs.reduce((sum, { work, reviewer }) => sum + (cost(work, reviewer) ?? Infinity), 0)

describe('connectReviews', () => {
  /** Two works by two people, and two by two others: the fourth and the last review are those that can be spared. */
  const apart = listed([0, 1, 2, 3].flatMap((work) => (work < 2 ? [0, 1] : [2, 3]).map((r) => [work, r] as const)))
  const prices = fc
    .array(fc.constantFrom(0, 1, 1, 1, null), { minLength: 16, maxLength: 16 })
    .map((prices) => (work: number, reviewer: number) => {
      const price = prices[4 * work + reviewer]!
      return work < 2 === reviewer < 2 ? (price ?? 0) : price
    })

  /** Every way in which one review that can be spared changes hands with one of the others. */
  const changes = [3, 7].flatMap((a) =>
    apart.flatMap((other, b) => {
      if (b < 4 === a < 4) return []
      const one = apart[a]!
      const changed = [...apart]
      changed[a] = { work: one.work, reviewer: other.reviewer }
      changed[b] = { work: other.work, reviewer: one.reviewer }
      return [changed]
    }),
  )

  it('lets two people change places, for nothing where that can be, else where it costs least', () => {
    fc.assert(
      fc.property(prices, (cost) => {
        const least = Math.min(...changes.map((change) => total(change, cost)))
        const joined = connectReviews(apart, { works: 4, reviewers: 4, cost }, asDealt)
        expect(loads(joined, 4)).toEqual([2, 2, 2, 2])
        expect(isConnected(joined, 4, 4)).toBe(least < Infinity)
        const before = total(apart, cost)
        expect(Math.max(before, total(joined, cost))).toBe(least < Infinity ? Math.max(before, least) : before)
      }),
      { numRuns: 300 },
    )
  })
})

describe('joinByAdded', () => {
  /** Two groups of works; what p2 is given of the first may be given to somebody else. */
  const pairs = listed([
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 2],
    [2, 3],
    [3, 3],
    [2, 4],
    [3, 4],
  ])
  const isAdded = ({ reviewer }: DealtPair) => reviewer === 2
  const join = (change: Partial<Parameters<typeof joinByAdded>[3]> = {}) =>
    joinByAdded(pairs, [], isAdded, {
      works: 4,
      people: 5,
      price: () => 0,
      room: Array.from({ length: 5 }, () => ({ least: 0, most: 3 })),
      done: [],
      ...change,
    })[3]!.reviewer

  it('gives a new review to somebody of the other group, though one of its own has fewer', () => {
    expect(join()).toBe(3)
  })

  it('prefers who has fewer reviews, then who costs less', () => {
    expect(join({ price: (work, reviewer) => (work === 0 && reviewer === 3 ? 1 : 0) })).toBe(4)
    expect(join({ price: (_, reviewer) => (reviewer === 4 ? 1 : 0), done: [0, 0, 0, 1, 0] })).toBe(4)
  })

  it('leaves groups apart where the others may not, have no room, or who has it needs it', () => {
    const full = [0, 1, 2, 3, 4].map((r) => ({ least: 0, most: r < 3 ? 3 : 2 }))
    const needed = [0, 1, 2, 3, 4].map((r) => ({ least: r === 2 ? 1 : 0, most: 3 }))
    expect([join({ price: (_, r) => (r < 3 ? 0 : null) }), join({ room: full }), join({ room: needed })]).toEqual([
      2, 2, 2,
    ])
  })
})
