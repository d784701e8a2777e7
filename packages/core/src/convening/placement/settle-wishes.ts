import type { Refusal } from '../../kernel/result.ts'
import type { PlacementProblem, Registrant } from './problem.ts'
import { NOBODY, seatParty } from './seat-party.ts'

/** People placed together or not at all, in the order of the list. Most parties are one person. */
export type Party = readonly Registrant[]

/** Why somebody cannot be placed whatever the others do. */
export type Hopeless =
  | Refusal<'placement.too_few_times', { has: number; needs: number }>
  | Refusal<'placement.no_language', Record<string, never>>
  /** Those they asked for, and whom these asked for, cannot all sit in one cohort: too many, no time, no language, or apart. */
  | Refusal<'placement.wish', { people: number; because: 'full' | 'times' | 'language' | 'apart' }>
  /** Their wish could be kept alone, but not beside the wishes of others for the same person, which came first. */
  | Refusal<'placement.wishes_clash', { because: 'full' | 'times' | 'language' | 'apart' }>

/** Everybody that must sit beside `person` for the wishes to be kept: those asked for, whom those asked for, and so on. */
export function wishedFor(person: Registrant, byId: ReadonlyMap<string, Registrant>): Registrant[] {
  const reached = new Set([person.id])
  for (const id of reached) for (const next of byId.get(id)?.with ?? []) reached.add(next)
  return [...reached].flatMap((id) => byId.get(id) ?? [])
}

/**
 * Turns wishes to be with somebody into parties. A wish binds the one who has it: if they are placed, those they named
 * sit in the same cohort; being named binds nobody. So a wish that cannot be kept costs its owner the place, never the
 * person named. Wishes for the same person join into one party while it can sit together, shorter wishes first.
 */
export function settleWishes({ policy, registrants }: PlacementProblem) {
  const byId = new Map(registrants.map((person) => [person.id, person]))
  const hopeless = new Map<string, Hopeless>()
  const partyOf = new Map<string, Registrant[]>()
  const order = new Map(registrants.map(({ id }, at) => [id, at]))
  const inOrder = (people: Iterable<Registrant>) => [...people].sort((a, b) => order.get(a.id)! - order.get(b.id)!)

  const wishes: Registrant[][] = []
  for (const person of registrants) {
    const wanted = wishedFor(person, byId)
    const fits = seatParty(NOBODY, wanted, policy)
    if (person.slots.length < policy.commonSlots)
      hopeless.set(person.id, {
        code: 'placement.too_few_times',
        facts: { has: person.slots.length, needs: policy.commonSlots },
      })
    else if (!person.languages.length) hopeless.set(person.id, { code: 'placement.no_language', facts: {} })
    else if (!fits.ok)
      hopeless.set(person.id, {
        code: 'placement.wish',
        facts: { people: wanted.length - 1, because: because(fits.refusal.code) },
      })
    else wishes.push(wanted)
  }
  for (const wanted of wishes.sort((a, b) => a.length - b.length)) {
    const [owner] = wanted as [Registrant]
    const joined = inOrder(new Set(wanted.flatMap((one) => [one, ...(partyOf.get(one.id) ?? [])])))
    const fits = seatParty(NOBODY, joined, policy)
    if (fits.ok) for (const one of joined) partyOf.set(one.id, joined)
    else if (!partyOf.has(owner.id))
      hopeless.set(owner.id, { code: 'placement.wishes_clash', facts: { because: because(fits.refusal.code) } })
  }
  return {
    parties: inOrder(registrants.filter(({ id }) => partyOf.get(id)?.[0]?.id === id)).map(
      (first) => partyOf.get(first.id)! as Party,
    ),
    hopeless,
  }
}

const because = (code: `placement.${'full' | 'times' | 'language' | 'apart'}`) =>
  code.slice('placement.'.length) as 'full' | 'times' | 'language' | 'apart'
