import type {
  addAuthor,
  answerHelp,
  askForHelp,
  askForStarterKit,
  createCall,
  decideProposalRoute,
  openInvitation,
  saveDraft,
  setCallStatus,
  showCommunity,
  startCommunity,
  startProposal,
  submitProposalRoute,
  withdrawProposal,
} from '@copractice/core/proposal'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof addAuthor
  | typeof answerHelp
  | typeof askForHelp
  | typeof askForStarterKit
  | typeof createCall
  | typeof decideProposalRoute
  | typeof openInvitation
  | typeof saveDraft
  | typeof setCallStatus
  | typeof showCommunity
  | typeof startCommunity
  | typeof startProposal
  | typeof submitProposalRoute
  | typeof withdrawProposal
>

export const useWords = wordsOf('proposal', messages)
export const useRefusals = refusalsOf<Code>('proposal', messages)
