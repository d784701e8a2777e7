import type { answerRenewal, listRenewals } from '@copractice/core/cohort'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './renewal.en.json' with { type: 'json' }

type Code = RefusalCode<typeof answerRenewal | typeof listRenewals>

export const useRenewalWords = wordsOf('renewal', messages)
export const useRenewalRefusals = refusalsOf<Code>('renewal', messages)
