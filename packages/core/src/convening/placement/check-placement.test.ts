import { describe, expect, it } from 'vitest'
import { checkPlacement } from './check-placement.ts'
import type { PlacementProblem } from './problem.ts'
import { registrant } from './testing/index.ts'

const policy = { seats: 3, minimum: 2, commonSlots: 2 }
const abc = (change: Parameters<typeof registrant>[1] = {}): PlacementProblem => ({
  seed: 1,
  policy,
  registrants: [registrant('a', change), registrant('b'), registrant('c'), registrant('d')],
})
const cohort = { chair: 'a', members: ['a', 'b'], slots: ['mon-9', 'tue-9'] }
const rest = [{ id: 'c' }, { id: 'd' }]
const codes = (problem: PlacementProblem, answer: Parameters<typeof checkPlacement>[1]) =>
  checkPlacement(problem, answer).map(({ code }) => code)

describe('checkPlacement', () => {
  it('finds nothing in an answer that keeps every rule', () => {
    expect(checkPlacement(abc(), { cohorts: [cohort], unplaced: rest })).toEqual([])
  })

  it.each([
    ['more members than seats', {}, { members: ['a', 'b', 'c', 'd'] }, [], 'placement.seats'],
    ['fewer members than the minimum', {}, { members: ['a'] }, [{ id: 'b' }, ...rest], 'placement.minimum'],
    ['a chair who cannot chair', { canChair: false }, {}, rest, 'placement.chair'],
    ['a chair who is no member', {}, { chair: 'c' }, rest, 'placement.chair'],
    ['too few common times', {}, { slots: ['mon-9'] }, rest, 'placement.slots'],
    ['one time counted twice', {}, { slots: ['mon-9', 'mon-9'] }, rest, 'placement.slots'],
    ['a time a member cannot keep', { slots: ['mon-9', 'fri-9'] }, {}, rest, 'placement.slot_not_kept'],
    ['no language in common', { languages: ['es'] }, {}, rest, 'placement.language'],
    ['no language at all', { languages: [] }, {}, rest, 'placement.language'],
    ['somebody asked for elsewhere', { with: ['c'] }, {}, rest, 'placement.with'],
    ['two who are to be apart', { notWith: ['b'] }, {}, rest, 'placement.not_with'],
    ['a stranger', {}, { members: ['a', 'b', 'z'] }, rest, 'placement.stranger'],
    ['a person twice', {}, {}, [{ id: 'b' }, ...rest], 'placement.twice'],
    ['a person nowhere', {}, {}, [{ id: 'c' }], 'placement.missing'],
  ])('names %s', (_what, person, change, unplaced, code) => {
    expect(codes(abc(person), { cohorts: [{ ...cohort, ...change }], unplaced })).toContain(code)
  })

  it('keeps people apart whichever of the two asked', () => {
    const problem = abc()
    problem.registrants[1]!.notWith.push('a')
    expect(codes(problem, { cohorts: [cohort], unplaced: rest })).toEqual(['placement.not_with'])
  })

  it('lets go of a wish of somebody without a place', () => {
    const problem = abc()
    problem.registrants[2]!.with.push('a')
    expect(checkPlacement(problem, { cohorts: [cohort], unplaced: rest })).toEqual([])
  })

  it('counts the objective again and holds it under the bound', () => {
    const right = 2 * 1020
    const answer = { cohorts: [cohort], unplaced: rest }
    expect(codes(abc(), { ...answer, objective: right, bound: right })).toEqual([])
    expect(codes(abc(), { ...answer, objective: right + 1 })).toEqual(['placement.objective'])
    expect(codes(abc(), { ...answer, objective: right, bound: right - 1 })).toEqual(['placement.bound'])
  })
})
