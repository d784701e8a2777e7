import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dice, shuffled } from './dice.ts'
import { ScoreMarksInput } from './score-marks-input.ts'
import { scoreMarks } from './score-marks.ts'

const overall = [{ id: 'overall', max: 100 }]
const mark = (submission: string, reviewer: string, score: number, round = '1') => ({
  submission,
  reviewer,
  round,
  scores: { overall: score },
})
const score = (input: object) => scoreMarks(ScoreMarksInput.parse({ criteria: overall, ...input }), dice(1))

describe('scoreMarks', () => {
  const marks = [mark('s1', 'r1', 80), mark('s1', 'r2', 70), mark('s2', 'r1', 50), mark('s2', 'r2', 40)]

  it('estimates by the mean unless told otherwise', () => {
    const { submissions, reviewers, statistics } = score({ marks })
    // MSW 50 with 2 degrees of freedom: 2.92 * sqrt(50 / 2) = 14.6.
    expect(submissions).toEqual([
      {
        submission: 's1',
        n: 2,
        mean: 75,
        estimate: 75,
        low: expect.closeTo(60.4, 2),
        high: expect.closeTo(89.6, 2),
        flag: null,
      },
      {
        submission: 's2',
        n: 2,
        mean: 45,
        estimate: 45,
        low: expect.closeTo(30.4, 2),
        high: expect.closeTo(59.6, 2),
        flag: null,
      },
    ])
    expect(reviewers).toEqual([
      { reviewer: 'r1', n: 2, bias: 10, precision: null, grade: expect.closeTo(90, 8) },
      { reviewer: 'r2', n: 2, bias: -10, precision: null, grade: expect.closeTo(90, 8) },
    ])
    expect(statistics.icc1).toBeCloseTo((900 - 50) / (900 + 50), 8)
  })

  it('adds up the criteria', () => {
    const criteria = [
      { id: 'a', max: 4 },
      { id: 'b', max: 6 },
    ]
    const marks = [{ submission: 's', reviewer: 'r', scores: { a: 3, b: 5 } }]
    expect(score({ criteria, marks }).submissions[0]).toMatchObject({ mean: 8, low: null, high: null, flag: 'wide' })
  })

  it('by the model takes a check as the true score and lets it move the others', () => {
    const checks = [{ submission: 's1', scores: { overall: 55 } }]
    const [plain, checked] = [score({ marks, method: 'model' }), score({ marks, checks, method: 'model' })]
    const of = (scored: typeof plain, id: string) => scored.submissions.find(({ submission }) => submission === id)!
    expect(of(checked, 's1')).toMatchObject({ mean: 75, estimate: 55, low: 55, high: 55, flag: null })
    expect(of(checked, 's2').estimate).toBeLessThan(of(plain, 's2').estimate - 3)
    expect(of(checked, 's2').mean).toBe(45)
  })

  it('grades reviewers alike by either method, against the check where there is one', () => {
    const checks = [{ submission: 's1', scores: { overall: 80 } }]
    const grades = (method: string) => score({ marks, checks, method }).reviewers.map(({ grade }) => grade)
    expect(grades('mean')).toEqual([expect.closeTo(95, 8), expect.closeTo(90, 8)])
    expect(grades('model')).toEqual(grades('mean'))
  })

  it('scores work of the same name in two rounds apart', () => {
    const { submissions } = score({ marks: [...marks, mark('s1', 'r1', 20, '2'), mark('s1', 'r2', 30, '2')] })
    const means = new Map(submissions.map(({ submission, round, mean }) => [`${submission} in ${round}`, mean]))
    expect(means).toEqual(
      new Map([
        ['s1 in 1', 75],
        ['s1 in 2', 25],
        ['s2 in 1', 45],
      ]),
    )
  })

  it('puts a split first', () => {
    const split = [mark('s9', 'r1', 90), mark('s9', 'r2', 10)]
    expect(score({ marks: [...marks, ...split] }).submissions[0]).toMatchObject({ submission: 's9', flag: 'split' })
  })

  it('keeps estimates and intervals between 0 and the most points, and the order of marks out of it', () => {
    const some = fc.uniqueArray(fc.tuple(fc.nat(4), fc.nat(4), fc.nat(100), fc.nat(1)), {
      selector: ([s, r, , round]) => `${s}-${r}-${round}`,
      maxLength: 20,
    })
    fc.assert(
      fc.property(some, fc.constantFrom('mean', 'model'), fc.nat(), (rows, method, seed) => {
        const given = rows.map(([s, r, points, round]) => mark(`s${s}`, `r${r}`, points, String(round)))
        const scored = score({ marks: given, method })
        expect(score({ marks: shuffled(given, dice(seed)), method })).toEqual(scored)
        for (const { estimate, low, high } of scored.submissions) {
          expect(low ?? 0).toBeGreaterThanOrEqual(0)
          expect(high ?? 100).toBeLessThanOrEqual(100)
          expect(estimate).toBeGreaterThanOrEqual(low ?? 0)
          expect(estimate).toBeLessThanOrEqual(high ?? 100)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('answers nothing to no marks', () => {
    for (const method of ['mean', 'model'])
      expect(score({ marks: [], method })).toEqual({
        submissions: [],
        reviewers: [],
        statistics: { icc1: null, icc1k: null, alpha: null },
      })
  })
})

describe('ScoreMarksInput', () => {
  const good = mark('s1', 'r1', 80)
  it.each([
    ['no criteria', { criteria: [], marks: [] }, 'criteria'],
    ['a criterion twice', { criteria: [...overall, ...overall], marks: [] }, 'criteria.1.id'],
    ['no marks', {}, 'marks'],
    ['a score that is text', { marks: [{ ...good, scores: { overall: '8' } }] }, 'marks.0.scores.overall'],
    ['a score below 0', { marks: [mark('s1', 'r1', -1)] }, 'marks.0.scores.overall'],
    ['a score above the most', { marks: [good, mark('s2', 'r1', 101)] }, 'marks.1.scores.overall'],
    ['a criterion without score', { marks: [{ ...good, scores: {} }] }, 'marks.0.scores.overall'],
    ['an unknown criterion', { marks: [{ ...good, scores: { overall: 1, x: 1 } }] }, 'marks.0.scores.x'],
    ['a second mark', { marks: [good, good] }, 'marks.1.reviewer'],
    ['a mark by nobody', { marks: [{ ...good, reviewer: '' }] }, 'marks.0.reviewer'],
    [
      'a check of nothing',
      { marks: [good], checks: [{ submission: 'x', scores: { overall: 1 } }] },
      'checks.0.submission',
    ],
    [
      'a check above the most',
      { marks: [good], checks: [{ submission: 's1', scores: { overall: 101 } }] },
      'checks.0.scores.overall',
    ],
    ['a method it does not know', { marks: [], method: 'median' }, 'method'],
  ])('refuses %s and names the field', (_name, given, field) => {
    const { error } = ScoreMarksInput.safeParse({ criteria: overall, ...given })
    expect(error!.issues.map(({ path }) => path.join('.'))).toContain(field)
  })

  it('refuses a second check of one submission', () => {
    const check = { submission: 's1', scores: { overall: 1 } }
    const { error } = ScoreMarksInput.safeParse({ criteria: overall, marks: [good], checks: [check, check] })
    expect(error!.issues[0]!.path).toEqual(['checks', 1, 'submission'])
  })
})
