import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocateReviewers, whatWouldHelp, type AllocationInput } from './allocate-reviewers.ts'

/** n people p0.. who each handed in s0.., campuses A and B in turn. */
function round(n: number, change: Partial<AllocationInput> = {}): AllocationInput {
  const people = Array.from({ length: n }, (_, i) => ({ id: `p${i}`, campus: i % 2 ? 'B' : 'A' }))
  return {
    seed: 1,
    reviewsPerSubmission: 3,
    submissions: people.map(({ id, campus }, i) => ({ id: `s${i}`, authors: [id], campuses: [campus] })),
    reviewers: people,
    conflicts: [],
    sameCampus: 'allow',
    ...change,
  }
}

const anyRound = fc
  .record({
    seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    works: fc.integer({ min: 1, max: 14 }),
    idle: fc.integer({ min: 0, max: 5 }),
    k: fc.integer({ min: 1, max: 4 }),
    sameCampus: fc.constantFrom('allow', 'avoid', 'forbid'),
    campuses: fc.array(fc.constantFrom('A', 'B', 'C'), { minLength: 19, maxLength: 19 }),
    conflicts: fc.array(fc.tuple(fc.nat(18), fc.nat(13)), { maxLength: 12 }),
  })
  .map(({ seed, works, idle, k, sameCampus, campuses, conflicts }): AllocationInput => {
    const people = Array.from({ length: works + idle }, (_, i) => ({ id: `p${i}`, campus: campuses[i]! }))
    return {
      seed,
      reviewsPerSubmission: k,
      submissions: people
        .slice(0, works)
        .map(({ id, campus }, i) => ({ id: `s${i}`, authors: [id], campuses: [campus] })),
      reviewers: people,
      conflicts: conflicts.map(([r, s]) => [`p${r}`, `s${s}`] as const),
      sameCampus,
    }
  })

const mayReview = (input: AllocationInput, submission: string, reviewer: string): boolean => {
  const work = input.submissions.find(({ id }) => id === submission)!
  const { campus } = input.reviewers.find(({ id }) => id === reviewer)!
  return (
    !work.authors.includes(reviewer) &&
    ![...input.conflicts].some(([r, s]) => r === reviewer && s === submission) &&
    !(input.sameCampus === 'forbid' && work.campuses.includes(campus))
  )
}

const times = (pairs: readonly (readonly [string, string])[], place: 0 | 1, id: string) =>
  pairs.filter((pair) => pair[place] === id).length

