import type { RefusalCode } from '@copractice/core/kernel'
import type { exportForResearch, showReport } from '@copractice/core/report'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<typeof showReport | typeof exportForResearch>

export const useWords = wordsOf('report', messages)
export const useRefusals = refusalsOf<Code>('report', messages)
