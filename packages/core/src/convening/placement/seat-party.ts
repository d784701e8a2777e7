import { ok, refuse } from '../../kernel/result.ts'
import type { PlacementProblem, Registrant } from './problem.ts'

/** People who sit together, and what they have in common. */
export type Seating = Readonly<{
  members: readonly Registrant[]
  slots: readonly string[]
  languages: readonly string[]
}>

type Policy = PlacementProblem['policy']

const common = (lists: readonly (readonly string[])[]): string[] => {
  const [first = [], ...rest] = lists
  const sets = rest.map((list) => new Set(list))
  return first.filter((text) => sets.every((set) => set.has(text)))
}

/** What these people have in common, whatever the rules say of them. */
export const seatingOf = (members: readonly Registrant[]): Seating => ({
  members,
  slots: common(members.map(({ slots }) => slots)),
  languages: common(members.map(({ languages }) => languages)),
})

/** Whether one of the two asked not to sit with the other. */
export const areApart = (one: Registrant, other: Registrant): boolean =>
  one.notWith.includes(other.id) || other.notWith.includes(one.id)

/**
 * Whether `joining` may take seats beside `seated` (empty: sit down by themselves), and what all would have in common.
 * Refuses the first of: `placement.full` (no seats), `placement.times` (too few common times left),
 * `placement.language` (none common), `placement.apart` (a wish to be apart; it is not said whose). Says nothing of
 * chair and minimum, which a cohort needs only once it is complete.
 */
export function seatParty(seated: Seating, joining: readonly Registrant[], policy: Policy) {
  const members = [...seated.members, ...joining]
  if (members.length > policy.seats)
    return refuse('placement.full', { seats: policy.seats, free: policy.seats - seated.members.length })
  const isFirst = seated.members.length === 0
  const together = seatingOf(joining)
  const slots = isFirst ? together.slots : common([seated.slots, together.slots])
  if (slots.length < policy.commonSlots)
    return refuse('placement.times', { shared: slots.length, needs: policy.commonSlots })
  const languages = isFirst ? together.languages : common([seated.languages, together.languages])
  if (!languages.length) return refuse('placement.language', {})
  const clashes = joining.some((one, at) =>
    [...seated.members, ...joining.slice(at + 1)].some((other) => areApart(one, other)),
  )
  if (clashes) return refuse('placement.apart', {})
  return ok({ members, slots, languages } satisfies Seating)
}

/** Nobody yet. */
export const NOBODY: Seating = { members: [], slots: [], languages: [] }
