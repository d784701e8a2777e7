import type { askClaimCode, claimInvitation } from '@copractice/core/directory'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './claim.en.json' with { type: 'json' }

type Code = RefusalCode<typeof askClaimCode | typeof claimInvitation>

export const useClaimWords = wordsOf('claim', messages)
export const useClaimRefusals = refusalsOf<Code>('claim', messages)