describe('allocateReviewers', () => {
  it('gives every work exactly k different people who may review it, and every person the average within 1', () => {
    fc.assert(
      fc.property(anyRound, (input) => {
        const result = allocateReviewers(input)
        if (!result.ok) return
        const { pairs, load } = result.value
        expect(new Set(pairs.map(String)).size).toBe(pairs.length)
        for (const [submission, reviewer] of pairs) expect(mayReview(input, submission, reviewer)).toBe(true)
        for (const { id } of input.submissions) expect(times(pairs, 0, id)).toBe(input.reviewsPerSubmission)
        const average = pairs.length / input.reviewers.length
        const counts = input.reviewers.map(({ id }) => times(pairs, 1, id))
        for (const count of counts) expect(Math.abs(count - average)).toBeLessThanOrEqual(1)
        expect(load).toEqual({ min: Math.min(...counts), max: Math.max(...counts) })
      }),
      { numRuns: 300 },
    )
  })

  it('refuses only what a search through all allocations cannot find either', () => {
    fc.assert(
      fc.property(anyRound, (input) => {
        fc.pre(input.submissions.length <= 5 && input.reviewers.length <= 6)
        expect(allocateReviewers(input).ok).toBe(existsBySearch(input))
      }),
      { numRuns: 1500 },
    )
  })

  it('deals the same for the same seed, in whatever order people and works come', () => {
    fc.assert(
      fc.property(anyRound, (input) => {
        const reversed = {
          ...input,
          submissions: input.submissions.toReversed(),
          reviewers: input.reviewers.toReversed(),
          conflicts: [...input.conflicts].toReversed(),
        }
        expect(allocateReviewers(reversed)).toEqual(allocateReviewers(input))
      }),
    )
  })

  it('deals differently for another seed', () => {
    const one = allocateReviewers(round(12, { seed: 1 }))
    expect(allocateReviewers(round(12, { seed: 2 }))).not.toEqual(one)
  })

  it('deals every work to everyone equally often over many seeds', () => {
    const met = new Map<string, number>()
    for (let seed = 0; seed < 600; seed++) {
      const result = allocateReviewers(round(6, { seed, reviewsPerSubmission: 2 }))
      for (const pair of result.ok ? result.value.pairs : []) met.set(String(pair), (met.get(String(pair)) ?? 0) + 1)
    }
    expect(met.size).toBe(30)
    for (const count of met.values()) expect(Math.abs(count - 240)).toBeLessThan(60)
  })

  it('connects all works through shared reviewers when people review at least two', () => {
    for (let seed = 0; seed < 200; seed++) {
      const result = allocateReviewers(round(9, { seed, reviewsPerSubmission: 2 }))
      expect(result).toMatchObject({ ok: true, value: { connected: true } })
    }
  })

  it('says when works cannot be connected: one review each', () => {
    expect(allocateReviewers(round(4, { reviewsPerSubmission: 1 }))).toMatchObject({ value: { connected: false } })
  })

  it('crosses campuses wherever it can when the same campus is to be avoided', () => {
    const three = round(12)
    const campus = (i: number) => 'ABC'[i % 3]!
    const result = allocateReviewers({
      ...three,
      reviewers: three.reviewers.map((person, i) => ({ ...person, campus: campus(i) })),
      submissions: three.submissions.map((work, i) => ({ ...work, campuses: [campus(i)] })),
      sameCampus: 'avoid',
    })
    expect(result).toMatchObject({ value: { sameCampusPairs: 0, connected: true, load: { min: 3, max: 3 } } })
  })

  it('lets one change of places stay on campus where two campuses would otherwise mark apart', () => {
    expect(allocateReviewers(round(12, { sameCampus: 'avoid' }))).toMatchObject({
      value: { sameCampusPairs: 2, connected: true, load: { min: 3, max: 3 } },
    })
  })

  it('keeps loads even before it keeps campuses apart', () => {
    // Two of A, four of B: four works of B need 12 reviews, and A has only two people.
    const uneven = round(6)
    const reviewers = uneven.reviewers.map(({ id }, i) => ({ id, campus: i < 2 ? 'A' : 'B' }))
    const submissions = uneven.submissions.map((work, i) => ({ ...work, campuses: [i < 2 ? 'A' : 'B'] }))
    const result = allocateReviewers({ ...uneven, reviewers, submissions, sameCampus: 'avoid' })
    expect(result).toMatchObject({ ok: true, value: { load: { min: 3, max: 3 } } })
  })

  it('lists pairs by work and then by reviewer', () => {
    const result = allocateReviewers(round(9))
    const pairs = result.ok ? result.value.pairs : []
    expect(pairs).toHaveLength(27)
    expect(pairs).toEqual([...pairs].sort((a, b) => String(a).localeCompare(String(b))))
  })

  it('lets people who handed nothing in review too', () => {
    const input = round(8)
    const result = allocateReviewers({ ...input, submissions: input.submissions.slice(0, 4) })
    expect(result).toMatchObject({ ok: true, value: { load: { min: 1, max: 2 } } })
  })

  it('refuses to deal when nothing was handed in', () => {
    expect(allocateReviewers(round(3, { submissions: [] }))).toMatchObject({ refusal: { code: 'allocation.no_work' } })
  })

  it('names the one work that too few may review, and who is kept away by what', () => {
    const conflicts = [1, 2, 3].map((i) => [`p${i}`, 's0'] as const)
    expect(allocateReviewers(round(6, { conflicts }))).toEqual({
      ok: false,
      refusal: {
        code: 'allocation.impossible',
        facts: {
          collisions: [
            {
              kind: 'too_few_for_one',
              submission: 's0',
              needed: 3,
              eligible: 2,
              kept: { own_work: 1, conflict: 3, same_campus: 0 },
            },
          ],
        },
      },
    })
  })

  it('names the works that together need more than the people left for them can write', () => {
    // s0, s1 and s2 may be reviewed by p3 and p4 alone: 6 reviews, and nobody may write more than 3.
    const conflicts = [0, 1, 2].flatMap((s) => [0, 1, 2, 5].map((r) => [`p${r}`, `s${s}`] as const))
    const result = allocateReviewers(round(6, { reviewsPerSubmission: 1, conflicts }))
    expect(result.ok).toBe(true)
    expect(allocateReviewers(round(6, { reviewsPerSubmission: 2, conflicts }))).toMatchObject({ ok: true })
    const one = [0, 1, 2, 3].flatMap((s) => [0, 1, 2, 3, 5].map((r) => [`p${r}`, `s${s}`] as const))
    expect(allocateReviewers(round(6, { reviewsPerSubmission: 1, conflicts: one }))).toMatchObject({
      refusal: {
        facts: {
          collisions: [{ kind: 'too_few_for_several', submissions: ['s0', 's1', 's2', 's3'], needed: 4, available: 2 }],
        },
      },
    })
  })

  it('names people who may review too little for the others to be spared', () => {
    const conflicts = [1, 2, 3, 4, 5].map((s) => ['p0', `s${s}`] as const)
    expect(allocateReviewers(round(6, { conflicts }))).toMatchObject({
      refusal: { facts: { collisions: [{ kind: 'uneven', reviewers: ['p0'], least: 2 }] } },
    })
  })
})

