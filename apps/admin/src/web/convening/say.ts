import type {
  addSession,
  askToBeTold,
  cancelRegistration,
  confirmToBeTold,
  createConvening,
  editConvening,
  fillFromWaitlist,
  importRegistrantsRoute,
  listNeeds,
  register,
  removeSession,
  restoreRegistration,
  saveCheckIns,
  sendBadges,
  setHosting,
  setRegistration,
  showPublicConvening,
  stateMyWishes,
} from '@copractice/core/convening'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof addSession
  | typeof askToBeTold
  | typeof cancelRegistration
  | typeof confirmToBeTold
  | typeof createConvening
  | typeof editConvening
  | typeof fillFromWaitlist
  | typeof importRegistrantsRoute
  | typeof listNeeds
  | typeof register
  | typeof removeSession
  | typeof restoreRegistration
  | typeof saveCheckIns
  | typeof sendBadges
  | typeof setHosting
  | typeof setRegistration
  | typeof showPublicConvening
  | typeof stateMyWishes
>

export const useWords = wordsOf('convening', messages)
export const useRefusals = refusalsOf<Code>('convening', messages)
