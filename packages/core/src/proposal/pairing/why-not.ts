import * as z from 'zod'
import { pairKey, type Pair, type PairingProblem } from './pairing-problem.ts'
import type { Suggestion } from './suggest-pairings.ts'
import { PairingBar } from './weigh-pair.ts'

/** Why two that could go together are not suggested: their places go elsewhere. Ids name who or what took them. */
export const PairingElsewhere = z.discriminatedUnion('code', [
  z.object({ code: z.literal('pairing.facilitator_taken'), facts: z.object({ proposalIds: z.array(z.string()) }) }),
  z.object({ code: z.literal('pairing.proposal_taken'), facts: z.object({ facilitatorIds: z.array(z.string()) }) }),
  z.object({ code: z.literal('pairing.campus_taken'), facts: z.object({ facilitatorIds: z.array(z.string()) }) }),
])
export const WhyNot = z.union([PairingBar, PairingElsewhere])
export type WhyNot = z.infer<typeof WhyNot>

/**
 * Why a pair is not among those suggested: every bar against it, or where the places of the two went instead. Empty for a
 * pair that is suggested, and for no other: the suggestion leaves no place unfilled that could be filled.
 */
export function whyNot(problem: PairingProblem, suggestion: Suggestion, pair: Pair): WhyNot[] {
  const { pairs, weighed } = suggestion
  if (pairs.some((one) => pairKey(one) === pairKey(pair))) return []
  const facilitator = problem.facilitators.find(({ id }) => id === pair.facilitatorId)
  const proposal = problem.proposals.find(({ id }) => id === pair.proposalId)
  const bars = weighed.get(pairKey(pair))?.bars ?? []
  if (!facilitator || !proposal || bars.length) return [...bars]
  const theirs = pairs
    .filter(({ facilitatorId }) => facilitatorId === facilitator.id)
    .map(({ proposalId }) => proposalId)
  const its = pairs.filter(({ proposalId }) => proposalId === proposal.id).map(({ facilitatorId }) => facilitatorId)
  const ofCampus = its.filter((id) => {
    const other = problem.facilitators.find((one) => one.id === id)
    return other !== undefined && other.campus !== null && other.campus === facilitator.campus
  })
  return [
    ...(theirs.length >= facilitator.capacity
      ? [{ code: 'pairing.facilitator_taken' as const, facts: { proposalIds: theirs } }]
      : []),
    ...(its.length >= proposal.wants
      ? [{ code: 'pairing.proposal_taken' as const, facts: { facilitatorIds: its } }]
      : ofCampus.length
        ? [{ code: 'pairing.campus_taken' as const, facts: { facilitatorIds: ofCampus } }]
        : []),
  ]
}
