import type { chooseMyCohort, editMe, requestSignIn, verifySignIn } from '@copractice/core/directory'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<typeof chooseMyCohort | typeof editMe | typeof requestSignIn | typeof verifySignIn>

export const useWords = wordsOf('directory', messages)
export const useRefusals = refusalsOf<Code>('directory', messages)
