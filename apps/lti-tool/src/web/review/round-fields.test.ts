import { describe, expect, it } from 'vitest'
import { RoundSetup } from '@copractice/core/review'
import { newRoundFields, setupOf, type RoundFields } from './round-fields.ts'

const rubric = {
  criteria: [
    {
      id: 'c1',
      title: 'Partner’s voice',
      description: '',
      commentRequired: true,
      levels: [
        { points: 1, label: 'Not there yet', descriptor: '' },
        { points: 3, label: 'There', descriptor: '' },
      ],
    },
  ],
}
const now = new Date('2026-11-17T21:00:00Z')
const fields = (part: Partial<RoundFields> = {}): RoundFields => ({
  ...newRoundFields(rubric, 'America/Chicago', now),
  title: 'Action plan',
  ...part,
})
const levels = (...points: string[]) => points.map((text) => ({ points: text, label: 'x', descriptor: '' }))
const withLevels = (...points: string[]) =>
  fields({ criteria: [{ ...fields().criteria[0]!, levels: levels(...points) }] })
const problemsOf = (given: RoundFields) => {
  const checked = setupOf(given)
  return 'problems' in checked ? checked.problems : {}
}

describe('a new round', () => {
  it('is what the contract takes, due at the end of the day in its own zone', () => {
    const checked = setupOf(fields())
    if (!('setup' in checked)) throw new Error(JSON.stringify(checked.problems))
    expect(checked.setup.submitUntil.toISOString()).toBe('2026-12-02T05:59:00.000Z')
    expect(RoundSetup.encode(checked.setup)).toMatchObject({ reviewsPerSubmission: 3, workMaximum: 20 })
  })

  it('takes points with a comma', () => {
    const checked = setupOf(fields({ workMaximum: '12,5' }))
    expect('setup' in checked && checked.setup.workMaximum).toBe(12.5)
  })
})

describe('what needs another look', () => {
  it('is named at its place', () => {
    expect(problemsOf(fields({ title: ' ' }))).toEqual({ title: 'setUp.needed' })
    expect(problemsOf(fields({ reviewsPerSubmission: '2.5' }))).toEqual({ reviewsPerSubmission: 'setUp.needed' })
    expect(problemsOf(fields({ reviewsPerSubmission: '' }))).toEqual({ reviewsPerSubmission: 'setUp.needed' })
  })

  it('includes reviews due before the work', () => {
    expect(problemsOf(fields({ reviewUntil: '2026-11-18T12:00' }))).toEqual({ reviewUntil: 'setUp.order' })
  })

  it('includes levels that a reviewer could not tell apart or that are worth nothing', () => {
    expect(problemsOf(withLevels('1', '1'))).toEqual({ 'criterion:c1': 'rubric.samePoints' })
    expect(problemsOf(withLevels('1', '1,0'))).toEqual({ 'criterion:c1': 'rubric.samePoints' })
    expect(problemsOf(withLevels('1', ''))).toEqual({ 'criterion:c1': 'rubric.levelNeeded' })
    expect(problemsOf(withLevels('-1', '2'))).toEqual({ 'criterion:c1': 'rubric.levelNeeded' })
    expect(problemsOf(withLevels('0', '2'))).toEqual({})
  })
})
