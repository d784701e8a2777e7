import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PersonId, SubmissionId } from '../kernel/ids.ts'
import { scoreRound, type ReviewInRound, type RoundToScore } from './score-round.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const people = Array.from({ length: 8 }, (_, n) => PersonId.parse(id(n + 1)))
const [ana, ben, cy, dee] = people as [PersonId, PersonId, PersonId, PersonId]
const workBy = (author: PersonId) => SubmissionId.parse(id(100 + Number(author.slice(-3))))
const levels = Array.from({ length: 11 }, (_, points) => ({ points, label: `${points}`, descriptor: '' }))
const round: RoundToScore['round'] = {
  rubric: { criteria: [{ id: 'whole', title: 'Whole', description: '', levels, commentRequired: false }] },
  workMaximum: 20,
  reviewingMaximum: 10,
  reviewerWeights: { agreement: 60, completeness: 40, helpfulness: 0 },
  latePolicy: { kind: 'deducted', percentPerDay: 10, percentAtMost: 30, graceMinutes: 0 },
}
const whole = (points: number) => [{ criterionId: 'whole', points, comment: '' }]
const review = (reviewerId: PersonId, author: PersonId, points: number | null): ReviewInRound => ({
  submissionId: workBy(author),
  reviewerId,
  marks: points === null ? [] : whole(points),
  filedAt: points === null ? null : new Date(0),
  helpfulness: null,
})
const given = (part: Partial<RoundToScore>): RoundToScore => ({
  round,
  works: [ana, ben].map((author) => ({ submissionId: workBy(author), authorIds: [author], lateMinutes: null })),
  reviews: [review(ben, ana, 10), review(cy, ana, 5), review(dee, ana, null), review(ana, ben, 5)],
  checks: [],
  overrides: [],
  estimates: null,
  ...part,
})

describe('a work', () => {
  it('gets the mean of its filed reviews; one that was not filed counts for nothing', () => {
    const scored = scoreRound(given({}))
    expect(scored.workOf(ana)).toMatchObject({ points: 15, mean: 75, spread: 50, reviewers: [ben, cy], missing: 1 })
    expect(scored.workOf(ben)).toMatchObject({ points: 10, spread: null, missing: 0 })
    expect(scored.workOf(cy)).toBeUndefined()
    expect(scored.grade(cy, 'work')).toBeNull()
  })

  it('gives every member of its team the same', () => {
    const scored = scoreRound(
      given({ works: [{ submissionId: workBy(ana), authorIds: [ana, cy], lateMinutes: null }] }),
    )
    expect([scored.grade(ana, 'work'), scored.grade(cy, 'work')]).toEqual([15, 15])
  })

  it('takes lateness off its points, and nothing off an override', () => {
    const late = given({ works: [{ submissionId: workBy(ana), authorIds: [ana], lateMinutes: 1441 }] })
    expect(scoreRound(late).workOf(ana)).toMatchObject({ late: 20, points: 12 })
    const overrides = [{ personId: ana, column: 'work' as const, points: 18.5 }]
    expect(scoreRound({ ...late, overrides }).grade(ana, 'work')).toBe(18.5)
    expect(scoreRound({ ...late, overrides }).workOf(ana)?.points).toBe(12)
  })

  it('gets the model’s estimate where there is one, with its interval', () => {
    const estimates = new Map([[workBy(ana) as string, { percent: 70, low: 60, high: 80 }]])
    expect(scoreRound(given({ estimates })).workOf(ana)).toMatchObject({
      points: 14,
      mean: 75,
      interval: { low: 60, high: 80 },
    })
  })

  it('keeps its mean when an instructor has checked it, and needs no look any more', () => {
    const checks = [{ submissionId: workBy(ana), marks: whole(9) }]
    expect(scoreRound(given({})).workOf(ana)).toMatchObject({ flag: 'split', rank: 0 })
    expect(scoreRound(given({ checks })).workOf(ana)).toMatchObject({ points: 15, check: 90, flag: null, rank: 1 })
  })
})

describe('a reviewer', () => {
  it('is compared with the others, and with the instructor where they have marked the work', () => {
    const { reviewing } = scoreRound(given({}))
    // 100 against 50: half of the 60, all of the 40.
    expect(reviewing.get(ben)).toMatchObject({ points: 7, filed: 1, parts: [{ othersMean: 50, basis: 'agreement' }] })
    expect(reviewing.get(dee)).toMatchObject({ points: 0, filed: 0, parts: [{ basis: 'missing' }] })
    expect(reviewing.get(ana)).toMatchObject({ points: 10, parts: [{ basis: 'completeness' }] })

    const checked = scoreRound(given({ checks: [{ submissionId: workBy(ana), marks: whole(9) }] })).reviewing
    expect(checked.get(ben)).toMatchObject({ points: 9.4, parts: [{ check: 90, basis: 'check' }] })
  })

  it('does not get full marks for saying 10 where the other says 90', () => {
    const reviews = [review(ben, ana, 9), review(cy, ana, 1)]
    const { reviewing } = scoreRound(given({ reviews }))
    expect([reviewing.get(ben)?.points, reviewing.get(cy)?.points]).toEqual([5.2, 5.2])
  })
})

