import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocateReviewers, type AllocationInput } from './allocate-reviewers.ts'
import { repairAllocation, type Repair, type RepairInput, type ReviewHeld } from './repair-allocation.ts'

type Pair = readonly [submission: string, reviewer: string]

const person = (i: number, campus = i % 2 ? 'B' : 'A') => ({ id: `p${i}`, campus })
const work = (i: number, campus = i % 2 ? 'B' : 'A') => ({ id: `s${i}`, authors: [`p${i}`], campuses: [campus] })

/** n people who each handed in, dealt; nobody has begun. */
function dealt(n: number, change: Partial<AllocationInput> = {}): RepairInput {
  const input: AllocationInput = {
    seed: 1,
    reviewsPerSubmission: 3,
    submissions: Array.from({ length: n }, (_, i) => work(i)),
    reviewers: Array.from({ length: n }, (_, i) => person(i)),
    conflicts: [],
    sameCampus: 'allow',
    ...change,
  }
  const result = allocateReviewers(input)
  if (!result.ok) throw new Error('This round cannot be dealt')
  return {
    ...input,
    held: result.value.pairs.map(([submission, reviewer]) => ({ submission, reviewer, state: 'open' })),
  }
}

const without = (input: RepairInput, gone: string): RepairInput => ({
  ...input,
  reviewers: input.reviewers.filter(({ id }) => id !== gone),
})
const withdrawn = (input: RepairInput, gone: string): RepairInput => ({
  ...input,
  submissions: input.submissions.filter(({ id }) => id !== gone),
})

/** Standing reviews after a repair, those by people who left included. */
function after({ held }: RepairInput, { take, give }: Repair): Pair[] {
  const taken = new Set(take.map(({ pair }) => String(pair)))
  return [
    ...held
      .map(({ submission, reviewer }) => [submission, reviewer] as const)
      .filter((pair) => !taken.has(String(pair))),
    ...give,
  ]
}
const times = (pairs: readonly Pair[], place: 0 | 1, id: string) => pairs.filter((pair) => pair[place] === id).length

function mayReview({ submissions, reviewers, conflicts, sameCampus }: AllocationInput, [submission, reviewer]: Pair) {
  const work = submissions.find(({ id }) => id === submission)
  const person = reviewers.find(({ id }) => id === reviewer)
  return (
    work !== undefined &&
    person !== undefined &&
    !work.authors.includes(reviewer) &&
    ![...conflicts].some(([r, s]) => r === reviewer && s === submission) &&
    !(sameCampus === 'forbid' && work.campuses.includes(person.campus))
  )
}

const states = fc.constantFrom<ReviewHeld['state'][]>('open', 'open', 'open', 'started', 'filed')

/** A dealt round with reviews in all states, then any people and works gone, come late, and conflicts made known. */
const anyRepair = (most: number) =>
  fc
    .record({
      seed: fc.nat(1000),
      n: fc.integer({ min: 3, max: most }),
      idle: fc.nat(2),
      k: fc.integer({ min: 1, max: 3 }),
      sameCampus: fc.constantFrom('allow', 'avoid', 'forbid'),
      states: fc.array(states, { minLength: 40, maxLength: 40 }),
      goneWorks: fc.array(fc.nat(most), { maxLength: 2 }),
      gonePeople: fc.array(fc.nat(most), { maxLength: 2 }),
      late: fc.nat(2),
      conflicts: fc.array(fc.tuple(fc.nat(most), fc.nat(most)), { maxLength: 4 }),
    })
    .map(({ seed, n, idle, k, sameCampus, states, goneWorks, gonePeople, late, conflicts }): RepairInput | null => {
      const first: AllocationInput = {
        seed,
        reviewsPerSubmission: Math.min(k, n - 1),
        submissions: Array.from({ length: n }, (_, i) => work(i)),
        reviewers: Array.from({ length: n + idle }, (_, i) => person(i)),
        conflicts: [],
        sameCampus,
      }
      const result = allocateReviewers(first)
      if (!result.ok) return null
      const comers = Array.from({ length: late }, (_, i) => n + idle + i)
      return {
        ...first,
        conflicts: conflicts.map(([r, s]) => [`p${r}`, `s${s}`] as const),
        submissions: [...first.submissions, ...comers.map((i) => work(i))].filter(
          ({ id }) => !goneWorks.some((i) => id === `s${i}`),
        ),
        reviewers: [...first.reviewers, ...comers.map((i) => person(i))].filter(
          ({ id }) => !gonePeople.some((i) => id === `p${i}`),
        ),
        held: result.value.pairs.map(([submission, reviewer], i) => ({ submission, reviewer, state: states[i % 40]! })),
      }
    })
    .filter((input) => input !== null)

