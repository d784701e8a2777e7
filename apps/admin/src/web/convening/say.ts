import type {
  cancelRegistration,
  createConvening,
  editConvening,
  fillFromWaitlist,
  importRegistrantsRoute,
  register,
  restoreRegistration,
  setRegistration,
  showPublicConvening,
} from '@copractice/core/convening'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof cancelRegistration
  | typeof createConvening
  | typeof editConvening
  | typeof fillFromWaitlist
  | typeof importRegistrantsRoute
  | typeof register
  | typeof restoreRegistration
  | typeof setRegistration
  | typeof showPublicConvening
>

export const useWords = wordsOf('convening', messages)
export const useRefusals = refusalsOf<Code>('convening', messages)
