import { FlowNetwork } from '../../review/min-cost-flow.ts'
import {
  pairKey,
  type FacilitatorAsked,
  type Pair,
  type PairingProblem,
  type ProposalAsked,
} from './pairing-problem.ts'
import { readWishes, weighPair, type PairingBar, type Weighed } from './weigh-pair.ts'

/** More than any pair's points: a proposal without anybody comes before a second facilitator for another. */
const SECOND = 1000
const MOST = 500

export type Suggestion = Readonly<{
  pairs: readonly (Pair & Pick<Weighed, 'reasons' | 'points'>)[]
  /** Proposals with at least one facilitator, places filled, and all points: what is made most of, in this order. */
  objective: PairingScore
  weighed: ReadonlyMap<string, Weighed>
}>
export type PairingScore = Readonly<{ places: number; proposals: number; points: number }>

/** Campus that a proposal takes one facilitator from; somebody without one is a campus of their own. */
const campusOf = ({ campus, id }: FacilitatorAsked) => campus ?? `nobody's ${id}`

/**
 * The best pairing there is, exactly (a cheapest largest flow): nobody beyond their capacity, no proposal beyond what it
 * wants, its facilitators from different campuses, no pair that a bar forbids. First as many places filled as can be,
 * then as many proposals as can be with somebody, then the most points. Same problem, same answer.
 */
export function suggestPairings(problem: PairingProblem, today: Date): Suggestion {
  const { facilitators, proposals } = problem
  const wishes = readWishes(problem)
  const weighed = new Map<string, Weighed>()
  const campuses = [...new Set(facilitators.map(campusOf))]
  // Nodes: source, sink, facilitators, proposals, then one for each campus of each proposal.
  const [source, sink] = [0, 1]
  const facilitatorNode = (at: number) => 2 + at
  const proposalNode = (at: number) => 2 + facilitators.length + at
  const campusNode = (proposal: number, campus: number) =>
    2 + facilitators.length + proposals.length + proposal * campuses.length + campus
  const network = new FlowNetwork(2 + facilitators.length + proposals.length * (1 + campuses.length))
  const arcs: (Pair & { arc: number })[] = []
  const byCampus = new Map(campuses.map((campus, at) => [campus, at]))

  for (const [at, facilitator] of facilitators.entries())
    network.addArc(source, facilitatorNode(at), Math.max(0, facilitator.capacity), 0)
  for (const [at, proposal] of proposals.entries()) {
    if (proposal.wants > 0) network.addArc(proposalNode(at), sink, 1, 0)
    if (proposal.wants > 1) network.addArc(proposalNode(at), sink, proposal.wants - 1, SECOND)
    for (let campus = 0; campus < campuses.length; campus++)
      network.addArc(campusNode(at, campus), proposalNode(at), 1, 0)
    for (const [row, facilitator] of facilitators.entries()) {
      const pair = { facilitatorId: facilitator.id, proposalId: proposal.id }
      const one = weighPair(facilitator, proposal, wishes, today)
      weighed.set(pairKey(pair), one)
      if (one.bars.length) continue
      const node = campusNode(at, byCampus.get(campusOf(facilitator))!)
      arcs.push({ ...pair, arc: network.addArc(facilitatorNode(row), node, 1, MOST - one.points) })
    }
  }
  network.run(source, sink)
  const pairs = arcs
    .filter(({ arc }) => network.flow(arc) === 1)
    .map(({ facilitatorId, proposalId }) => {
      const { reasons, points } = weighed.get(pairKey({ facilitatorId, proposalId }))!
      return { facilitatorId, proposalId, reasons, points }
    })
  return { pairs, objective: scoreOf(pairs, weighed), weighed }
}

/** What a pairing reaches. */
export function scoreOf(pairs: readonly Pair[], weighed: ReadonlyMap<string, Weighed>): PairingScore {
  return {
    places: pairs.length,
    proposals: new Set(pairs.map(({ proposalId }) => proposalId)).size,
    points: pairs.reduce((sum, pair) => sum + weighed.get(pairKey(pair))!.points, 0),
  }
}

export type PairingFlaw =
  | Readonly<{ code: 'pairing.over_capacity'; id: string }>
  | Readonly<{ code: 'pairing.over_wants'; id: string }>
  | Readonly<{ code: 'pairing.same_campus'; id: string }>
  | Readonly<{ code: 'pairing.barred'; pair: Pair; bars: readonly PairingBar[] }>
  | Readonly<{ code: 'pairing.twice'; pair: Pair }>

/** Every rule that a pairing breaks; none for any that may be offered. Whoever solved it, this judges it. */
export function checkPairing(problem: PairingProblem, pairs: readonly Pair[], today: Date): PairingFlaw[] {
  const wishes = readWishes(problem)
  const facilitators = new Map(problem.facilitators.map((one) => [one.id, one]))
  const proposals = new Map(problem.proposals.map((one) => [one.id, one]))
  const flaws: PairingFlaw[] = []
  const seen = new Set<string>()
  for (const pair of pairs) {
    if (seen.has(pairKey(pair))) flaws.push({ code: 'pairing.twice', pair })
    seen.add(pairKey(pair))
    const [facilitator, proposal] = [facilitators.get(pair.facilitatorId), proposals.get(pair.proposalId)]
    const bars = facilitator && proposal ? weighPair(facilitator, proposal, wishes, today).bars : []
    if (bars.length) flaws.push({ code: 'pairing.barred', pair, bars })
  }
  for (const { id, capacity } of problem.facilitators) {
    if (pairs.filter(({ facilitatorId }) => facilitatorId === id).length > Math.max(0, capacity))
      flaws.push({ code: 'pairing.over_capacity', id })
  }
  for (const proposal of problem.proposals) flaws.push(...flawsOfProposal(proposal, pairs, facilitators))
  return flaws
}

function flawsOfProposal(
  { id, wants }: ProposalAsked,
  pairs: readonly Pair[],
  facilitators: ReadonlyMap<string, FacilitatorAsked>,
): PairingFlaw[] {
  const own = pairs.filter(({ proposalId }) => proposalId === id)
  const campuses = own.flatMap(({ facilitatorId }) => {
    const facilitator = facilitators.get(facilitatorId)
    return facilitator ? [campusOf(facilitator)] : []
  })
  return [
    ...(own.length > Math.max(0, wants) ? [{ code: 'pairing.over_wants' as const, id }] : []),
    ...(new Set(campuses).size < campuses.length ? [{ code: 'pairing.same_campus' as const, id }] : []),
  ]
}
