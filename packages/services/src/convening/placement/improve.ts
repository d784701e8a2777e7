import { couldSit } from './acquaint.ts'
import { construct, type Group, type Table } from './construct.ts'
import { sharedBits } from './instance.ts'

/** A draft under improvement: cohorts, and where each party sits (-1: nowhere). */
type Draft = { groups: Group[]; seatOf: Int32Array }

const draftOf = ({ instance }: Table, groups: readonly Group[]): Draft => {
  const seatOf = new Int32Array(instance.parties.count).fill(-1)
  for (const [at, { parties }] of groups.entries()) for (const party of parties) seatOf[party] = at
  return { groups: [...groups], seatOf }
}
export const pointsOfGroups = (groups: readonly Group[]): number => groups.reduce((sum, { points }) => sum + points, 0)

/** `slack`: points a rebuilding may cost and still stand; `isHopeful`: for whom room is worth making;
 * `places`: the most there can be. */
type Rebuilding = Readonly<{ steps: number; slack: number; isHopeful: (party: number) => boolean; places: number }>

/**
 * Makes room: takes a few cohorts apart around somebody without a place and builds them anew, `steps` times or until
 * everybody hopeful has one. With slack it wanders: below a place's worth among drafts that place as many, giving up
 * comfort that annealing brings back, above it also through drafts that place one less. Half the steps without a better draft end it. Returns the best draft met.
 */
export function makeRoom(
  table: Table,
  given: readonly Group[],
  { steps, slack, isHopeful, places }: Rebuilding,
): Group[] {
  const { instance, dice } = table
  const { slots, count, size } = instance.parties
  let groups = [...given]
  let points = pointsOfGroups(groups)
  let best = { points, groups }
  for (let step = 0, idle = 0; step < steps && 2 * idle <= steps && groups.length; step++, idle++) {
    const placed = new Set(groups.flatMap(({ parties }) => parties))
    const hopeful: number[] = []
    for (let party = 0; party < count; party++) if (!placed.has(party) && isHopeful(party)) hopeful.push(party)
    const seated = [...placed].reduce((sum, party) => sum + size[party]!, 0)
    if (!hopeful.length || seated >= places) break
    const guest = hopeful[dice.throwBelow(hopeful.length)]!
    // One member speaks for each cohort: half the time first whoever the guest could sit beside, then whoever keeps most of the same times.
    const isByRules = dice.unit() < 0.5
    const nearness = groups.map(({ parties }) => {
      const member = parties[dice.throwBelow(parties.length)]!
      return (
        (isByRules && couldSit(instance, guest, member) ? 4 : 0) + sharedBits(slots, guest, member) + 3 * dice.unit()
      )
    })
    const near = [...groups.keys()].sort((a, b) => nearness[b]! - nearness[a]!).slice(0, 1 + dice.throwBelow(4))
    const apart = new Set(near)
    const nearby = hopeful.filter(() => dice.unit() < 30 / hopeful.length)
    const pool = [...new Set([guest, ...nearby, ...near.flatMap((at) => groups[at]!.parties)])]
    const { groups: built } = construct(table, pool, dice.unit() < 0.7 ? [guest] : [])
    const change = pointsOfGroups(built) - near.reduce((sum, at) => sum + groups[at]!.points, 0)
    if (change < -slack) continue
    groups = [...groups.filter((_, at) => !apart.has(at)), ...built]
    points += change
    if (points <= best.points) continue
    best = { points, groups }
    idle = 0
  }
  return best.groups
}

/**
 * Simulated annealing over who sits where: a party moves, changes places with another, or somebody without a place takes
 * the place of somebody seated, towards company of their campus or interests more often than not. A fixed number of
 * steps, so the same dice give the same answer. Returns the best draft met.
 */
export function anneal(table: Table, given: readonly Group[], steps: number, warmth: number): Group[] {
  const { instance, dice, known, judge } = table
  const { count } = instance.parties
  const draft = draftOf(table, given)
  let points = pointsOfGroups(draft.groups)
  let best = { points, groups: [...draft.groups] }
  const coldest = 0.25

  const towards = (party: number): number => {
    const lists = [known.ofCampus, known.ofInterest, known.any, known.ofCampus]
    const list = lists[dice.throwBelow(lists.length)]![party]!
    return list.length ? draft.seatOf[list[dice.throwBelow(list.length)]!]! : -1
  }
  const without = (group: Group, party: number) => group.parties.filter((one) => one !== party)

  for (let step = 0; step < steps && draft.groups.length; step++) {
    const warm = warmth * (coldest / warmth) ** (step / steps)
    const party = dice.throwBelow(count)
    const from = draft.seatOf[party]!
    const to = towards(party)
    if (to === -1 || to === from) continue
    const there = draft.groups[to]!
    const here = from === -1 ? undefined : draft.groups[from]!
    const isMove = dice.unit() < (here ? 0.4 : 0.7)
    const guest = isMove ? undefined : there.parties[dice.throwBelow(there.parties.length)]!
    const joined = [...(guest === undefined ? there.parties : without(there, guest)), party]
    const thereThen = judge(joined)
    if (thereThen < 0) continue
    let gain = thereThen - there.points
    let left: number[] | undefined
    let hereThen = 0
    if (here) {
      left = guest === undefined ? without(here, party) : [...without(here, party), guest]
      hereThen = judge(left)
      if (hereThen < 0) continue
      gain += hereThen - here.points
    }
    if (gain < 0 && dice.unit() >= Math.exp(gain / warm)) continue
    draft.groups[to] = { parties: joined, points: thereThen }
    if (left) draft.groups[from] = { parties: left, points: hereThen }
    draft.seatOf[party] = to
    if (guest !== undefined) draft.seatOf[guest] = from
    points += gain
    if (points > best.points) best = { points, groups: [...draft.groups] }
  }
  return best.groups
}