describe('whatWouldHelp', () => {
  it('names each single change that would do', () => {
    const input = round(4, { sameCampus: 'forbid' })
    expect(whatWouldHelp(input, [])).toEqual({
      reviewsPerSubmission: 2,
      avoidSameCampus: true,
      withoutConflicts: false,
      withoutWork: false,
    })
    const more = [0, 1].flatMap((i) => [
      { id: `a${i}`, campus: 'A' },
      { id: `b${i}`, campus: 'B' },
    ])
    expect(whatWouldHelp(input, more)).toMatchObject({ withoutWork: true })
  })

  const none = { reviewsPerSubmission: null, avoidSameCampus: false, withoutConflicts: false, withoutWork: false }

  it('names conflicts where they alone stand in the way', () => {
    const conflicts = [1, 2, 3, 4, 5].map((i) => [`p${i}`, 's0'] as const)
    expect(whatWouldHelp(round(6, { conflicts }), [])).toEqual({ ...none, withoutConflicts: true })
    const outsider = [{ id: 'p9', campus: 'A' }]
    expect(whatWouldHelp(round(6, { conflicts, reviewsPerSubmission: 1 }), outsider)).toEqual({
      ...none,
      withoutConflicts: true,
      withoutWork: true,
    })
  })

  it('names nothing where no single change would do', () => {
    expect(whatWouldHelp(round(1), [])).toEqual(none)
    const conflicts = [['p1', 's0']] as const
    expect(whatWouldHelp(round(2, { conflicts, sameCampus: 'forbid', reviewsPerSubmission: 2 }), [])).toEqual(none)
  })

  it('names the most reviews there can be of those that are fewer', () => {
    const conflicts = [2, 3, 4, 5].map((i) => [`p${i}`, 's0'] as const)
    expect(whatWouldHelp(round(6, { conflicts, reviewsPerSubmission: 4 }), [])).toMatchObject({
      reviewsPerSubmission: 1,
    })
    // 10 of 20 people may review 7 of 10 works: 3 of each is too many at 2 a person, 4 of each at 3 a person is not.
    const more = round(20)
    const input = {
      ...more,
      submissions: more.submissions.slice(0, 10).map((work) => ({ ...work, authors: [] })),
      conflicts: more.reviewers.slice(10).flatMap(({ id }) => [0, 1, 2, 3, 4, 5, 6].map((s) => [id, `s${s}`] as const)),
    }
    expect(allocateReviewers({ ...input, reviewsPerSubmission: 4 }).ok).toBe(true)
    expect(whatWouldHelp(input, [])).toMatchObject({ reviewsPerSubmission: 2 })
  })

  it('does not offer to give up what nobody asked for', () => {
    expect(whatWouldHelp(round(6), [])).toEqual({ ...none, reviewsPerSubmission: 2 })
  })
})

/** Tries everything: reviewers for one work after the other. */
function existsBySearch(input: AllocationInput): boolean {
  const average = (input.submissions.length * input.reviewsPerSubmission) / input.reviewers.length
  const load = new Map(input.reviewers.map(({ id }) => [id, 0]))
  const search = (s: number, from: number, left: number): boolean => {
    if (s === input.submissions.length) return [...load.values()].every((count) => count >= average - 1)
    if (left === 0) return search(s + 1, 0, input.reviewsPerSubmission)
    for (let r = from; r < input.reviewers.length; r++) {
      const { id } = input.reviewers[r]!
      const count = load.get(id)!
      if (count + 1 > average + 1 || !mayReview(input, input.submissions[s]!.id, id)) continue
      load.set(id, count + 1)
      const found = search(s, r + 1, left - 1)
      load.set(id, count)
      if (found) return true
    }
    return false
  }
  return search(0, 0, input.reviewsPerSubmission)
}
