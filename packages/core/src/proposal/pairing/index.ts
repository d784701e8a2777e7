export {
  pairKey,
  type FacilitatorAsked,
  type Pair,
  type PairingProblem,
  type ProposalAsked,
  type Wish,
} from './pairing-problem.ts'
export { checkPairing, suggestPairings, type Suggestion } from './suggest-pairings.ts'
export { PairingBar, PairingReason } from './weigh-pair.ts'
export { WhyNot, whyNot } from './why-not.ts'
