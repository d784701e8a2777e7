import { PLACEMENT_POINTS } from '@copractice/core/convening/placement'
import { bitsOf, countBits, hasBit, sharedBits, type Instance } from './instance.ts'

/** A cohort priced in: rows of people, and the most points they could have as it was found. */
export type Column = Readonly<{ people: readonly number[]; points: number }>

/** Nodes of the search for one chair; what is left beyond them is bounded instead of searched. */
const NODES = 1500
/** Points a search may leave on the table, so that it does not split hairs. The bound adds them. */
const TOLERANCE = 0.25

/**
 * For each chair, the cohort of theirs whose points exceed its people's `prices` most. Kept are the policy's times, a
 * language, the minimum and the seats; wishes are not. Searches sets of the chair's times depth first: at each, the
 * people who can keep them all, each at the most points that this company allows ("nobody else of your campus is here").
 * A company only shrinks as times are added, so the best choice from it bounds everything below. `most` holds one value
 * per chair, never under the true maximum nor under 0; `found` are the columns met.
 */
export function priceCohorts(instance: Instance, isOpen: readonly boolean[], prices: Float64Array) {
  const { people, policy } = instance
  const mostPoints = mostPointsWithin(instance)
  const found: Column[] = []
  let nodes = 0

  /** The best choice around a chair from a company at its most points: whoever adds, and to the minimum at least. */
  const chooseFrom = (chair: number, company: readonly number[], enough: number) => {
    if (company.length < policy.minimum) return undefined
    const points = mostPoints(company)
    const gain = new Float64Array(company.length)
    let sum = 0
    for (let at = 0; at < company.length; at++) {
      const row = company[at]!
      gain[at] = points[at]! - prices[row]!
      if (row === chair || gain[at]! > 0) sum += gain[at]!
      if (row === chair) gain[at] = Infinity
    }
    // Not even all who add anything would do: no need to sort them.
    if (sum <= enough) return undefined
    const order = Int32Array.from(company.keys()).sort((a, b) => gain[b]! - gain[a]!)
    let [worth, count] = [points[order[0]!]! - prices[chair]!, 1]
    while (count < Math.min(company.length, policy.seats)) {
      const more = gain[order[count]!]!
      if (more <= 0 && count >= policy.minimum) break
      worth += more
      count++
    }
    return { worth, points, chosen: order.subarray(0, count) }
  }
  const bestOf = (chair: number): number => {
    let best = 0
    let missed = 0
    let visited = 0
    const search = (company: readonly number[], slots: readonly number[], from: number, needed: number): void => {
      const choice = chooseFrom(chair, company, best + TOLERANCE)
      if (!choice || choice.worth <= best + TOLERANCE) return
      if (needed === 0 || sharedTimes(instance, company) >= policy.commonSlots) {
        best = choice.worth
        found.push({
          people: [...choice.chosen].map((at) => company[at]!),
          points: choice.chosen.reduce((sum, at) => sum + choice.points[at]!, 0),
        })
        return
      }
      if (++visited > NODES) {
        missed = Math.max(missed, choice.worth)
        return
      }
      for (let at = from; at <= slots.length - needed; at++) {
        const kept = company.filter((row) => hasBit(people.slots, row, slots[at]!))
        search(kept, slots, at + 1, needed - 1)
      }
    }
    for (const language of bitsOf(people.languages, chair)) {
      const company = [...isOpen.keys()].filter((row) => {
        if (!isOpen[row] || !hasBit(people.languages, row, language) || people.apart[chair]!.has(row)) return false
        return sharedBits(people.slots, chair, row) >= policy.commonSlots
      })
      const keeping = (slot: number) => company.filter((row) => hasBit(people.slots, row, slot)).length
      const slots = bitsOf(people.slots, chair).map((slot) => ({ slot, kept: keeping(slot) }))
      const popular = slots.sort((a, b) => b.kept - a.kept).map(({ slot }) => slot)
      search(company, popular, 0, policy.commonSlots)
    }
    nodes += visited
    return Math.max(best + TOLERANCE, missed)
  }
  const chairs = [...isOpen.keys()].filter((row) => isOpen[row] && people.canChair[row])
  return { most: chairs.map((chair) => bestOf(chair)), found, nodes }
}

function sharedTimes({ people }: Instance, company: readonly number[]): number {
  const { words, bits } = people.slots
  let count = 0
  for (let at = 0; at < words; at++) {
    let word = -1
    for (const row of company) word &= bits[row * words + at]!
    count += countBits(word)
  }
  return count
}

/** For a company, the most points of each of its people in any cohort chosen from it. */
function mostPointsWithin({ people, policy }: Instance) {
  const weigh = PLACEMENT_POINTS
  const others = policy.seats - 1
  const atCampus = new Int32Array(people.campuses)
  const ofKind = new Int32Array(people.kinds)
  const ofInterest = new Int32Array(people.interestCount)
  return (company: readonly number[]): Float64Array => {
    atCampus.fill(0)
    ofKind.fill(0)
    ofInterest.fill(0)
    let campuses = 0
    let kinds = 0
    for (const row of company) {
      if (atCampus[people.campus[row]!]!++ === 0) campuses++
      if (ofKind[people.kind[row]!]!++ === 0) kinds++
      for (const interest of people.interests[row]!) ofInterest[interest]!++
    }
    const mix =
      weigh.placed +
      weigh.campusMix * Math.min(weigh.campusMixMost, campuses - 1, others) +
      weigh.kindMix * Math.min(weigh.kindMixMost, kinds - 1, others)
    return Float64Array.from(company, (row) => {
      let sharing = 0
      for (const interest of people.interests[row]!) sharing = Math.max(sharing, ofInterest[interest]! - 1)
      return (
        mix +
        (atCampus[people.campus[row]!]! > 1 && others > 0 ? weigh.campusCompany : 0) +
        (ofKind[people.kind[row]!]! > 1 && others > 0 ? weigh.kindCompany : 0) +
        weigh.interest * Math.min(weigh.interestMost, sharing, others)
      )
    })
  }
}
