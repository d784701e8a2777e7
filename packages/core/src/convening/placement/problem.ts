import * as z from 'zod'

/** A short text that names one thing within one placement: a person, a campus, an interest, a language, a weekly time. */
const Name = z.string().trim().min(1).max(200)

/** A list without repeats; order has no meaning. */
const names = (most: number) => z.array(Name).max(most).transform(unique)

/** One person who asks for a place. `affiliation` is their kind (faculty, student...); `slots` the weekly times they can keep. */
const Registrant = z.strictObject({
  id: Name,
  campus: Name,
  affiliation: Name,
  canChair: z.boolean(),
  interests: names(50).default([]),
  languages: names(50),
  slots: names(200),
  with: names(50).default([]),
  notWith: names(500).default([]),
})
export type Registrant = z.infer<typeof Registrant>

const Policy = z
  .strictObject({
    /** cohort.full: most people in a cohort, its chair included. */
    seats: z.int().min(1).max(1000),
    /** Fewest people a cohort may begin with. */
    minimum: z.int().min(1).max(1000),
    /** Fewest weekly times all of a cohort must be able to keep. */
    commonSlots: z.int().min(1).max(200),
  })
  .refine((policy) => policy.minimum <= policy.seats, {
    path: ['minimum'],
    error: 'the minimum is more than the seats of a cohort',
  })

/**
 * Who is to be placed, under which limits. `seed` feeds the dice of a solver: same problem and seed, same answer.
 * Fails on an id used twice and on a wish that names oneself or nobody in the list, naming the field.
 */
export const PlacementProblem = z
  .strictObject({
    seed: z.int().min(0).max(4_294_967_295),
    policy: Policy,
    registrants: z.array(Registrant).max(20_000),
  })
  .superRefine(({ registrants }, context) => {
    const known = new Set<string>()
    const complain = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', message, path: ['registrants', ...path] })

    for (const [row, { id }] of registrants.entries()) {
      if (known.has(id)) complain(`"${id}" is the id of an earlier registrant`, row, 'id')
      known.add(id)
    }
    for (const [row, person] of registrants.entries()) {
      for (const field of ['with', 'notWith'] as const) {
        for (const [place, named] of person[field].entries()) {
          if (named === person.id) complain('names the registrant themselves', row, field, place)
          else if (!known.has(named)) complain(`no registrant has the id "${named}"`, row, field, place)
        }
      }
    }
  })
export type PlacementProblem = z.infer<typeof PlacementProblem>

/** A cohort of an answer. The chair is one of the members and takes a seat; `slots` are times every member can keep. */
const PlacedCohort = z.strictObject({ chair: Name, members: z.array(Name), slots: z.array(Name) })
export type PlacedCohort = z.infer<typeof PlacedCohort>

/** An answer as it is written into a file; why somebody has no place may be told in any form. */
export const PlacementAnswer = z.object({
  cohorts: z.array(PlacedCohort),
  unplaced: z.array(z.object({ id: Name, why: z.unknown() })),
  objective: z.number().optional(),
  bound: z.number().optional(),
})

/** Who sits with whom, before anybody is told why they have no place. */
export type Cohorts = readonly PlacedCohort[]

function unique(texts: string[]): string[] {
  return [...new Set(texts)]
}
