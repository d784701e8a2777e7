import { describe, expect, it } from 'vitest'
import { allocateReviewers, type AllocationInput } from './allocate-reviewers.ts'
import { dice } from './dice.ts'
import { allCandidates, deckOf, drawCandidates } from './draw-candidates.ts'

describe('deckOf', () => {
  it('deals everybody once before anybody twice', () => {
    const deck = deckOf(5, dice(1))
    const twice = [1, 2].map(() => Array.from({ length: 5 }, deck).sort((a, b) => a - b))
    expect(twice).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
    ])
  })
})

describe('drawCandidates', () => {
  it('takes as many as wanted, each once, none who may not', () => {
    const deck = deckOf(10, dice(1))
    for (let work = 0; work < 20; work++) {
      const drawn = drawCandidates(work, 4, (_, r) => (r % 2 ? 0 : null), deck)!.map(({ reviewer }) => reviewer)
      expect(new Set(drawn).size).toBe(4)
      expect(drawn.every((r) => r % 2 === 1)).toBe(true)
    }
  })

  it('takes those who cost nothing first', () => {
    const drawn = drawCandidates(0, 4, (_, r) => (r < 3 ? 0 : 1), deckOf(6, dice(1)))!
    expect(drawn.map(({ price }) => price)).toEqual([0, 0, 0, 1])
    expect(drawn.every(({ reviewer, price }) => price === (reviewer < 3 ? 0 : 1))).toBe(true)
  })

  it('gives up where too few may review', () => {
    expect(drawCandidates(0, 4, (_, r) => (r < 3 ? 0 : null), deckOf(6, dice(1)))).toBeNull()
    expect(allCandidates(0, 6, (_, r) => (r < 3 ? 0 : null), dice(1))).toHaveLength(3)
  })
})

/** Large enough for candidates to be drawn. */
describe('a round of 400', () => {
  const people = 400
  const name = (i: number) => String(i).padStart(3, '0')
  const round = (change: Partial<AllocationInput>): AllocationInput => ({
    seed: 1,
    reviewsPerSubmission: 3,
    submissions: Array.from({ length: people }, (_, i) => ({
      id: `s${name(i)}`,
      authors: [`p${name(i)}`],
      campuses: [i % 4 ? 'A' : 'B'],
    })),
    reviewers: Array.from({ length: people }, (_, i) => ({ id: `p${name(i)}`, campus: i % 4 ? 'A' : 'B' })),
    conflicts: [],
    sameCampus: 'allow',
    ...change,
  })
  const roll = dice(5)
  const anyone = () => name(Math.floor(roll() * people))
  const conflicts = Array.from({ length: 8000 }, () => [`p${anyone()}`, `s${anyone()}`] as const)

  it('is dealt evenly, connected, without own work or a conflict', () => {
    const dealt = allocateReviewers(round({ conflicts }))
    if (!dealt.ok) throw new Error(dealt.refusal.code)
    const { pairs, load, connected } = dealt.value
    const forbidden = new Set(conflicts.map(([reviewer, work]) => `${work} ${reviewer}`))
    expect([load, connected, pairs.length]).toEqual([{ min: 3, max: 3 }, true, 1200])
    expect(new Set(pairs.map((pair) => pair.join(' '))).size).toBe(1200)
    expect(pairs.filter((pair) => forbidden.has(pair.join(' ')) || pair[0].slice(1) === pair[1].slice(1))).toEqual([])
  })

  it('is dealt on one campus where another cannot be had', () => {
    const reviewers = round({}).reviewers.map(({ id }) => ({ id, campus: 'A' }))
    const submissions = round({}).submissions.map((work) => ({ ...work, campuses: ['A'] }))
    const dealt = allocateReviewers(round({ reviewers, submissions, sameCampus: 'avoid' }))
    expect(dealt).toMatchObject({ ok: true, value: { load: { min: 3, max: 3 }, sameCampusPairs: 1200 } })
  })

  it('finds the three who may review a work that everyone else has a conflict with', () => {
    const but = ['p010', 'p020', 'p030']
    const others = round({}).reviewers.flatMap(({ id }) => (but.includes(id) ? [] : [[id, 's000'] as const]))
    const dealt = allocateReviewers(round({ conflicts: others }))
    if (!dealt.ok) throw new Error(dealt.refusal.code)
    expect(dealt.value.pairs.flatMap(([work, reviewer]) => (work === 's000' ? [reviewer] : []))).toEqual(but)
    expect(dealt.value.load).toEqual({ min: 3, max: 3 })
  })

  it('is refused with the work that nobody may review', () => {
    const everyone = round({}).reviewers.map(({ id }) => [id, 's000'] as const)
    expect(allocateReviewers(round({ reviewsPerSubmission: 1, conflicts: everyone }))).toMatchObject({
      ok: false,
      refusal: { facts: { collisions: [{ kind: 'too_few_for_one', submission: 's000', eligible: 0 }] } },
    })
  })
})
