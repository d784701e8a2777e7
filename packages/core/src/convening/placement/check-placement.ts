import type { Refusal } from '../../kernel/result.ts'
import type { PlacementProblem } from './problem.ts'
import { scorePlacement } from './score-cohort.ts'

/** What is checked: only what a reader of the answer sees. `unplaced` may say why in any form. */
type Answered = Readonly<{
  cohorts: readonly Readonly<{ chair: string; members: readonly string[]; slots: readonly string[] }>[]
  unplaced: readonly Readonly<{ id: string }>[]
  objective?: number
  bound?: number
}>

/** A broken rule. `cohort` counts from 0; `people` are those it is about. */
export type Violation =
  | Refusal<'placement.seats', { cohort: number; members: number; seats: number }>
  | Refusal<'placement.minimum', { cohort: number; members: number; minimum: number }>
  | Refusal<'placement.chair', { cohort: number; chair: string }>
  | Refusal<'placement.slots', { cohort: number; slots: number; needs: number }>
  | Refusal<'placement.slot_not_kept', { cohort: number; slot: string; people: string[] }>
  | Refusal<'placement.language', { cohort: number }>
  | Refusal<'placement.with', { people: string[] }>
  | Refusal<'placement.not_with', { cohort: number; people: string[] }>
  | Refusal<'placement.stranger', { people: string[] }>
  | Refusal<'placement.twice', { people: string[] }>
  | Refusal<'placement.missing', { people: string[] }>
  | Refusal<'placement.objective', { said: number; counted: number }>
  | Refusal<'placement.bound', { objective: number; bound: number }>

/**
 * Every block rule that an answer breaks, in words of the rules alone: it shares no code with what places people, so
 * that neither vouches for the other. Empty when all hold: seats, minimum, a chair who can chair and is a member,
 * enough distinct times that every member can keep, a language common to all, nobody placed without all they asked to
 * be with, nobody beside somebody either asked not to be with, everybody exactly once in a cohort or among the unplaced.
 * Where the answer states an objective or a bound, the objective is counted again and may not pass the bound.
 */
export function checkPlacement(problem: PlacementProblem, answer: Answered): Violation[] {
  const { policy, registrants } = problem
  const people = new Map(registrants.map((person) => [person.id, person]))
  const found: Violation[] = []
  const cohortOf = new Map<string, number>()
  const times = new Map<string, number>()
  const appears = (id: string) => times.set(id, (times.get(id) ?? 0) + 1)

  for (const [cohort, { chair, members, slots }] of answer.cohorts.entries()) {
    for (const id of members) {
      appears(id)
      cohortOf.set(id, cohort)
    }
    const seated = members.flatMap((id) => people.get(id) ?? [])
    if (members.length > policy.seats)
      found.push({ code: 'placement.seats', facts: { cohort, members: members.length, seats: policy.seats } })
    if (members.length < policy.minimum)
      found.push({ code: 'placement.minimum', facts: { cohort, members: members.length, minimum: policy.minimum } })
    if (!members.includes(chair) || people.get(chair)?.canChair !== true)
      found.push({ code: 'placement.chair', facts: { cohort, chair } })
    const distinct = new Set(slots)
    if (distinct.size < policy.commonSlots)
      found.push({ code: 'placement.slots', facts: { cohort, slots: distinct.size, needs: policy.commonSlots } })
    for (const slot of distinct) {
      const unable = seated.filter((person) => !person.slots.includes(slot)).map(({ id }) => id)
      if (unable.length) found.push({ code: 'placement.slot_not_kept', facts: { cohort, slot, people: unable } })
    }
    const spoken = seated[0]?.languages.filter((language) => seated.every((one) => one.languages.includes(language)))
    if (!spoken?.length) found.push({ code: 'placement.language', facts: { cohort } })
  }
  for (const { id } of answer.unplaced) appears(id)

  for (const person of registrants) {
    const cohort = cohortOf.get(person.id)
    if (cohort === undefined) continue
    for (const other of person.with)
      if (cohortOf.get(other) !== cohort) found.push({ code: 'placement.with', facts: { people: [person.id, other] } })
    for (const other of person.notWith)
      if (cohortOf.get(other) === cohort)
        found.push({ code: 'placement.not_with', facts: { cohort, people: [person.id, other] } })
  }

  const strangers = [...times.keys()].filter((id) => !people.has(id))
  const twice = [...times].filter(([, count]) => count > 1).map(([id]) => id)
  const missing = registrants.filter(({ id }) => !times.has(id)).map(({ id }) => id)
  if (strangers.length) found.push({ code: 'placement.stranger', facts: { people: strangers } })
  if (twice.length) found.push({ code: 'placement.twice', facts: { people: twice } })
  if (missing.length) found.push({ code: 'placement.missing', facts: { people: missing } })

  const counted = scorePlacement(
    problem,
    answer.cohorts.map((one) => ({ ...one, members: [...one.members], slots: [] })),
  )
  const { objective, bound } = answer
  if (objective !== undefined && objective !== counted)
    found.push({ code: 'placement.objective', facts: { said: objective, counted } })
  if (bound !== undefined && bound < counted)
    found.push({ code: 'placement.bound', facts: { objective: counted, bound } })
  return found
}
