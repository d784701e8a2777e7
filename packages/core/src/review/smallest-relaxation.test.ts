import fc from 'fast-check'
import { expect, it } from 'vitest'
import { allocateReviewers, type AllocationInput } from './allocate-reviewers.ts'
import { smallestRelaxations } from './smallest-relaxation.ts'

const anyRound = fc
  .record({
    works: fc.integer({ min: 1, max: 4 }),
    spare: fc.nat(2),
    k: fc.integer({ min: 1, max: 3 }),
    sameCampus: fc.constantFrom<AllocationInput['sameCampus'][]>('allow', 'forbid'),
    campuses: fc.array(fc.constantFrom('A', 'B'), { minLength: 6, maxLength: 6 }),
    conflicts: fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(3)), { maxLength: 5, selector: String }),
  })
  .map(({ works, spare, k, sameCampus, campuses, conflicts }) => {
    const people = Array.from({ length: works + spare }, (_, i) => ({ id: `p${i}`, campus: campuses[i]! }))
    const input: AllocationInput = {
      seed: 1,
      reviewsPerSubmission: k,
      submissions: people
        .slice(0, works)
        .map(({ id, campus }, i) => ({ id: `s${i}`, authors: [id], campuses: [campus] })),
      reviewers: people.slice(0, works),
      conflicts: conflicts.map(([r, s]) => [`p${r}`, `s${s}`] as const),
      sameCampus,
    }
    return { input, spare: people.slice(works) }
  })

const subsets = <T>(items: readonly T[]): T[][] =>
  items.reduce<T[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]])

type Choice = Readonly<{ sameCampus: boolean; fewerReviews: number; withoutWork: boolean }>
const named = ({ sameCampus, fewerReviews, withoutWork }: Choice) => String([sameCampus, fewerReviews, withoutWork])

/** Tries every set of constraints: the choices besides conflicts with which a smallest set goes, and its size. */
function smallestBySearch({ input, spare }: { input: AllocationInput; spare: AllocationInput['reviewers'] }) {
  const sizes = new Map<string, number>()
  const sets = subsets([...input.conflicts]).sort((a, b) => a.length - b.length)
  for (const sameCampus of input.sameCampus === 'forbid' ? [false, true] : [false])
    for (const withoutWork of spare.length > 0 ? [false, true] : [false])
      for (let fewerReviews = 0; fewerReviews < input.reviewsPerSubmission; fewerReviews++) {
        const base = Number(sameCampus) + Number(withoutWork) + fewerReviews
        const dropped = sets.find(
          (dropped) =>
            base + dropped.length <= Math.min(...sizes.values()) &&
            allocateReviewers({
              ...input,
              reviewers: withoutWork ? [...input.reviewers, ...spare] : input.reviewers,
              sameCampus: sameCampus ? 'avoid' : input.sameCampus,
              reviewsPerSubmission: input.reviewsPerSubmission - fewerReviews,
              conflicts: [...input.conflicts].filter((pair) => !dropped.includes(pair)),
            }).ok,
        )
        if (dropped) sizes.set(named({ sameCampus, fewerReviews, withoutWork }), base + dropped.length)
      }
  const size = Math.min(...sizes.values())
  return { size, choices: [...sizes].flatMap(([choice, its]) => (its === size ? [choice] : [])).sort() }
}

it('finds the smallest sets that a search through all sets does, and each set it names is one', () => {
  fc.assert(
    fc.property(anyRound, (round) => {
      const found = smallestRelaxations(round.input, round.spare)!
      const { size, choices } = smallestBySearch(round)
      expect(found.map(named).sort()).toEqual(choices)
      expect(found.map((each) => each.size)).toEqual(found.map(() => size))
      for (const { sameCampus, fewerReviews, withoutWork, conflicts } of found) {
        const relaxed = {
          ...round.input,
          reviewers: withoutWork ? [...round.input.reviewers, ...round.spare] : round.input.reviewers,
          sameCampus: sameCampus ? ('avoid' as const) : round.input.sameCampus,
          reviewsPerSubmission: round.input.reviewsPerSubmission - fewerReviews,
          conflicts: [...round.input.conflicts].filter(
            (pair) => !conflicts.some((each) => String(each) === String(pair)),
          ),
        }
        expect(allocateReviewers(relaxed).ok).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
})

const people = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `p${i}`, campus: i % 2 ? 'B' : 'A' }))
const round = (n: number, change: Partial<AllocationInput>): AllocationInput => ({
  seed: 1,
  reviewsPerSubmission: 2,
  submissions: people(n).map(({ id, campus }, i) => ({ id: `s${i}`, authors: [id], campuses: [campus] })),
  reviewers: people(n),
  conflicts: [],
  sameCampus: 'allow',
  ...change,
})

it('names the one conflict of several that stands in the way', () => {
  const conflicts = [
    ['p1', 's0'],
    ['p2', 's0'],
    ['p3', 's1'],
  ] as const
  const found = smallestRelaxations(round(4, { conflicts }), [])!
  expect(found.map(({ size, fewerReviews }) => [size, fewerReviews])).toEqual([
    [1, 0],
    [1, 1],
  ])
  expect(found[0]!.conflicts.map(([, submission]) => submission)).toEqual(['s0'])
})

it('names nothing to give up where nothing is in the way', () => {
  expect(smallestRelaxations(round(4, {}), [])).toEqual([
    { sameCampus: false, fewerReviews: 0, withoutWork: false, conflicts: [], size: 0 },
  ])
})

it('finds nothing for a work that only its author could review, or nobody', () => {
  expect(smallestRelaxations(round(1, {}), [])).toEqual([])
  expect(smallestRelaxations(round(1, { reviewers: [] }), [])).toEqual([])
})

it('does not search rounds beyond what anybody waits for', () => {
  expect(smallestRelaxations(round(600, {}), [])).toBeNull()
  const spare = people(200).map(({ id, campus }) => ({ id: `spare-${id}`, campus }))
  expect(smallestRelaxations(round(500, {}), spare)).toBeNull()
})
