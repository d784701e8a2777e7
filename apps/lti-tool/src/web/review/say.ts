import type { RefusalCode } from '@copractice/core/kernel'
import type {
  allocateRoute,
  changeRoundRoute,
  closeRoundRoute,
  downloadRoute,
  fileReviewRoute,
  handInRoute,
  openRoundRoute,
  progressRoute,
  readWorkRoute,
  receivedRoute,
  reopenRoundRoute,
  roundPeopleRoute,
  saveReviewRoute,
  saveWorkRoute,
  setUpRoundRoute,
  showReviewRoute,
  showRoundRoute,
  takeBackRoute,
} from '@copractice/core/review'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof allocateRoute
  | typeof changeRoundRoute
  | typeof closeRoundRoute
  | typeof downloadRoute
  | typeof fileReviewRoute
  | typeof handInRoute
  | typeof openRoundRoute
  | typeof progressRoute
  | typeof readWorkRoute
  | typeof receivedRoute
  | typeof reopenRoundRoute
  | typeof roundPeopleRoute
  | typeof saveReviewRoute
  | typeof saveWorkRoute
  | typeof setUpRoundRoute
  | typeof showReviewRoute
  | typeof showRoundRoute
  | typeof takeBackRoute
>

export const useWords = wordsOf('review', messages)
export const useRefusals = refusalsOf<Code>('review', messages)
