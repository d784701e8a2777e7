import type { PlacementProblem } from './problem.ts'
import { areApart } from './seat-party.ts'
import type { Party } from './settle-wishes.ts'

/** Whether a party could be in any cohort at all, were everybody else free to join them. */
export type Company =
  | Readonly<{ possible: true }>
  /** `atMost` people, themselves included, share enough times and a language with them: fewer than a cohort needs. */
  | Readonly<{ possible: false; lacking: 'people'; atMost: number }>
  /** Enough people do, but nowhere is a chair among them. */
  | Readonly<{ possible: false; lacking: 'chair' }>

/** Steps of one search before the answer is "possible": wrong only towards hope, so bounds built on it stay valid. */
const STEPS = 3000

/**
 * Prepares the question "is there any set of enough times and one language that keeps this party, a chair and the
 * minimum together?" for every party of a problem. Wishes among the others are not looked at, so `possible: false` is a
 * proof and `possible: true` is not a promise. Sets of people are bits, 32 to a word.
 */
export function companySearch({ policy, registrants }: PlacementProblem) {
  const words = Math.ceil(registrants.length / 32)
  const row = new Map(registrants.map(({ id }, at) => [id, at]))
  const having = (pick: (at: number) => readonly string[]) => {
    const sets = new Map<string, Int32Array>()
    for (const at of registrants.keys()) {
      for (const text of pick(at)) {
        if (!sets.has(text)) sets.set(text, new Int32Array(words))
        sets.get(text)![at >> 5]! |= 1 << (at & 31)
      }
    }
    return sets
  }
  const bySlot = having((at) => registrants[at]!.slots)
  const byLanguage = having((at) => registrants[at]!.languages)
  const chairs = having((at) => (registrants[at]!.canChair ? ['chair'] : [])).get('chair') ?? new Int32Array(words)

  return (party: Party): Company => {
    let steps = 0
    let atMost = 0
    let chairIsMissing = false
    const isEnough = (people: Int32Array): boolean => {
      const size = countBits(people)
      if (size < policy.minimum) {
        atMost = Math.max(atMost, size)
        return false
      }
      if (meets(people, chairs)) return true
      chairIsMissing = true
      return false
    }
    const extend = (people: Int32Array, slots: readonly string[], from: number, needed: number): boolean => {
      if (!isEnough(people)) return false
      if (needed === 0 || ++steps > STEPS) return true
      for (let at = from; at <= slots.length - needed; at++)
        if (extend(both(people, bySlot.get(slots[at]!)!), slots, at + 1, needed - 1)) return true
      return false
    }

    const slots = party[0]!.slots.filter((slot) => party.every((one) => one.slots.includes(slot)))
    const popular = slots
      .map((slot) => ({ slot, size: countBits(bySlot.get(slot)!) }))
      .sort((a, b) => b.size - a.size)
      .map(({ slot }) => slot)
    if (popular.length < policy.commonSlots) return { possible: false, lacking: 'people', atMost: 0 }
    for (const language of party[0]!.languages) {
      if (!party.every((one) => one.languages.includes(language))) continue
      const base = Int32Array.from(byLanguage.get(language)!)
      for (const one of party) {
        for (const id of one.notWith) clear(base, row.get(id)!)
        // Who named this party as unwanted is as far away as whom the party named.
        for (const other of registrants)
          if (other.notWith.length && areApart(one, other)) clear(base, row.get(other.id)!)
      }
      if (extend(base, popular, 0, policy.commonSlots)) return { possible: true }
    }
    return chairIsMissing ? { possible: false, lacking: 'chair' } : { possible: false, lacking: 'people', atMost }
  }
}

const both = (one: Int32Array, other: Int32Array): Int32Array => one.map((word, at) => word & other[at]!)
const meets = (one: Int32Array, other: Int32Array): boolean => one.some((word, at) => (word & other[at]!) !== 0)
const clear = (people: Int32Array, at: number) => {
  people[at >> 5]! &= ~(1 << (at & 31))
}

function countBits(people: Int32Array): number {
  let count = 0
  for (let word of people) {
    word -= (word >>> 1) & 0x55555555
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}
