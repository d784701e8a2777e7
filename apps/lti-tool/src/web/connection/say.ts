import type { answerPlacing, listPlaceable, settleCopy, showCopy, showPlacing } from '@copractice/core/connection'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  typeof answerPlacing | typeof listPlaceable | typeof settleCopy | typeof showCopy | typeof showPlacing
>

export const useWords = wordsOf('connection', messages)
export const useRefusals = refusalsOf<Code>('connection', messages)
