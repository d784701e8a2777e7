import type {
  addInstitution,
  chooseNetwork,
  editInstitution,
  requestSignIn,
  showInstitution,
  signInToAdmin,
} from '@copractice/core/directory'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof addInstitution
  | typeof chooseNetwork
  | typeof editInstitution
  | typeof requestSignIn
  | typeof showInstitution
  | typeof signInToAdmin
>

export const useWords = wordsOf('directory', messages)
export const useRefusals = refusalsOf<Code>('directory', messages)