const points = fc.integer({ min: 0, max: 10 })
const anyReviews = fc
  .uniqueArray(fc.tuple(fc.nat(3), fc.nat(7), fc.option(points)), {
    selector: ([author, reviewer]) => `${author} ${reviewer}`,
    maxLength: 24,
  })
  .map((rows) =>
    rows
      .filter(([author, reviewer]) => author !== reviewer)
      .map(([author, reviewer, mark]) => ({
        ...review(people[reviewer]!, people[author]!, mark),
        helpfulness: ((author + reviewer) % 5) + 1,
      })),
  )
const anyWeights = fc.tuple(fc.nat(100), fc.nat(100)).map(([one, other]) => {
  const [low, high] = [Math.min(one, other), Math.max(one, other)]
  return { agreement: low, completeness: high - low, helpfulness: 100 - high }
})
const anyRound = fc
  .record({ reviews: anyReviews, weights: anyWeights, late: fc.array(fc.option(fc.nat(9000)), { minLength: 4 }) })
  .map(({ reviews, weights, late }) =>
    given({
      round: { ...round, reviewerWeights: weights },
      works: people.slice(0, 4).map((author, n) => ({
        submissionId: workBy(author),
        authorIds: [author],
        lateMinutes: late[n] ?? null,
      })),
      reviews,
    }),
  )

describe('of any round', () => {
  it('grades lie between 0 and the column’s maximum', () => {
    fc.assert(
      fc.property(anyRound, (any) => {
        const scored = scoreRound(any)
        for (const person of people)
          for (const [column, maximum] of [['work', 20] as const, ['reviewing', 10] as const]) {
            const grade = scored.grade(person, column)
            expect(grade === null || (grade >= 0 && grade <= maximum)).toBe(true)
          }
      }),
    )
  })

  it('a work does not lose by a higher mark, and does not gain by coming later', () => {
    fc.assert(
      fc.property(anyRound, fc.nat(23), points, (any, place, mark) => {
        const raised = any.reviews.map((each, index) =>
          index === place && each.filedAt && each.marks[0]!.points! < mark ? { ...each, marks: whole(mark) } : each,
        )
        const later = any.works.map((work) => ({ ...work, lateMinutes: (work.lateMinutes ?? 0) + 1440 }))
        const [before, higher] = [scoreRound(any), scoreRound({ ...any, reviews: raised })]
        const afterwards = scoreRound({ ...any, works: later })
        for (const person of people.slice(0, 4)) {
          const grade = before.grade(person, 'work')
          if (grade === null) continue
          expect(higher.grade(person, 'work')!).toBeGreaterThanOrEqual(grade)
          expect(afterwards.grade(person, 'work')!).toBeLessThanOrEqual(grade)
        }
      }),
    )
  })

  it('nobody’s own mark is part of what their reviewing is measured by', () => {
    fc.assert(
      fc.property(anyRound, fc.nat(23), points, (any, place, mark) => {
        const mine = any.reviews[place]
        if (!mine?.filedAt) return
        const changed = any.reviews.map((each) => (each === mine ? { ...each, marks: whole(mark) } : each))
        const partOf = (reviews: readonly ReviewInRound[]) =>
          scoreRound({ ...any, reviews })
            .reviewing.get(mine.reviewerId)!
            .parts.find(({ submissionId }) => submissionId === mine.submissionId)!
        expect(partOf(changed).othersMean).toBe(partOf(any.reviews).othersMean)
      }),
    )
  })

  it('an override is what counts, whatever else there is', () => {
    fc.assert(
      fc.property(anyRound, fc.constantFrom(...people), fc.double({ min: 0, max: 10, noNaN: true }), (any, who, is) => {
        const columns = ['work', 'reviewing'] as const
        const scored = scoreRound({
          ...any,
          overrides: columns.map((column) => ({ personId: who, column, points: is })),
        })
        expect(columns.map((column) => scored.grade(who, column))).toEqual([is, is])
        const others = people.filter((person) => person !== who)
        for (const column of columns)
          expect(others.map((person) => scored.grade(person, column))).toEqual(
            others.map((person) => scoreRound(any).grade(person, column)),
          )
      }),
    )
  })
})
