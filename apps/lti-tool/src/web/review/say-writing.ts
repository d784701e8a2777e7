import type { RefusalCode } from '@copractice/core/kernel'
import type {
  answerFlagRoute,
  fileSelfAssessmentRoute,
  flagReviewRoute,
  flagWorkRoute,
  handInRevisionRoute,
  listFlagsRoute,
  respondRoute,
  saveRevisionRoute,
  saveSelfAssessmentRoute,
  selfAssessmentRoute,
  tracesRoute,
  versionsRoute,
} from '@copractice/core/review'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages-writing.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof answerFlagRoute
  | typeof fileSelfAssessmentRoute
  | typeof flagReviewRoute
  | typeof flagWorkRoute
  | typeof handInRevisionRoute
  | typeof listFlagsRoute
  | typeof respondRoute
  | typeof saveRevisionRoute
  | typeof saveSelfAssessmentRoute
  | typeof selfAssessmentRoute
  | typeof tracesRoute
  | typeof versionsRoute
>

/** Words of what is written in a round beside the marks. */
export const useWritingWords = wordsOf('reviewWriting', messages)
export const useWritingRefusals = refusalsOf<Code>('reviewWriting', messages)
