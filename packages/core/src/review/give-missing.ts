import type { DealtPair } from './connect-reviews.ts'
import { loads } from './deal-reviews.ts'
import { shuffled } from './dice.ts'
import { deckOf, drawCandidates, type PairCost } from './draw-candidates.ts'
import { FlowNetwork } from './min-cost-flow.ts'
import type { Bounds, RepairInput, Standing } from './repair-allocation.ts'

type Situation = Standing & Readonly<{ price: PairCost; room: readonly Bounds[] }>
type Given = Readonly<{ pairs: readonly DealtPair[]; missing: readonly Readonly<{ work: number; missing: number }>[] }>

/** What each work still needs, filed reviews of people who left counted. */
function needs({ submissions, reviewsPerSubmission: k }: RepairInput, { stay, elsewhere }: Standing): number[] {
  const has = submissions.map(() => 0)
  for (const { work } of [...stay, ...elsewhere]) has[work]!++
  return has.map((count) => Math.max(0, k - count))
}

/** Gives what is missing to people with room, moving nothing: the fewest changes there can be. Null where that will not do. */
export function giveDirectly(input: RepairInput, situation: Situation, roll: () => number): Given | null {
  const { stay, done, price, room } = situation
  const need = needs(input, situation)
  const people = input.reviewers.length
  const load = loads(stay, people, done)
  const has = new Set(stay.map(({ work, reviewer }) => work * people + reviewer))
  const wanted = need.reduce((sum, count) => sum + count, 0)
  const sink = input.submissions.length + people + 1
  const network = new FlowNetwork(sink + 1)
  const even = 3 * wanted + 1
  const deep = even * wanted * (Math.max(0, ...room.map(({ most }) => most)) + 1) + 1
  for (let r = 0; r < people; r++) {
    for (let j = room[r]!.most; j > load[r]!; j--)
      network.addArc(input.submissions.length + 1 + r, sink, 1, j * even + (j > room[r]!.least ? deep : 0))
  }
  const arcs: { pair: DealtPair; arc: number }[] = []
  for (const [work, count] of need.entries()) {
    if (count === 0) continue
    for (const reviewer of shuffled(
      Array.from({ length: people }, (_, r) => r),
      roll,
    )) {
      const cost = has.has(work * people + reviewer) ? null : price(work, reviewer)
      if (cost === null) continue
      const arc = network.addArc(1 + work, input.submissions.length + 1 + reviewer, 1, cost)
      arcs.push({ pair: { work, reviewer }, arc })
    }
    network.addArc(0, 1 + work, count, 0)
  }
  if (network.run(0, sink) < wanted) return null
  const pairs = [...stay, ...arcs.filter(({ arc }) => network.flow(arc) === 1).map(({ pair }) => pair)]
  const after = loads(pairs, people, done)
  return after.every((count, r) => count >= room[r]!.least) ? { pairs, missing: [] } : null
}

/** Above so many possible pairs, only some of them are considered besides the reviews there are. */
const PAIRS_AT_MOST = 400_000

/** Among all ways: open reviews may move from one person to another, and bounds give way before a work goes short. */
export function giveMoving(input: RepairInput, situation: Situation, roll: () => number): Given {
  const { stay, elsewhere, done, price, room } = situation
  const { submissions, reviewers, reviewsPerSubmission: k } = input
  const [n, m] = [submissions.length, reviewers.length]
  const need = needs(input, situation)
  const fixed = stay.filter(({ settled }) => settled)
  const open = stay.filter(({ settled }) => !settled)
  const openOf = Map.groupBy(open, ({ work }) => work)
  const has = new Set(stay.map(({ work, reviewer }) => work * m + reviewer))
  const units = open.length + need.reduce((sum, count) => sum + count, 0)

  // One step of a weight is worth more than everything lighter together.
  const highest = Math.max(0, ...room.map(({ most }) => most)) + 3
  const even = 3 * units + 1
  const change = even * units * highest + 1
  const bound = change * (units + 1)

  const sink = n + m + 1
  const network = new FlowNetwork(sink + 1)
  const load = loads(fixed, m, done)
  for (let r = 0; r < m; r++) {
    const { least, most } = room[r]!
    network.addArc(n + 1 + r, sink, n, 3 * bound)
    for (let j = most + 2; j > load[r]!; j--)
      network.addArc(n + 1 + r, sink, 1, j * even + (j > most ? 2 * bound : j > least ? bound : 0))
  }
  const deck = deckOf(m, roll)
  const now = loads(stay, m, done)
  const hungry = Array.from({ length: m }, (_, r) => r).filter((r) => now[r]! < room[r]!.least)
  const among = (work: number): number[] => {
    if (n * m <= PAIRS_AT_MOST || need[work]! > 0)
      return shuffled(
        Array.from({ length: m }, (_, r) => r),
        roll,
      )
    const drawn = drawCandidates(work, Math.min(m, 2 + 2 * k), price, deck) ?? []
    return [...new Set([...hungry.slice(0, 50), ...drawn.map(({ reviewer }) => reviewer)])]
  }
  const arcs: { pair: DealtPair; arc: number }[] = []
  for (let work = 0; work < n; work++) {
    const kept = openOf.get(work) ?? []
    for (const reviewer of among(work)) {
      const cost = has.has(work * m + reviewer) ? null : price(work, reviewer)
      if (cost === null) continue
      arcs.push({ pair: { work, reviewer }, arc: network.addArc(1 + work, n + 1 + reviewer, 1, change + cost) })
    }
    for (const { reviewer } of kept)
      arcs.push({ pair: { work, reviewer }, arc: network.addArc(1 + work, n + 1 + reviewer, 1, 0) })
    network.addArc(0, 1 + work, kept.length + need[work]!, 0)
  }
  network.run(0, sink)
  const pairs = [...fixed, ...arcs.filter(({ arc }) => network.flow(arc) === 1).map(({ pair }) => pair)]
  const gets = submissions.map(() => 0)
  for (const { work } of [...pairs, ...elsewhere]) gets[work]!++
  return {
    pairs,
    missing: gets.flatMap((count, work) => (count < k ? [{ work, missing: k - count }] : [])),
  }
}
