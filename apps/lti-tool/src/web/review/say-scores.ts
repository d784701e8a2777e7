import type { RefusalCode } from '@copractice/core/kernel'
import type {
  answerAppealRoute,
  changeScoringRoute,
  checkWorkRoute,
  myGradeRoute,
  overrideScoreRoute,
  raiseAppealRoute,
  releaseAnewRoute,
  releaseGradesRoute,
  scoresRoute,
  withdrawAppealRoute,
  withdrawCheckRoute,
  withdrawOverrideRoute,
  withdrawReleaseRoute,
} from '@copractice/core/review'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages-scores.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof answerAppealRoute
  | typeof changeScoringRoute
  | typeof checkWorkRoute
  | typeof myGradeRoute
  | typeof overrideScoreRoute
  | typeof raiseAppealRoute
  | typeof releaseAnewRoute
  | typeof releaseGradesRoute
  | typeof scoresRoute
  | typeof withdrawAppealRoute
  | typeof withdrawCheckRoute
  | typeof withdrawOverrideRoute
  | typeof withdrawReleaseRoute
>

export const useScoreWords = wordsOf('scores', messages)
export const useScoreRefusals = refusalsOf<Code>('scores', messages)
