import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocateReviewers, type AllocationInput } from './allocate-reviewers.ts'
import type { DealtPair } from './connect-reviews.ts'
import { deal, loads } from './deal-reviews.ts'
import { dice } from './dice.ts'
import type { PairCost } from './draw-candidates.ts'

const name = (letter: string, i: number) => `${letter}${String(i).padStart(4, '0')}`
/** Works whose authors review none of them, so that the prices told to `deal` are all that counts. */
const round = (works: number, roles: readonly (string | undefined)[], k: number): AllocationInput => ({
  seed: 1,
  reviewsPerSubmission: k,
  submissions: Array.from({ length: works }, (_, i) => ({ id: name('s', i), authors: [], campuses: [] })),
  reviewers: roles.map((role, i) => ({ id: name('p', i), campus: '', role })),
  conflicts: [],
  sameCampus: 'avoid',
})
const among = (works: number, people: number, k: number) => round(works, Array.from({ length: people }), k)

const pairsOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
const timesEach = <T>(items: readonly T[]) => Array.from(Map.groupBy(items, (item) => item).values(), (of) => of.length)

/** How uneven the loads are, pairs of one campus, and pairs of reviewers of one work with one role: the less the better. */
function worth({ reviewers }: AllocationInput, cost: PairCost, pairs: readonly DealtPair[]): number[] {
  const rolesOfWork = Map.groupBy(pairs, ({ work }) => work)
  return [
    pairsOf(timesEach(pairs.map(({ reviewer }) => reviewer))),
    pairs.reduce((sum, { work, reviewer }) => sum + cost(work, reviewer)!, 0),
    Array.from(rolesOfWork.values(), (of) =>
      pairsOf(timesEach(of.map(({ reviewer }) => reviewers[reviewer]!.role ?? ''))),
    ).reduce((sum, each) => sum + each, 0),
  ]
}

const choose = (from: readonly number[], size: number): number[][] =>
  size === 0 ? [[]] : from.flatMap((one, i) => choose(from.slice(i + 1), size - 1).map((rest) => [one, ...rest]))
const compare = (a: readonly number[], b: readonly number[]) =>
  a.map((each, i) => each - b[i]!).find((difference) => difference !== 0) ?? 0

/** Tries every choice of reviewers for every work. */
function bestBySearch(input: AllocationInput, cost: PairCost): number[] | undefined {
  const everyone = [...input.reviewers.keys()]
  const choices = input.submissions.map((_, work) =>
    choose(
      everyone.filter((reviewer) => cost(work, reviewer) !== null),
      input.reviewsPerSubmission,
    ).map((chosen) => chosen.map((reviewer) => ({ work, reviewer }))),
  )
  return choices
    .reduce<DealtPair[][]>((all, some) => all.flatMap((pairs) => some.map((more) => [...pairs, ...more])), [[]])
    .map((pairs) => worth(input, cost, pairs))
    .sort(compare)[0]
}

const anyRound = fc
  .record({
    seed: fc.nat(1000),
    works: fc.integer({ min: 1, max: 3 }),
    k: fc.integer({ min: 1, max: 3 }),
    roles: fc.array(fc.constantFrom('faculty', 'staff', undefined), { minLength: 3, maxLength: 5 }),
    prices: fc.array(fc.constantFrom(0, 0, 0, 1, 1, null), { minLength: 15, maxLength: 15 }),
  })
  .map(({ seed, works, k, roles, prices }) => {
    const cost: PairCost = (work, reviewer) => prices[5 * work + reviewer]!
    return { input: round(works, roles, k), cost, roll: dice(seed) }
  })

describe('deal', () => {
  it('deals the most even loads there are, then crosses campuses most, then mixes roles most', () => {
    fc.assert(
      fc.property(anyRound, ({ input, cost, roll }) => {
        const { pairs, collisions } = deal(input, cost, roll)
        if (collisions.length > 0) return
        expect(worth(input, cost, pairs)).toEqual(bestBySearch(input, cost))
      }),
      { numRuns: 400 },
    )
  })

  it('keeps loads even where that puts a whole chain of reviews on one campus', () => {
    // p0 is one of the two for s4. So that p0 has one review and p4 any, s0 to s3 each go to the next of p0 to p4.
    const prices = [0, 1, 2, 3].map(
      (s) =>
        new Map([
          [s, 0],
          [s + 1, 1],
          [s + 5, 0],
        ]),
    )
    prices.push(
      new Map([
        [0, 0],
        [9, 0],
      ]),
    )
    const cost: PairCost = (work, reviewer) => prices[work]!.get(reviewer) ?? null
    const input = among(5, 10, 2)
    expect(worth(input, cost, deal(input, cost, dice(1)).pairs)).toEqual([0, 4, 5])
  })

  it('gives each work one of every role where there are enough of each', () => {
    const roles = Array.from({ length: 12 }, (_, i) => ['faculty', 'staff', 'community partner'][Math.floor(i / 4)])
    const input = round(12, roles, 3)
    const { pairs } = deal(input, () => 0, dice(1))
    expect(worth(input, () => 0, pairs)).toEqual([36, 0, 0])
  })
})

