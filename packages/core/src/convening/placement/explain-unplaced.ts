import type { Refusal } from '../../kernel/result.ts'
import { companySearch } from './find-company.ts'
import type { Cohorts, PlacementProblem, Registrant } from './problem.ts'
import { seatingOf, seatParty, type Seating } from './seat-party.ts'
import { settleWishes, type Hopeless, type Party } from './settle-wishes.ts'

/** Why somebody has no place, with what would make one. `cohort` counts from 0. */
export type WhyUnplaced =
  | Hopeless
  | Refusal<'placement.too_few_people', { registrants: number; minimum: number }>
  | Refusal<'placement.no_chair', Record<string, never>>
  /** Proven: whoever else moves, at most `atMost` people, this one included, share `needs` times and a language with them. */
  | Refusal<'placement.too_few_in_reach', { atMost: number; minimum: number; needs: number }>
  /** Proven: no group that shares enough with them has somebody who can chair. */
  | Refusal<'placement.no_chair_in_reach', Record<string, never>>
  /** There is room: they fit into this cohort as it stands. */
  | Refusal<'placement.fits', { cohort: number; shared: number }>
  /** They would fit these, which have no seat left. */
  | Refusal<'placement.no_seat', { cohorts: number[]; seats: number }>
  /** Nearest: this cohort would keep `shared` of `needs` times; being free at any `missing` more of `ask` would do. */
  | Refusal<'placement.no_time', { cohort: number; shared: number; needs: number; missing: number; ask: string[] }>
  | Refusal<'placement.no_common_language', { languages: string[] }>
  /** What stands between is a wish to be apart; it is not said whose. */
  | Refusal<'placement.kept_apart', Record<string, never>>
  /** No cohort stands that they could be measured against. */
  | Refusal<'placement.no_cohort', Record<string, never>>

/** One reason for everybody who is in none of `cohorts`, the firmest that holds, in the order of the registrants. */
export function explainUnplaced(problem: PlacementProblem, cohorts: Cohorts): { id: string; why: WhyUnplaced }[] {
  const { policy, registrants } = problem
  const byId = new Map(registrants.map((person) => [person.id, person]))
  const placed = new Set(cohorts.flatMap(({ members }) => members))
  const { parties, hopeless } = settleWishes(problem)
  const partyOf = new Map(parties.flatMap((party) => party.map((one) => [one.id, party] as const)))
  const seatings = cohorts.map(({ members }) => seatingOf(members.flatMap((id) => byId.get(id) ?? [])))
  const search = companySearch(problem)
  const hasChair = registrants.some(({ canChair }) => canChair)

  const why = (person: Registrant): WhyUnplaced => {
    const lost = hopeless.get(person.id)
    if (lost) return lost
    if (registrants.length < policy.minimum)
      return {
        code: 'placement.too_few_people',
        facts: { registrants: registrants.length, minimum: policy.minimum },
      }
    if (!hasChair) return { code: 'placement.no_chair', facts: {} }
    // Of a party on a board that people edit, some may be seated already.
    const party = partyOf.get(person.id)!.filter(({ id }) => !placed.has(id))
    const company = search(party)
    if (!company.possible && company.lacking === 'chair') return { code: 'placement.no_chair_in_reach', facts: {} }
    if (!company.possible)
      return {
        code: 'placement.too_few_in_reach',
        facts: { atMost: company.atMost, minimum: policy.minimum, needs: policy.commonSlots },
      }
    return nearest(party, seatings, policy)
  }
  return registrants.filter(({ id }) => !placed.has(id)).map((person) => ({ id: person.id, why: why(person) }))
}

function nearest(party: Party, cohorts: readonly Seating[], policy: PlacementProblem['policy']): WhyUnplaced {
  const full: number[] = []
  let isApart = false
  let isForeign = false
  let near: { cohort: number; shared: number; ask: string[] } | undefined
  const unseated = { ...policy, seats: Infinity }
  const has = (slot: string) => party.every(({ slots }) => slots.includes(slot))
  for (const [at, cohort] of cohorts.entries()) {
    const fits = seatParty(cohort, party, unseated)
    if (fits.ok && fits.value.members.length <= policy.seats)
      return { code: 'placement.fits', facts: { cohort: at, shared: fits.value.slots.length } }
    if (fits.ok) full.push(at)
    const code = fits.ok ? null : fits.refusal.code
    if (code === 'placement.apart') isApart = true
    if (code === 'placement.language') isForeign = true
    if (code !== 'placement.times') continue
    const shared = cohort.slots.filter(has).length
    if (!near || shared > near.shared) near = { cohort: at, shared, ask: cohort.slots.filter((slot) => !has(slot)) }
  }
  if (full.length) return { code: 'placement.no_seat', facts: { cohorts: full, seats: policy.seats } }
  if (isApart) return { code: 'placement.kept_apart', facts: {} }
  if (isForeign) return { code: 'placement.no_common_language', facts: { languages: [...seatingOf(party).languages] } }
  const needs = policy.commonSlots
  if (near) return { code: 'placement.no_time', facts: { ...near, needs, missing: needs - near.shared } }
  return { code: 'placement.no_cohort', facts: {} }
}
