import type {
  addSeat,
  checkCohortDraft,
  createCohortFromDraft,
  fillSeats,
  inviteAgain,
  removeSeat,
  restoreSeat,
  showCohort,
} from '@copractice/core/cohort'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof addSeat
  | typeof checkCohortDraft
  | typeof createCohortFromDraft
  | typeof fillSeats
  | typeof inviteAgain
  | typeof removeSeat
  | typeof restoreSeat
  | typeof showCohort
>

export const useWords = wordsOf('cohort', messages)
export const useRefusals = refusalsOf<Code>('cohort', messages)
