import type { RefusalCode } from '@copractice/core/kernel'
import type { chooseRemindersByLinkRoute, chooseResearchConsentRoute, exportRoundRoute } from '@copractice/core/review'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages-choices.en.json' with { type: 'json' }

type Code = RefusalCode<typeof chooseRemindersByLinkRoute | typeof chooseResearchConsentRoute | typeof exportRoundRoute>

export const useChoiceWords = wordsOf('choices', messages)
export const useChoiceRefusals = refusalsOf<Code>('choices', messages)
