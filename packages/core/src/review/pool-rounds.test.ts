import { expect, it } from 'vitest'
import { estimateByModel, methodInForce, poolRounds, type RoundToPool } from './pool-rounds.ts'

const levels = [0, 5, 10].map((points) => ({ points, label: `${points}`, descriptor: '' }))
const rubric = { criteria: [{ id: 'whole', title: 'Whole', description: '', levels, commentRequired: false }] }
const whole = (points: number) => [{ criterionId: 'whole', points, comment: '' }]
const round = (part: Partial<RoundToPool> & { roundId: string }): RoundToPool => ({
  rubric,
  reviews: ['a', 'b', 'c'].flatMap((author, at) =>
    ['x', 'y', 'z'].map((reviewerId, by) => ({
      submissionId: `${part.roundId}-${author}`,
      reviewerId,
      marks: whole([0, 5, 10][(at + by) % 3]!),
    })),
  ),
  checks: [],
  exemplars: [],
  ...part,
})

it('offers the model for pooled rounds, marked exemplars and checks, and for one bare round never', () => {
  const because = (rounds: RoundToPool[]) => poolRounds(rounds).because
  expect(because([round({ roundId: '1' })])).toEqual([])
  expect(because([round({ roundId: '1' }), round({ roundId: '2', reviews: [] })])).toEqual([])
  expect(because([round({ roundId: '1' }), round({ roundId: '2' })])).toEqual(['rounds_pooled'])
  const markings = [{ reviewerId: 'x', marks: whole(5) }]
  const piece = { exemplarId: 'e', reference: whole(10), markings }
  expect(because([round({ roundId: '1', exemplars: [piece] })])).toEqual(['exemplars'])
  expect(because([round({ roundId: '1', exemplars: [{ ...piece, markings: [] }] })])).toEqual([])
  expect(because([round({ roundId: '1', checks: [{ submissionId: '1-a', marks: whole(5) }] })])).toEqual(['checks'])
  expect(because([round({ roundId: '1', checks: [{ submissionId: 'unmarked', marks: whole(5) }] })])).toEqual([])
})

it('takes a checked work at its check, and keeps every estimate within 0 and 100', () => {
  const pool = poolRounds([
    round({ roundId: '1', checks: [{ submissionId: '1-a', marks: whole(10) }] }),
    round({
      roundId: '2',
      exemplars: [{ exemplarId: 'e', reference: whole(0), markings: [{ reviewerId: 'x', marks: whole(5) }] }],
    }),
  ])
  const estimates = estimateByModel(pool, 7)
  expect(estimates.get('1-a')).toEqual({ percent: 100, low: 100, high: 100 })
  expect(estimates.get('e')).toEqual({ percent: 0, low: 0, high: 0 })
  for (const { percent, low, high } of estimates.values()) {
    expect([low, percent, high].every((is) => is >= 0 && is <= 100)).toBe(true)
    expect(low <= percent && percent <= high).toBe(true)
  }
  expect(estimateByModel(pool, 7)).toEqual(estimates)
})

it('goes back to the mean when the grounds for the model are gone', () => {
  expect([methodInForce('model', true), methodInForce('model', false), methodInForce('mean', true)]).toEqual([
    'model',
    'mean',
    'mean',
  ])
})
