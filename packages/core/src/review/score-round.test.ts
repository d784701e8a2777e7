import { expect, it } from 'vitest'
import { PersonId, SubmissionId } from '../kernel/ids.ts'
import { scoreRound, type ReviewInRound } from './score-round.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [ana, ben, cy, dee] = [1, 2, 3, 4].map((n) => PersonId.parse(id(n))) as [PersonId, PersonId, PersonId, PersonId]
const levels = [0, 5, 10].map((points) => ({ points, label: `${points}`, descriptor: '' }))
const round = {
  rubric: { criteria: [{ id: 'whole', title: 'Whole', description: '', levels, commentRequired: false }] },
  workMaximum: 20,
  reviewingMaximum: 10,
}
const review = (reviewerId: PersonId, authorId: PersonId, points: number | null, filed = true): ReviewInRound => ({
  submissionId: SubmissionId.parse(id(100 + Number(authorId.slice(-3)))),
  authorId,
  reviewerId,
  marks: [{ criterionId: 'whole', points, comment: '' }],
  filedAt: filed ? new Date(0) : null,
})

it('scores works by the mean of the filed reviews, and reviewers against the others', () => {
  const { works, reviewing } = scoreRound(round, [
    review(ben, ana, 10),
    review(cy, ana, 5),
    review(dee, ana, 0, false),
    review(ana, ben, 5),
  ])
  // 100 and 50 percent: 75 percent of 20. The unfiled 0 counts for nothing.
  expect(works.get(ana)).toMatchObject({ points: 15, spread: 50, reviewers: [ben, cy], missing: 1 })
  expect(works.get(ben)).toMatchObject({ points: 10, spread: null, missing: 0 })
  expect(works.get(cy)).toBeUndefined()

  expect(reviewing.get(ben)).toMatchObject({ points: 5, filed: 1, parts: [{ authorId: ana, othersMean: 50 }] })
  expect(reviewing.get(dee)).toMatchObject({ points: 0, filed: 0, parts: [{ basis: 'missing' }] })
  expect(reviewing.get(ana)).toMatchObject({ points: 10, parts: [{ authorId: ben, basis: 'completeness' }] })
})