/** What `deal` asks of the rules, by work. */
function asking(input: AllocationInput, cost: PairCost) {
  const asked = input.submissions.map(() => new Set<number>())
  const dealt = deal(
    input,
    (work, reviewer) => {
      asked[work]!.add(reviewer)
      return cost(work, reviewer)
    },
    dice(1),
  )
  return { dealt, asked: asked.map(({ size }) => size) }
}

describe('a round of up to 100,000 pairs', () => {
  it('is dealt among all of them', () => {
    const { asked, dealt } = asking(among(250, 400, 1), () => 0)
    expect([new Set(asked), dealt.pairs.length]).toEqual([new Set([400]), 250])
  })
})

describe('a larger round', () => {
  it('is dealt among some people for each work', () => {
    const { asked, dealt } = asking(among(251, 400, 2), () => 0)
    expect([new Set(asked), dealt.even, dealt.pairs.length]).toEqual([new Set([12]), true, 502])
  })

  it('is dealt among four times as many where loads come out uneven', () => {
    // The last may review only two works, and is unlikely to be drawn for them.
    const { asked, dealt } = asking(among(400, 400, 1), (work, reviewer) => (reviewer === 399 && work > 1 ? null : 0))
    expect(new Set(loads(dealt.pairs, 400))).toEqual(new Set([1]))
    expect(Math.min(...asked)).toBeLessThan(400)
  })

  it('is dealt on one campus too where the few of another cannot review everything', () => {
    const { dealt } = asking(among(400, 260, 1), (_, reviewer) => (reviewer < 60 ? 0 : 1))
    expect(dealt).toMatchObject({ even: true, collisions: [] })
  })
})

describe('a round that cannot be dealt', () => {
  const seeds = Array.from({ length: 12 }, (_, seed) => seed)
  const collisionsOf = (input: AllocationInput) => {
    const result = allocateReviewers(input)
    return result.ok || result.refusal.code !== 'allocation.impossible' ? [] : result.refusal.facts.collisions
  }
  const keptFrom = (works: readonly number[], people: readonly number[]) =>
    works.flatMap((s) => people.map((r) => [name('p', r), name('s', s)] as const))

  it('names works with too few people by name, whatever order they came in', () => {
    for (const seed of seeds) {
      const conflicts = keptFrom([4, 0, 2], [0, 1, 2, 3])
      const named = collisionsOf({ ...among(5, 6, 3), seed, conflicts })
      expect(named).toEqual(
        ['s0000', 's0002', 's0004'].map((submission) => ({
          kind: 'too_few_for_one',
          submission,
          needed: 3,
          eligible: 2,
          kept: { own_work: 0, conflict: 4, same_campus: 0 },
        })),
      )
    }
  })

  it('names people with too few works by name', () => {
    for (const seed of seeds) {
      const conflicts = keptFrom([0, 1, 2, 3, 4, 5], [4, 1, 3])
      expect(collisionsOf({ ...among(6, 9, 3), seed, conflicts })).toEqual([
        { kind: 'uneven', reviewers: ['p0001', 'p0003', 'p0004'], least: 1 },
      ])
    }
  })

  it('says how many reviews there can be of works that share too few people', () => {
    for (const seed of seeds) {
      // s0 to s3 may be reviewed by p4 and p5, 3 times each, and s0 by p1 besides.
      const conflicts = [...keptFrom([0], [0, 2, 3]), ...keptFrom([1, 2, 3], [0, 1, 2, 3])]
      expect(collisionsOf({ ...among(6, 6, 2), seed, conflicts })).toEqual([
        {
          kind: 'too_few_for_several',
          submissions: ['s0000', 's0001', 's0002', 's0003'],
          needed: 8,
          available: 7,
        },
      ])
    }
  })

  it('names every work where there is nobody to review', () => {
    expect(collisionsOf(among(2, 0, 1))).toMatchObject([
      { submission: 's0000', eligible: 0 },
      { submission: 's0001', eligible: 0 },
    ])
  })
})
