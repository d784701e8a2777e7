import type { linkStatusRoute } from '@copractice/core/connection'
import type {
  deliveriesRoute,
  observedRoute,
  publishPreviewRoute,
  publishRoute,
  retryDeliveryRoute,
  rosterRoute,
  rosterSyncRoute,
  syncRosterRoute,
  takeBackScoresRoute,
} from '@copractice/core/gradebook'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof deliveriesRoute
  | typeof linkStatusRoute
  | typeof observedRoute
  | typeof publishPreviewRoute
  | typeof publishRoute
  | typeof retryDeliveryRoute
  | typeof rosterRoute
  | typeof rosterSyncRoute
  | typeof syncRosterRoute
  | typeof takeBackScoresRoute
>

export const useWords = wordsOf('gradebook', messages)
export const useRefusals = refusalsOf<Code>('gradebook', messages)
