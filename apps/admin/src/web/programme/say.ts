import type { RefusalCode } from '@copractice/core/kernel'
import type { applyBlueprint, changeLimits, showBlueprint, showProgramme } from '@copractice/core/programme'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<typeof showProgramme | typeof changeLimits | typeof showBlueprint | typeof applyBlueprint>

export const useWords = wordsOf('programme', messages)
export const useRefusals = refusalsOf<Code>('programme', messages)
