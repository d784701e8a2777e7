import type { registerHere, showConveningHere } from '@copractice/core/convening'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<typeof registerHere | typeof showConveningHere>

export const useWords = wordsOf('convening', messages)
export const useRefusals = refusalsOf<Code>('convening', messages)
