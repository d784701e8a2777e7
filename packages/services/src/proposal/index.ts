export { answerHelp, askForHelp } from './ask-help.ts'
export { decideProposal } from './decide-proposal.ts'
export { createCall, editCall, setCallStatus } from './keep-call.ts'
export { addAuthor, saveDraft } from './save-draft.ts'
export { listCommunities, showCommunity } from './show-communities.ts'
export { proposalChoices, showProposal } from './show-proposal.ts'
export { startProposal } from './start-proposal.ts'
export { limitStarts, openStarted, showStart, startPublicly } from './start-publicly.ts'
export { askForStarterKit, packStarterKit } from './starter-kit.ts'
export { submitProposal, withdrawProposal } from './submit-proposal.ts'
export { answerPairing } from './answer-pairing.ts'
export { offerPairing } from './offer-pairing.ts'
export { withdrawPairing } from './withdraw-pairing.ts'
export {
  applyPublicly,
  decideFacilitator,
  limitApplications,
  restFromFacilitating,
  saveFacilitating,
  showApply,
} from './keep-facilitator.ts'
export { openInvitation } from './open-invitation.ts'
export { setPoolOpen } from './open-pool.ts'
export { saveNeed, showFacilitating, showProposalPairing, wishForFacilitator, wishForProposal } from './show-pairing.ts'
export { explainPairing, suggestPairing } from './suggest-pairing.ts'
