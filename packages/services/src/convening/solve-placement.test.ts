import {
  checkPlacement,
  scoreCohort,
  scorePlacement,
  settleWishes,
  type PlacementProblem,
} from '@copractice/core/convening/placement'
import { anyProblem } from '@copractice/core/convening/placement/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from './placement/instance.ts'
import { judgeOf } from './placement/judge.ts'
import { place } from './placement/place.ts'
import { solvePlacement, type Progress } from './solve-placement.ts'

/** The most points any placement of a few people has, by trying every one of them against the checker. */
function bestByHand(problem: PlacementProblem): number {
  const { registrants, policy } = problem
  let best = 0
  const tryAll = (at: number, groups: string[][]) => {
    if (at < registrants.length) {
      const { id } = registrants[at]!
      tryAll(at + 1, groups)
      for (const [which] of groups.entries())
        tryAll(
          at + 1,
          groups.map((group, one) => (one === which ? [...group, id] : group)),
        )
      tryAll(at + 1, [...groups, [id]])
      return
    }
    if (groups.some((group) => group.length < policy.minimum || group.length > policy.seats)) return
    const cohorts = groups.map((members) => {
      const people = registrants.filter(({ id }) => members.includes(id))
      const slots = people[0]!.slots.filter((slot) => people.every((one) => one.slots.includes(slot)))
      return { chair: people.find(({ canChair }) => canChair)?.id ?? 'nobody', members, slots }
    })
    const placed = new Set(groups.flat())
    const broken = checkPlacement(problem, { cohorts, unplaced: registrants.filter(({ id }) => !placed.has(id)) })
    if (!broken.length) best = Math.max(best, scorePlacement(problem, cohorts))
  }
  tryAll(0, [])
  return best
}

describe('place', () => {
  it('never breaks a rule, places nobody twice, and repeats itself with the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(anyProblem(14), async (problem) => {
        const placement = await place(problem)
        expect(checkPlacement(problem, placement)).toEqual([])
        expect(await place(problem)).toEqual(placement)
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  it('stays under a bound that no placement passes, and finds the best one of a few people nearly always', async () => {
    let [best, tried] = [0, 0]
    await fc.assert(
      fc.asyncProperty(anyProblem(6), async (problem) => {
        const { objective, bound } = await place(problem)
        const most = bestByHand(problem)
        expect(objective).toBeLessThanOrEqual(most)
        expect(most).toBeLessThanOrEqual(bound)
        tried++
        if (objective === most) best++
      }),
      { numRuns: 60 },
    )
    expect(best / tried).toBeGreaterThan(0.9)
  }, 120_000)
})

it('the fast judge counts the points that core counts', () => {
  fc.assert(
    fc.property(anyProblem(5), ({ registrants, ...rest }) => {
      const problem = {
        ...rest,
        policy: { seats: 5, minimum: 1, commonSlots: 1 },
        registrants: registrants.map((one) => ({ ...one, with: [], notWith: [], slots: ['mon-9'], languages: ['en'] })),
      }
      fc.pre(registrants.some(({ canChair }) => canChair))
      const { parties } = settleWishes(problem)
      const judge = judgeOf(compile(problem, parties))
      expect(judge([...parties.keys()])).toBe(scoreCohort(problem.registrants))
    }),
  )
})

describe('solvePlacement', () => {
  const problem = fc.sample(anyProblem(12), { numRuns: 5, seed: 4 }).at(-1)!

  it('answers from its own thread as it does on this one, and tells how far it is', async () => {
    const told: Progress[] = []
    const answer = await solvePlacement(problem, undefined, (progress) => told.push(progress))
    expect(answer).toEqual(await place(problem))
    expect(told.map(({ step }) => step)).toEqual(told.map((_, at) => at + 1))
    expect(told.at(-1)!.step).toBe(told.at(-1)!.steps - 1)
    for (const { objective, bound } of told) expect(objective).toBeLessThanOrEqual(bound)
  })
  it('gives up when told to', async () => {
    const patience = new AbortController()
    const answer = solvePlacement(problem, patience.signal)
    patience.abort(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
  })
})
