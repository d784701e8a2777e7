import type {
  answerAsk,
  closeCohort,
  nestCohort,
  renewCohort,
  reopenCohort,
  sendCohortMessage,
  showAsk,
  showCohortLife,
} from '@copractice/core/cohort'
import type { RefusalCode } from '@copractice/core/kernel'
import type { moveMeeting, showSeason, undoMove } from '@copractice/core/meeting'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './season.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof answerAsk
  | typeof closeCohort
  | typeof moveMeeting
  | typeof nestCohort
  | typeof renewCohort
  | typeof reopenCohort
  | typeof sendCohortMessage
  | typeof showAsk
  | typeof showCohortLife
  | typeof showSeason
  | typeof undoMove
>

export const useSeasonWords = wordsOf('season', messages)
export const useSeasonRefusals = refusalsOf<Code>('season', messages)
