export * from './call-contract.ts'
export { checkProposal, cohortDraftOf, dealChairs, type Host, type ProposalContext } from './check-proposal.ts'
export { callState, decideCall, openCall, type CallState } from './decide-call.ts'
export { decideProposal, proposalAccess, submitProposal, type ProposalStatus } from './decide-proposal.ts'
export { mergeDrafts, type Draft, type DraftConflict } from './merge-drafts.ts'
export { poolAccess } from './open-pool.ts'
export * from './pool-contract.ts'
export { seenOnProposal, withoutUnopened, type ProposalAuthor } from './open-authors.ts'
export { emptyBody, MODALITIES, PlannedMeeting, ProposalBody, SCOPES } from './proposal-body.ts'
export * from './proposal-contract.ts'
export { ProposalFinding, ProposalFindings } from './proposal-finding.ts'
export * from './public-contract.ts'
export * from './review-contract.ts'
export * from './facilitator-contract.ts'
export {
  answerPairing as decideAnswer,
  decideFacilitator as decideApplication,
  decideRest,
  statusAfterApplying,
  withdrawPairing as decideWithdrawal,
  type FacilitatorStatus,
} from './decide-facilitator.ts'
export * from './pairing/index.ts'
