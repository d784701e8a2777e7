import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CourseId, PersonId } from '../kernel/ids.ts'
import { planScoreWrites, type CellState } from './plan-score-writes.ts'

const courseId = CourseId.parse('00000000-0000-4000-8000-000000000001')
const personId = PersonId.parse('00000000-0000-4000-8000-000000000002')
const cell = (change: Partial<CellState>): CellState => ({
  courseId,
  personId,
  column: 'work',
  points: 15.5,
  why: null,
  arrived: null,
  waiting: null,
  theirs: null,
  ...change,
})
const plan = (change: Partial<CellState>) => {
  const { cells, writes } = planScoreWrites([cell(change)])
  return [cells[0]!.cell.verdict, writes.map(({ points }) => points)]
}
const points = fc.option(fc.constantFrom(0, 1, 15.5, 20))

describe('planScoreWrites', () => {
  it.each([
    ['a first score', {}, ['new', [15.5]]],
    ['a score the LMS holds', { arrived: 15.5 }, ['same', []]],
    ['a score on its way', { arrived: 12, waiting: 15.5 }, ['same', []]],
    ['another score than the LMS holds', { arrived: 12 }, ['changed', [15.5]]],
    ['another score than is on its way', { arrived: 15.5, waiting: 12 }, ['changed', [15.5]]],
    ['a teacher’s score in the LMS', { arrived: 15, theirs: 17 }, ['theirs', []]],
    ['a teacher’s score that is ours', { arrived: 12, theirs: 15.5 }, ['same', []]],
    ['a teacher’s score that the LMS does not tell', { arrived: 15, theirs: 'unsaid' }, ['theirs', []]],
    ['0 points', { points: 0 }, ['new', [0]]],
    ['no points', { points: null, arrived: 12 }, ['waits', []]],
    ['points that must wait', { why: 'round_open' }, ['waits', []]],
  ] as const)('%s: %2$o', (_what, change, expected) => expect(plan(change)).toEqual(expected))

  it('has nothing more to send once what it sent has arrived', () => {
    fc.assert(
      fc.property(fc.record({ points, arrived: points, waiting: points }), (state) => {
        const [write] = planScoreWrites([cell(state)]).writes
        if (!write) return
        expect(planScoreWrites([cell({ ...state, waiting: write.points })]).writes).toEqual([])
        expect(planScoreWrites([cell({ ...state, waiting: null, arrived: write.points })]).writes).toEqual([])
      }),
    )
  })
})
