import type { PlacementProblem } from '../placement/problem.ts'
import type { Wishes } from '../wishes.ts'

/** A registration that holds a place, in the order people signed up. `addresses` in lower case. */
export type Registered = Readonly<{
  id: string
  campus: string
  affiliation: string
  addresses: readonly string[]
  /** eligibility.affiliation: whether they may have a seat at all. */
  isEligible: boolean
  wishes: Wishes
}>

type Stated = Readonly<{
  problem: PlacementProblem
  /** May have no seat, and so are no part of the problem. */
  ineligible: string[]
  /** What those who named no language are taken to speak, and how many they are. */
  assumed: Readonly<{ language: string; people: number }>
}>

/**
 * The placement problem of a convening. Wishes name addresses; one for somebody who is not registered is let go. Who named
 * no language is taken to speak the one most others named (English if nobody named any): a form that does not ask
 * keeps nobody out.
 */
export function problemOfRegistrations(
  registered: readonly Registered[],
  { seed, policy }: Pick<PlacementProblem, 'seed' | 'policy'>,
): Stated {
  const eligible = registered.filter(({ isEligible }) => isEligible)
  const byAddress = new Map<string, string>()
  for (const { id, addresses } of eligible)
    for (const address of addresses) if (!byAddress.has(address)) byAddress.set(address, id)
  const named = (addresses: readonly string[], self: string) => [
    ...new Set(addresses.flatMap((address) => byAddress.get(address.toLowerCase()) ?? []).filter((id) => id !== self)),
  ]
  const language = mostNamed(eligible.flatMap(({ wishes }) => wishes.languages))
  const silent = eligible.filter(({ wishes }) => !wishes.languages.length)
  const registrants = eligible.map(({ id, campus, affiliation, wishes }) => {
    const together = named(wishes.with, id)
    return {
      id,
      campus,
      affiliation,
      canChair: wishes.canChair,
      interests: wishes.interests,
      languages: wishes.languages.length ? wishes.languages : [language],
      slots: wishes.slots,
      with: together,
      notWith: named(wishes.notWith, id),
    }
  })
  return {
    problem: { seed, policy, registrants },
    ineligible: registered.filter(({ isEligible }) => !isEligible).map(({ id }) => id),
    assumed: { language, people: silent.length },
  }
}

function mostNamed(languages: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const one of languages) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? 'en'
}
