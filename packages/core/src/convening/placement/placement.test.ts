import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkPlacement,
  explainUnplaced,
  placeGreedily,
  placeLate,
  PlacementProblem,
  pointsOf,
  scoreCohort,
  scorePlacement,
  settleWishes,
  whyHere,
  type Cohorts,
} from './index.ts'
import { anyProblem, registrant } from './testing/index.ts'

const policy = { seats: 3, minimum: 2, commonSlots: 2 }
const problemOf = (...registrants: PlacementProblem['registrants']): PlacementProblem => ({
  seed: 1,
  policy,
  registrants,
})
const unplacedOf = (problem: PlacementProblem, cohorts: Cohorts) => {
  const placed = new Set(cohorts.flatMap(({ members }) => members))
  return problem.registrants.filter(({ id }) => !placed.has(id))
}
const violations = (problem: PlacementProblem, cohorts: Cohorts) =>
  checkPlacement(problem, { cohorts, unplaced: unplacedOf(problem, cohorts) })

describe('the problem', () => {
  it('names the field that does not fit, wishes for nobody and ids used twice among them', () => {
    const input = {
      seed: 1,
      policy: { seats: 2, minimum: 3, commonSlots: 1 },
      registrants: [
        { ...registrant('a'), with: ['z'], notWith: ['a'] },
        { ...registrant('a'), slots: 'mon-9' },
      ],
    }
    const paths = (given: unknown) => PlacementProblem.safeParse(given).error!.issues.map(({ path }) => path.join('.'))
    expect(paths(input)).toEqual(['policy.minimum', 'registrants.1.slots'])
    const readable = { ...input, policy, registrants: [input.registrants[0], registrant('a')] }
    expect(paths(readable)).toEqual(['registrants.1.id', 'registrants.0.with.0', 'registrants.0.notWith.0'])
  })
})

describe('points', () => {
  it('count company, mix and the interest shared with most', () => {
    const ana = registrant('ana', { interests: ['arts', 'voting'] })
    const ben = registrant('ben', { campus: 'B', affiliation: 'staff', interests: ['voting'] })
    const cy = registrant('cy', { affiliation: 'student', interests: ['voting'] })
    expect(pointsOf(ana, [ana, ben, cy])).toEqual({
      placed: 1000,
      campusCompany: 10,
      kindCompany: 0,
      campusMix: 2,
      kindMix: 4,
      interest: 4,
    })
  })

  it('never fall when somebody joins', () => {
    fc.assert(
      fc.property(anyProblem(6), ({ registrants }) => {
        const [last, ...others] = registrants
        fc.pre(last !== undefined)
        expect(scoreCohort(registrants)).toBeGreaterThanOrEqual(scoreCohort(others) + 1000)
      }),
    )
  })
})

describe('wishes', () => {
  it('that cannot be kept cost their owner the place, never the person named', () => {
    const { parties, hopeless } = settleWishes(
      problemOf(registrant('a', { with: ['b'] }), registrant('b', { notWith: ['a'] }), registrant('c')),
    )
    expect(parties.map((party) => party.map(({ id }) => id))).toEqual([['b'], ['c']])
    expect(hopeless.get('a')).toEqual({ code: 'placement.wish', facts: { people: 1, because: 'apart' } })
  })

  it('for the same person join while there are seats', () => {
    const { parties, hopeless } = settleWishes(
      problemOf(...['a', 'b', 'c'].map((id) => registrant(id, { with: ['d'] })), registrant('d')),
    )
    expect(parties.map((party) => party.map(({ id }) => id))).toEqual([['a', 'b', 'd']])
    expect(hopeless.get('c')).toEqual({ code: 'placement.wishes_clash', facts: { because: 'full' } })
  })
})

describe('first-fit and late registrants', () => {
  it('never break a rule', () => {
    fc.assert(
      fc.property(anyProblem(12), (problem) => {
        expect(violations(problem, placeGreedily(problem))).toEqual([])
      }),
    )
  })

  it('a late registrant moves nobody, whoever stays away or comes', () => {
    fc.assert(
      fc.property(anyProblem(12), fc.array(fc.nat(11), { maxLength: 6 }), (problem, late) => {
        const isLate = (id: string) => late.some((at) => id === `p${at}`)
        // Before they came, nobody could ask for them.
        const early = problem.registrants
          .filter(({ id }) => !isLate(id))
          .map((one) => ({
            ...one,
            with: one.with.filter((id) => !isLate(id)),
            notWith: one.notWith.filter((id) => !isLate(id)),
          }))
        const newcomers = problem.registrants.filter(({ id }) => isLate(id))
        const before = placeGreedily({ ...problem, registrants: early })
        const everybody = { ...problem, registrants: [...early, ...newcomers] }
        const after = placeLate(everybody, before)
        expect(violations(everybody, after)).toEqual([])
        for (const [at, { chair, members }] of before.entries()) {
          expect(after[at]!.chair).toBe(chair)
          expect(after[at]!.members).toEqual(expect.arrayContaining(members))
        }
        const moved = before.flatMap(({ members }, at) => members.filter((id) => !after[at]!.members.includes(id)))
        expect(moved).toEqual([])
      }),
    )
  })

  it('everybody without a place gets one reason', () => {
    fc.assert(
      fc.property(anyProblem(10), (problem) => {
        const cohorts = placeLate(problem, placeGreedily(problem))
        const told = explainUnplaced(problem, cohorts)
        expect(told.map(({ id }) => id)).toEqual(unplacedOf(problem, cohorts).map(({ id }) => id))
        expect(told.filter(({ why }) => why.code === 'placement.fits').map(({ id }) => id)).toEqual([])
      }),
    )
  })
})

