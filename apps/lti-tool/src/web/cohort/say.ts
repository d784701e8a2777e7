import type {
  bindCourseLink,
  getCohortHome,
  joinCohort,
  leaveCohort,
  listCohortChoices,
  listPeople,
} from '@copractice/core/cohort'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof bindCourseLink
  | typeof getCohortHome
  | typeof joinCohort
  | typeof leaveCohort
  | typeof listCohortChoices
  | typeof listPeople
>

export const useWords = wordsOf('cohort', messages)
export const useRefusals = refusalsOf<Code>('cohort', messages)
