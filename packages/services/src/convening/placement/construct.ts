import { couldSit, type Acquaintance } from './acquaint.ts'
import type { Dice } from './dice.ts'
import { bitsOf, hasBit, type Instance } from './instance.ts'
import type { Judge } from './judge.ts'

/** What every step of a solver needs at hand. */
export type Table = Readonly<{ instance: Instance; judge: Judge; known: Acquaintance; dice: Dice }>

/** A cohort under construction: its parties and their points together. */
export type Group = Readonly<{ parties: readonly number[]; points: number }>

/**
 * Builds cohorts out of `pool`, hardest to place first: around each such party the times (then the language) that keep
 * most of the pool, a chair first, then those with fewest alternatives, up to an even share of the seats. `firsts` are
 * tried before all others. Whoever ends without a cohort is in `left`.
 */
export function construct(table: Table, pool: readonly number[], firsts: readonly number[] = []) {
  const { instance, judge, known, dice } = table
  const { size } = instance.parties
  const { seats } = instance.policy
  const rank = new Map(pool.map((party) => [party, known.reach[party]! * (1 + 0.3 * dice.unit())]))
  for (const party of firsts) rank.set(party, -1)
  const queue = [...pool].sort((a, b) => rank.get(a)! - rank.get(b)!)
  const waiting = new Set(queue)
  const built: { parties: number[]; points: number }[] = []

  for (const seed of queue) {
    if (!waiting.has(seed)) continue
    const people = [...waiting].reduce((sum, party) => sum + size[party]!, 0)
    const target = Math.ceil(people / Math.ceil(people / seats))
    const group = groupAround(table, seed, [...waiting], Math.max(target, instance.policy.minimum))
    if (!group) continue
    built.push(group)
    for (const party of group.parties) waiting.delete(party)
  }
  for (const party of waiting) {
    let best: { at: number; points: number; gain: number } | undefined
    for (const [at, group] of built.entries()) {
      const points = judge([...group.parties, party])
      if (points >= 0 && (!best || points - group.points > best.gain))
        best = { at, points, gain: points - group.points }
    }
    if (!best) continue
    built[best.at] = { parties: [...built[best.at]!.parties, party], points: best.points }
    waiting.delete(party)
  }
  return { groups: built as Group[], left: [...waiting] }
}

function groupAround({ instance, judge, known, dice }: Table, seed: number, pool: readonly number[], target: number) {
  const { parties, policy } = instance
  const reachable = pool.filter((party) => party === seed || couldSit(instance, seed, party))
  let best: { parties: number[]; points: number } | undefined
  for (const language of bitsOf(parties.languages, seed)) {
    let company = reachable.filter((party) => hasBit(parties.languages, party, language))
    let open = bitsOf(parties.slots, seed)
    for (let kept = 0; kept < policy.commonSlots; kept++) {
      const slot = mostKept(instance, company, open, dice)
      if (slot === undefined) break
      company = company.filter((party) => hasBit(parties.slots, party, slot))
      open = open.filter((one) => one !== slot)
    }
    const members = choose(instance, known, dice, seed, company, target)
    const points = judge(members)
    if (points >= 0 && points > (best?.points ?? -1)) best = { parties: members, points }
  }
  return best
}

/** The time that keeps most people together, with a little luck so that restarts differ; never one that loses the last chair. */
function mostKept({ parties }: Instance, company: readonly number[], open: readonly number[], dice: Dice) {
  let best: number | undefined
  let most = 0
  for (const slot of open) {
    let kept = 0
    let chairs = 0
    for (const party of company) {
      if (!hasBit(parties.slots, party, slot)) continue
      kept += parties.size[party]!
      chairs += parties.chairs[party]!
    }
    const weight = kept * (1 + 0.1 * dice.unit())
    if (chairs > 0 && weight > most) [best, most] = [slot, weight]
  }
  return best
}

function choose(
  instance: Instance,
  known: Acquaintance,
  dice: Dice,
  seed: number,
  company: readonly number[],
  target: number,
) {
  const { parties, policy } = instance
  const rank = new Map(company.map((party) => [party, known.reach[party]! * (1 + 0.2 * dice.unit())]))
  const byNeed = [...company].sort((a, b) => rank.get(a)! - rank.get(b)!)
  const members = [seed]
  let seated = parties.size[seed]!
  const take = (party: number, most: number) => {
    if (members.includes(party) || seated + parties.size[party]! > most) return
    if (members.some((one) => parties.apart[one]!.has(party))) return
    members.push(party)
    seated += parties.size[party]!
  }
  for (const party of byNeed) {
    if (members.some((one) => parties.chairs[one]! > 0)) break
    if (parties.chairs[party]! > 0) take(party, policy.seats)
  }
  // Chairs are kept for the cohorts to come while others can fill the seats.
  for (const party of byNeed) if (parties.chairs[party] === 0) take(party, target)
  for (const party of byNeed) take(party, target)
  return members
}
