import type {
  addPasskey,
  beginPasskey,
  beginPasskeySignIn,
  listPasskeys,
  removePasskey,
  renamePasskey,
  signInWithPasskey,
} from '@copractice/core/directory'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './passkey.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof addPasskey
  | typeof beginPasskey
  | typeof beginPasskeySignIn
  | typeof listPasskeys
  | typeof removePasskey
  | typeof renamePasskey
  | typeof signInWithPasskey
>

export const usePasskeyWords = wordsOf('passkey', messages)
export const usePasskeyRefusals = refusalsOf<Code>('passkey', messages)
