import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dice, shuffled } from './dice.ts'
import { fitRaterModel } from './fit-rater-model.ts'
import type { RaterMark } from './lay-out-marks.ts'
import { simulateRounds } from './testing/index.ts'

const none = new Map<string, number>()
const mark = (submission: string, reviewer: string, points: number, round = '1'): RaterMark => ({
  submission,
  reviewer,
  round,
  points,
})
/** Marks of up to 6 works by up to 6 reviewers, whole points of 100, no pair twice. */
const someMarks = fc
  .uniqueArray(fc.record({ s: fc.nat(5), r: fc.nat(5), points: fc.nat(100) }), {
    minLength: 3,
    maxLength: 20,
    selector: ({ s, r }) => `${s}-${r}`,
  })
  .map((rows) => rows.map(({ s, r, points }) => mark(`s${s}`, `r${r}`, points)))
const few = { numRuns: 25 }

describe('fitRaterModel', () => {
  it('gives the same numbers for the same dice, in whatever order the marks come', () => {
    fc.assert(
      fc.property(someMarks, fc.nat(), (marks, seed) => {
        const mixed = shuffled(marks, dice(seed))
        const fit = (given: readonly RaterMark[]) => fitRaterModel({ marks: given, anchors: none, range: 100 }, dice(1))
        expect(fit(mixed)).toEqual(fit(marks))
      }),
      few,
    )
  })

  it('moves with the marks and grows with their scale', () => {
    fc.assert(
      fc.property(someMarks, fc.integer({ min: -50, max: 50 }), fc.constantFrom(0.1, 3, 20), (marks, by, times) => {
        const moved = marks.map((given) => ({ ...given, points: given.points * times + by }))
        const plain = fitRaterModel({ marks, anchors: new Map([['s0', 40]]), range: 100 }, dice(1))
        const other = fitRaterModel(
          { marks: moved, anchors: new Map([['s0', 40 * times + by]]), range: 100 * times },
          dice(1),
        )
        for (const [id, { estimate, low, high }] of plain.submissions) {
          expect(other.submissions.get(id)!.estimate).toBeCloseTo(estimate * times + by, 5)
          expect(other.submissions.get(id)!.low).toBeCloseTo(low * times + by, 5)
          expect(other.submissions.get(id)!.high).toBeCloseTo(high * times + by, 5)
        }
        for (const [id, { bias, precision }] of plain.reviewers) {
          expect(other.reviewers.get(id)!.bias).toBeCloseTo(bias * times, 5)
          expect((other.reviewers.get(id)!.precision * times ** 2) / precision).toBeCloseTo(1, 5)
        }
      }),
      few,
    )
  })

  it('keeps every estimate inside its interval', () => {
    fc.assert(
      fc.property(someMarks, (marks) => {
        const { submissions } = fitRaterModel({ marks, anchors: none, range: 100 }, dice(1))
        for (const { estimate, low, high } of submissions.values()) {
          expect(low).toBeLessThan(estimate)
          expect(high).toBeGreaterThan(estimate)
        }
      }),
      few,
    )
  })

  it('answers nothing to no marks', () => {
    const model = fitRaterModel({ marks: [], anchors: none, range: 100 }, dice(1))
    expect([model.submissions.size, model.reviewers.size]).toEqual([0, 0])
  })

  it('stays unsure where all marks are the same', () => {
    const marks = ['a', 'b', 'c'].flatMap((s) => ['x', 'y'].map((r) => mark(s, r, 80)))
    const { estimate, low, high } = fitRaterModel({ marks, anchors: none, range: 100 }, dice(1)).submissions.get('a')!
    expect(estimate).toBeCloseTo(80, 0)
    expect(high - low).toBeGreaterThan(2)
  })

  it('takes an anchor as it is', () => {
    const marks = [mark('a', 'x', 60), mark('a', 'y', 70), mark('b', 'x', 50), mark('b', 'y', 55)]
    const model = fitRaterModel({ marks, anchors: new Map([['a', 90]]), range: 100 }, dice(1))
    expect(model.submissions.get('a')).toEqual({ estimate: 90, low: 90, high: 90 })
  })

  describe('of a round in which everybody marks 20 points too high', () => {
    const works = Array.from({ length: 12 }, (_, i) => ({ id: `s${i}`, truth: 30 + 3 * i }))
    const wobble = [-2, 1, 3, -1, 0]
    const marks = works.flatMap(({ id, truth }, i) =>
      ['u', 'v', 'w', 'x'].map((r, j) => mark(id, r, truth + 20 + wobble[(i + j) % 5]! * 2)),
    )
    const fit = (anchored: number) =>
      fitRaterModel(
        { marks, anchors: new Map(works.slice(0, anchored).map(({ id, truth }) => [id, truth])), range: 100 },
        dice(1),
      )

    it('believes the marks while nothing else is known', () => {
      expect(fit(0).submissions.get('s11')!.estimate).toBeGreaterThan(78)
      expect(fit(0).reviewers.get('u')!.bias).toBeLessThan(5)
    })

    it('lets 6 anchors pull the biases to 20 and the other works down to what they are worth', () => {
      const { submissions, reviewers } = fit(6)
      for (const { bias } of reviewers.values()) expect(Math.abs(bias - 20)).toBeLessThan(3)
      for (const { id, truth } of works.slice(6))
        expect(Math.abs(submissions.get(id)!.estimate - truth)).toBeLessThan(4)
    })
  })

  it('trusts an exact reviewer more than an erratic one', () => {
    const wild = [25, -30, 20, -15, 30, -25, 10, -20, 15, -10]
    const marks = wild.flatMap((off, i) => [
      mark(`s${i}`, 'exact', 40 + 3 * i),
      mark(`s${i}`, 'near', 41 + 3 * i - (i % 3)),
      mark(`s${i}`, 'wild', 40 + 3 * i + off),
    ])
    const { submissions, reviewers } = fitRaterModel({ marks, anchors: none, range: 100 }, dice(1))
    expect(reviewers.get('exact')!.precision).toBeGreaterThan(5 * reviewers.get('wild')!.precision)
    expect(Math.abs(submissions.get('s1')!.estimate - 43)).toBeLessThan(Math.abs(42.3 - 10 - 43))
  })

  it('knows a work better the more marks it has', () => {
    const widths = [2, 4, 8].map((reviews) => {
      const { marks, truth } = simulateRounds({ people: 20, reviews, rounds: 1, exemplars: 0, s: 0.3 }, dice(3))
      const { submissions } = fitRaterModel({ marks, anchors: none, range: 6 }, dice(1))
      return [...truth.keys()].reduce((sum, id) => sum + submissions.get(id)!.high - submissions.get(id)!.low, 0)
    })
    expect(widths[1]).toBeLessThan(widths[0]! * 0.9)
    expect(widths[2]).toBeLessThan(widths[1]! * 0.9)
  })

  it('gives two rounds a middle of their own: one that is 60 points higher is no other than it would be', () => {
    const roundAt = (from: number, name: string) =>
      Array.from({ length: 8 }, (_, i) =>
        ['x', 'y', 'z'].map((r, j) => mark(`${name}${i}`, r, from + 2 * i + ((3 * i + 5 * j) % 7), name)),
      ).flat()
    const fit = (apart: number) =>
      fitRaterModel({ marks: [...roundAt(10, 'a'), ...roundAt(10 + apart, 'b')], anchors: none, range: 100 }, dice(1))
    const [level, apart] = [fit(0), fit(60)]
    for (const [id, { estimate, low, high }] of level.submissions) {
      const other = apart.submissions.get(id)!
      const by = id.startsWith('b') ? 60 : 0
      expect(Math.abs(other.estimate - by - estimate)).toBeLessThan(0.5)
      expect((other.high - other.low) / (high - low)).toBeCloseTo(1, 1)
    }
  })
})

