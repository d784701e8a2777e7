import fc from 'fast-check'
import type { PlacementProblem, Registrant } from '../problem.ts'

/** A registrant of campus A, faculty, who can chair, speaks English and is free at three times; `change` says otherwise. */
export const registrant = (id: string, change: Partial<Registrant> = {}): Registrant => ({
  id,
  campus: 'A',
  affiliation: 'faculty',
  canChair: true,
  interests: [],
  languages: ['en'],
  slots: ['mon-9', 'tue-9', 'wed-9'],
  with: [],
  notWith: [],
  ...change,
})

const without = (ids: readonly string[], id: string) => ids.filter((one) => one !== id)
const some = (texts: readonly string[], least: number) => fc.subarray([...texts], { minLength: least })

/** Any small problem in which every rule matters: few times, two languages, wishes for and against anybody. */
export const anyProblem = (most: number): fc.Arbitrary<PlacementProblem> =>
  fc.integer({ min: 0, max: most }).chain((count) => {
    const ids = Array.from({ length: count }, (_, at) => `p${at}`)
    const wishes = fc.array(fc.constantFrom(...(count ? ids : ['none'])), { maxLength: 1 })
    const one = (id: string) =>
      fc.record({
        id: fc.constant(id),
        campus: fc.constantFrom('A', 'B', 'C'),
        affiliation: fc.constantFrom('faculty', 'staff', 'student'),
        canChair: fc.boolean(),
        interests: some(['housing', 'arts', 'voting'], 0),
        languages: some(['en', 'es'], 0),
        slots: some(['mon-9', 'tue-9', 'wed-9', 'thu-9', 'fri-9'], 1),
        with: fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: wishes }),
        notWith: fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: wishes }),
      })
    return fc.record({
      seed: fc.nat(1000),
      policy: fc
        .record({
          seats: fc.integer({ min: 2, max: 4 }),
          minimum: fc.integer({ min: 1, max: 3 }),
          commonSlots: fc.integer({ min: 1, max: 3 }),
        })
        .map((policy) => ({ ...policy, minimum: Math.min(policy.minimum, policy.seats) })),
      registrants: fc.tuple(...ids.map(one)).map((people) =>
        people.map((person) => ({
          ...person,
          with: without(person.with, person.id),
          notWith: without(person.notWith, person.id),
        })),
      ),
    })
  })