describe('explainUnplaced', () => {
  const seated = [registrant('a'), registrant('b'), registrant('c')]
  const cohorts = [{ chair: 'a', members: ['a', 'b', 'c'], slots: ['mon-9', 'tue-9', 'wed-9'] }]
  const whyFor = (change: Parameters<typeof registrant>[1], others = seated, now: Cohorts = cohorts) =>
    explainUnplaced(problemOf(...others, registrant('x', change)), now).at(-1)?.why

  it.each([
    ['offers too few times', { slots: ['mon-9'] }, { code: 'placement.too_few_times', facts: { has: 1, needs: 2 } }],
    ['names no language', { languages: [] }, { code: 'placement.no_language' }],
    [
      'shares times with nobody',
      { slots: ['sat-9', 'sun-9'] },
      { code: 'placement.too_few_in_reach', facts: { atMost: 1 } },
    ],
    ['comes when all is full', {}, { code: 'placement.no_seat', facts: { cohorts: [0], seats: 3 } }],
  ])('says so of somebody who %s', (_what, change, why) => {
    expect(whyFor(change)).toMatchObject(why)
  })

  it('points to the cohort that has a seat', () => {
    const two = [{ chair: 'a', members: ['a', 'b'], slots: ['mon-9', 'tue-9', 'wed-9'] }]
    expect(whyFor({ slots: ['mon-9', 'tue-9'] }, seated.slice(0, 2), two)).toEqual({
      code: 'placement.fits',
      facts: { cohort: 0, shared: 2 },
    })
  })

  it('names the times to ask for', () => {
    const others = [...seated.slice(0, 2), registrant('c', { slots: ['mon-9', 'fri-9'] })]
    const two = [{ chair: 'a', members: ['a', 'b'], slots: ['mon-9', 'tue-9', 'wed-9'] }]
    expect(whyFor({ slots: ['mon-9', 'fri-9'] }, others, two)).toEqual({
      code: 'placement.no_time',
      facts: { cohort: 0, shared: 1, needs: 2, missing: 1, ask: ['tue-9', 'wed-9'] },
    })
  })
})

describe('whyHere', () => {
  const people = [
    registrant('a', { interests: ['arts'], with: ['b'] }),
    registrant('b', { interests: ['arts'] }),
    registrant('c', { notWith: ['d'] }),
    registrant('d', { campus: 'B' }),
    registrant('e', { campus: 'B' }),
  ]
  const slots = ['mon-9', 'tue-9', 'wed-9']
  const cohorts = [
    { chair: 'a', members: ['a', 'b', 'c'], slots },
    { chair: 'd', members: ['d', 'e'], slots },
  ]

  it('counts what somebody shares and weighs a move by the rules of both ends', () => {
    expect(whyHere(problemOf(...people), cohorts, 'a')).toMatchObject({
      ok: true,
      value: {
        cohort: 0,
        isChair: true,
        othersOfCampus: 2,
        interests: [{ name: 'arts', others: 1 }],
        wishedForHere: 1,
        elsewhere: [{ cohort: 1, sharedNow: 3, sharedThen: 3, block: 'placement.with' }],
      },
    })
    expect(whyHere(problemOf(...people), cohorts, 'c')).toMatchObject({
      value: { apartKept: 1, elsewhere: [{ block: 'placement.apart' }] },
    })
    expect(whyHere(problemOf(...people), cohorts, 'd')).toMatchObject({
      value: { elsewhere: [{ block: 'placement.full' }] },
    })
  })

  it('allows exactly the moves the checker allows, and foretells their points, whatever moves came before', () => {
    const moved = (problem: PlacementProblem, cohorts: Cohorts, id: string, to: number) =>
      cohorts.map(({ chair, members }, at) => {
        const now = at === to ? [...members, id] : members.filter((one) => one !== id)
        const people = now.map((one) => problem.registrants.find((person) => person.id === one)!)
        return {
          chair: now.includes(chair) ? chair : (people.find(({ canChair }) => canChair)?.id ?? chair),
          members: now,
          slots: (people[0]?.slots ?? []).filter((slot) => people.every((one) => one.slots.includes(slot))),
        }
      })
    let [allowed, forbidden] = [0, 0]
    fc.assert(
      fc.property(anyProblem(12), fc.array(fc.tuple(fc.nat(11), fc.nat(3)), { maxLength: 10 }), (given, edits) => {
        const problem = { ...given, policy: { seats: 5, minimum: 1, commonSlots: 1 } }
        let board: Cohorts = placeGreedily(problem)
        for (const [who, to] of edits) {
          const why = whyHere(problem, board, `p${who}`)
          const move = why.ok ? why.value.elsewhere.find(({ cohort }) => cohort === to) : undefined
          if (!move) continue
          const next = moved(problem, board, `p${who}`, to)
          expect(violations(problem, next).length === 0).toBe(move.block === null)
          if (move.block === null) allowed++
          else forbidden++
          if (move.block !== null) continue
          expect(scorePlacement(problem, next)).toBe(scorePlacement(problem, board) + move.change)
          board = next
        }
      }),
      { numRuns: 300 },
    )
    expect([allowed > 5, forbidden > 5]).toEqual([true, true])
  })

  it('refuses somebody without a place', () => {
    expect(whyHere(problemOf(...people), [], 'a')).toMatchObject({ refusal: { code: 'placement.not_placed' } })
  })
})