/**
 * The simulation of domain.md. Its figures (change of RMSE against the mean) are floors less 3 points, as the issue asks;
 * this model does better, and `least` holds it there: 60 repetitions give 7.5, 15.5 and 31.5 with a standard error of
 * about 1, so `least` lies 3 or more of them below.
 */
describe.each([
  { rounds: 1, exemplars: 0, s: 0.3, figure: -7.8, least: 4 },
  { rounds: 4, exemplars: 2, s: 0.3, figure: 13.3, least: 12 },
  { rounds: 4, exemplars: 2, s: 0.6, figure: 26.7, least: 27 },
])('simulated with $rounds round(s), $exemplars exemplars and biases of $s', ({ figure, least, ...setting }) => {
  const simulate = () => {
    const roll = dice(11)
    let [ofMean, ofModel, held, count] = [0, 0, 0, 0]
    for (let repetition = 0; repetition < 60; repetition++) {
      const { marks, truth, exemplars } = simulateRounds(setting, roll)
      const { submissions } = fitRaterModel({ marks, anchors: exemplars, range: 6 }, roll)
      const sums = new Map<string, number>()
      for (const { submission, points } of marks) sums.set(submission, (sums.get(submission) ?? 0) + points)
      for (const [id, score] of truth) {
        const { estimate, low, high } = submissions.get(id)!
        ofMean += (sums.get(id)! / 4 - score) ** 2
        ofModel += (estimate - score) ** 2
        held += Number(low <= score && score <= high)
        count++
      }
    }
    return { gain: 100 * (1 - Math.sqrt(ofModel / ofMean)), held: held / count }
  }
  let simulated: ReturnType<typeof simulate> | undefined

  it('lowers the error of the mean by at least what is known, less 3 points', () => {
    const { gain } = (simulated ??= simulate())
    expect(gain).toBeGreaterThan(figure - 3)
    expect(gain).toBeGreaterThan(least)
  })

  // 900 works at least, a few dependent on one another: a standard error of 1 to 1.5 points.
  it('holds the true score in 90 % of the intervals, give or take 4 points', () => {
    const { held } = (simulated ??= simulate())
    expect(Math.abs(held - 0.9)).toBeLessThan(0.04)
  })
})