describe('repairAllocation', () => {
  it('takes no filed review from anybody, and none begun by somebody who is still there and may write it', () => {
    fc.assert(
      fc.property(anyRepair(9), (input) => {
        const { take } = repairAllocation(input)
        for (const { pair } of take) {
          const { state } = input.held.find((held) => held.submission === pair[0] && held.reviewer === pair[1])!
          expect(state).not.toBe('filed')
          expect(state === 'started' && mayReview(input, pair)).toBe(false)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('gives nothing forbidden, nothing twice, and every work its k reviews unless nobody else may write one', () => {
    fc.assert(
      fc.property(anyRepair(9), (input) => {
        const repair = repairAllocation(input)
        const pairs = after(input, repair)
        expect(new Set(pairs.map(String)).size).toBe(pairs.length)
        for (const pair of repair.give) expect(mayReview(input, pair)).toBe(true)
        const short = new Map(repair.short.map(({ submission, missing }) => [submission, missing]))
        for (const { id } of input.submissions) {
          const gets = times(pairs, 0, id)
          expect(short.get(id) ?? 0).toBe(Math.max(0, input.reviewsPerSubmission - gets))
          const others = input.reviewers.filter(
            ({ id: reviewer }) =>
              mayReview(input, [id, reviewer]) && !pairs.some((pair) => String(pair) === String([id, reviewer])),
          )
          expect(short.has(id) && others.length > 0).toBe(false)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('lists what it takes, gives and leaves short by work and then by person', () => {
    const inOrder = (names: readonly unknown[]) => expect(names.map(String)).toEqual(names.map(String).sort())
    fc.assert(
      fc.property(anyRepair(9), (input) => {
        const { take, give, short } = repairAllocation(input)
        inOrder(take.map(({ pair }) => pair))
        inOrder(give)
        inOrder(short.map(({ submission }) => submission))
      }),
      { numRuns: 50 },
    )
  })

  it('leaves an allocation alone in which nothing is missing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 12 }), fc.nat(1000), (n, seed) => {
        expect(repairAllocation(dealt(n, { seed }))).toMatchObject({ take: [], give: [], short: [], connected: true })
      }),
    )
  })

  it('makes the fewest changes that a search through all ways to repair finds', () => {
    fc.assert(
      fc.property(anyRepair(4), (input) => {
        fc.pre(input.submissions.length * input.reviewers.length <= 24)
        const repair = repairAllocation(input)
        expect(
          costOf(
            input,
            repair.give,
            repair.take.map(({ pair }) => pair),
          ),
        ).toEqual(cheapestBySearch(input))
      }),
      { numRuns: 120 },
    )
  })

  it('touches only the reviews of somebody who drops out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 30 }), fc.nat(1000), fc.nat(29), (n, seed, who) => {
        const input = dealt(n, { seed })
        const gone = `p${who % n}`
        const { take, give, short, load } = repairAllocation(without(input, gone))
        expect(take.map(({ pair, why }) => [pair[1], why])).toEqual([0, 1, 2].map(() => [gone, 'reviewer_left']))
        expect(give.map(([submission]) => submission)).toEqual(take.map(({ pair }) => pair[0]))
        expect(short).toEqual([])
        expect(load.min).toBeGreaterThanOrEqual(2)
        expect(load.max).toBeLessThanOrEqual(4)
      }),
    )
  })

  it('takes only the reviews of a work that is withdrawn', () => {
    const input = dealt(12)
    const { take, give } = repairAllocation(withdrawn(input, 's4'))
    expect(take.map(({ pair, why }) => [pair[0], why])).toEqual([0, 1, 2].map(() => ['s4', 'author_left']))
    expect(give).toEqual([])
  })

  it('finds reviewers for late work and reviews for its author, moving no more than that takes', () => {
    const input = dealt(9)
    const late = { ...input, submissions: [...input.submissions, work(9)], reviewers: [...input.reviewers, person(9)] }
    const repair = repairAllocation(late)
    expect(times(repair.give, 0, 's9')).toBe(3)
    expect(times(repair.give, 1, 'p9')).toBe(2)
    expect(repair.give).toHaveLength(5)
    expect(repair.take.map(({ why }) => why)).toEqual(['moved', 'moved'])
    expect(repair.load.max - repair.load.min).toBeLessThanOrEqual(2)
  })

  it('counts the filed reviews of somebody who left', () => {
    const input = dealt(8)
    const held = input.held.map((review) => ({
      ...review,
      state: review.reviewer === 'p3' ? ('filed' as const) : review.state,
    }))
    expect(repairAllocation(without({ ...input, held }, 'p3'))).toMatchObject({ take: [], give: [] })
  })

  it('counts what people have sent about a work that is gone, and gives to who has less', () => {
    for (let seed = 0; seed < 20; seed++) {
      const input = dealt(8, { seed })
      const held = input.held.map((review) =>
        review.submission === 's2' ? { ...review, state: 'filed' as const } : review,
      )
      const { load } = repairAllocation(without(withdrawn({ ...input, held }, 's2'), 'p2'))
      expect(load).toEqual({ min: 3, max: 4 })
    }
  })

  it('keeps a review that an instructor added beyond k', () => {
    const input = dealt(8)
    const extra = input.reviewers.find(
      ({ id }) => id !== 'p0' && !input.held.some((h) => h.submission === 's0' && h.reviewer === id),
    )!
    const held = [...input.held, { submission: 's0', reviewer: extra.id, state: 'open' as const }]
    expect(repairAllocation({ ...input, held })).toMatchObject({ take: [], give: [] })
  })

  it('takes a review from somebody a conflict has become known of, begun or not', () => {
    const input = dealt(8)
    const { submission, reviewer } = input.held[0]!
    const held = input.held.map((review, i) => (i === 0 ? { ...review, state: 'started' as const } : review))
    const repair = repairAllocation({ ...input, held, conflicts: [[reviewer, submission]] })
    expect(repair.take).toEqual([{ pair: [submission, reviewer], why: 'moved' }])
    expect(repair.give).toHaveLength(1)
  })

  it('passes the limit of a load before it leaves a work without its reviews', () => {
    const input = dealt(5, { reviewsPerSubmission: 2 })
    const only = ['p0', 'p1', 'p2', 'p3'].flatMap((r) => ['s0', 's1', 's2', 's3', 's4'].map((s) => [r, s] as const))
    const { short, load } = repairAllocation({ ...input, held: [], conflicts: only.filter(([, s]) => s !== 's4') })
    expect(load.max).toBe(4)
    expect(short.map(({ submission, missing }) => [submission, missing])).toEqual([0, 1, 2, 3].map((i) => [`s${i}`, 1]))
  })

  it('says which works nobody may review any more', () => {
    const input = dealt(4)
    expect(repairAllocation(without(input, 'p1')).short).toEqual([
      { submission: 's0', missing: 1 },
      { submission: 's2', missing: 1 },
      { submission: 's3', missing: 1 },
    ])
  })

  it('repairs the same for the same seed, in whatever order everything comes', () => {
    fc.assert(
      fc.property(anyRepair(8), (input) => {
        const reversed = {
          ...input,
          submissions: input.submissions.toReversed(),
          reviewers: input.reviewers.toReversed(),
          held: input.held.toReversed(),
        }
        expect(repairAllocation(reversed)).toEqual(repairAllocation(input))
      }),
    )
  })

  it('gives a review to somebody who links two groups of works, where one who has to be found can', () => {
    // p0..p3 and p4..p7 review among themselves; s0 lacks one.
    const held = [0, 4].flatMap((first) =>
      [0, 1, 2, 3].flatMap((i) =>
        [1, 2].map((step) => ({
          submission: `s${first + i}`,
          reviewer: `p${first + ((i + step) % 4)}`,
          state: 'open' as const,
        })),
      ),
    )
    const input = { ...dealt(8, { reviewsPerSubmission: 2 }), held }
    expect(repairAllocation(input).connected).toBe(false)
    for (let seed = 0; seed < 30; seed++)
      expect(repairAllocation({ ...without(input, 'p1'), seed })).toMatchObject({
        connected: true,
        take: { length: 2 },
        give: { length: 2 },
      })
  })

  it('prefers another campus and another role for what it gives, where loads are even either way', () => {
    const reviewers = [0, 1, 2, 3, 4, 5].map((i) => ({
      ...person(i, i < 3 ? 'A' : 'B'),
      role: i === 5 ? 'staff' : 'faculty',
    }))
    const held = [{ submission: 's0', reviewer: 'p4', state: 'filed' as const }]
    for (let seed = 0; seed < 20; seed++) {
      const give = repairAllocation({
        seed,
        reviewsPerSubmission: 2,
        submissions: [{ ...work(0), campuses: ['A'] }],
        reviewers,
        conflicts: [],
        sameCampus: 'avoid',
        held,
      }).give
      expect(give).toEqual([['s0', 'p5']])
    }
  })
})

/** Missing reviews, steps outside the bounds of load, reviews given: compared in this order. */
function costOf(input: RepairInput, give: readonly Pair[], take: readonly Pair[]): [number, number, number] {
  const { submissions, reviewers, reviewsPerSubmission: k, held } = input
  const gone = new Set(take.map(String))
  const pairs = [
    ...held.map((h) => [h.submission, h.reviewer] as const).filter((pair) => !gone.has(String(pair))),
    ...give,
  ]
  const here = pairs.filter(([s]) => submissions.some(({ id }) => id === s))
  const missing = submissions.reduce((sum, { id }) => sum + Math.max(0, k - times(here, 0, id)), 0)
  const average = Math.floor((submissions.length * k) / Math.max(1, reviewers.length))
  const outside = reviewers.reduce((sum, { id }) => {
    const had = held.filter(({ reviewer }) => reviewer === id).length
    const stays = held.filter(
      ({ submission, reviewer, state }) =>
        reviewer === id && (state === 'filed' || mayReview(input, [submission, reviewer])),
    ).length
    const general = Math.max(0, Math.min(k, average) - 1)
    const least = had === 0 ? general : Math.min(general, had)
    const load = times(pairs, 1, id)
    return sum + Math.max(0, least - load) + Math.max(0, load - Math.max(average + 1, stays))
  }, 0)
  return [missing, outside, give.length]
}

/** Tries every set of reviewers for every work, settled reviews kept; works never lose a review they had. */
function cheapestBySearch(input: RepairInput): [number, number, number] {
  const { submissions, reviewers, reviewsPerSubmission: k, held } = input
  const forced = held.filter(
    ({ submission, reviewer, state }) => state !== 'filed' && !mayReview(input, [submission, reviewer]),
  )
  const stays = held.filter((review) => !forced.includes(review))
  let best: [number, number, number] = [Infinity, 0, 0]
  const search = (s: number, give: Pair[], take: Pair[]): void => {
    if (s === submissions.length) {
      const cost = costOf(input, give, [...take, ...forced.map((h) => [h.submission, h.reviewer] as const)])
      if (cost.map((each, i) => each - best[i]!).find((difference) => difference !== 0)! < 0) best = cost
      return
    }
    const { id } = submissions[s]!
    const ofWork = stays.filter(({ submission }) => submission === id)
    const settled = ofWork.filter(({ state }) => state !== 'open').length
    const free = reviewers.filter(
      (r) => mayReview(input, [id, r.id]) && !ofWork.some((h) => h.reviewer === r.id && h.state !== 'open'),
    )
    const size = Math.min(Math.max(k, ofWork.length) - settled, free.length)
    for (const chosen of choose(
      free.map((r) => r.id),
      Math.max(0, size),
    )) {
      const open = ofWork.filter(({ state }) => state === 'open').map(({ reviewer }) => reviewer)
      search(
        s + 1,
        [...give, ...chosen.filter((r) => !open.includes(r)).map((r) => [id, r] as const)],
        [...take, ...open.filter((r) => !chosen.includes(r)).map((r) => [id, r] as const)],
      )
    }
  }
  search(0, [], [])
  return best
}

function choose<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]]
  return items.flatMap((item, i) => choose(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]))
}

describe('a review set aside', () => {
  const aside = (input: RepairInput, state: ReviewHeld['state']): RepairInput => ({
    ...input,
    held: input.held.map((held, at) => (at === 0 ? { ...held, state } : held)),
  })

  it.each(['set_aside', 'excused'] as const)('(%s) is replaced by somebody else’s, and none is taken', (state) => {
    const input = aside(dealt(8), state)
    const [{ submission, reviewer }] = input.held as [ReviewHeld]
    const repair = repairAllocation(input)
    expect(repair.take).toEqual([])
    expect(repair.give).toHaveLength(1)
    expect(repair.give[0]![0]).toBe(submission)
    expect(repair.give[0]![1]).not.toBe(reviewer)
    expect(repair.short).toEqual([])
  })

  it('that was sent counts in its writer’s load, one excused does not', () => {
    const load = (state: ReviewHeld['state']) => repairAllocation(aside(dealt(8), state)).load
    expect(load('set_aside')).toEqual({ min: 3, max: 4 })
    expect(load('excused')).toEqual({ min: 2, max: 4 })
  })

  it('leaves a work short that nobody else may review, and is not given back to its writer', () => {
    const input = aside(dealt(4), 'set_aside')
    const [{ submission, reviewer }] = input.held as [ReviewHeld]
    const repair = repairAllocation(input)
    expect(repair.give.filter(([work, person]) => work === submission && person === reviewer)).toEqual([])
    expect(repair.short).toEqual([{ submission, missing: 1 }])
  })

  it('keeps its work from being short when there are enough others that count', () => {
    const input = dealt(8)
    const [first] = input.held as [ReviewHeld]
    const held = [...input.held, { submission: first.submission, reviewer: 'p9', state: 'excused' as const }]
    expect(repairAllocation({ ...input, held })).toMatchObject({ take: [], give: [], short: [] })
  })
})

/** So large that only some people are considered for each work. */
it('finds reviewers for late work in a round of 641, and moves one review to its author', () => {
  const n = 640
  const held = Array.from({ length: n }, (_, i) =>
    [1, 2].map((step) => ({ submission: `s${i}`, reviewer: `p${(i + step) % n}`, state: 'open' as const })),
  ).flat()
  const everyone = Array.from({ length: n + 1 }, (_, i) => i)
  const round = { seed: 1, reviewsPerSubmission: 2, conflicts: [], sameCampus: 'allow' as const, held }
  const repair = repairAllocation({
    ...round,
    submissions: everyone.map((i) => work(i)),
    reviewers: everyone.map((i) => person(i)),
  })
  expect(repair.take.map(({ why }) => why)).toEqual(['moved'])
  expect([times(repair.give, 0, 's640'), times(repair.give, 1, 'p640'), repair.give.length]).toEqual([2, 1, 3])
  expect(repair).toMatchObject({ short: [], load: { min: 1, max: 3 }, connected: true })
})
