import type { deliveriesRoute, publishPreviewRoute, publishRoute, retryDeliveryRoute } from '@copractice/core/gradebook'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  typeof deliveriesRoute | typeof publishPreviewRoute | typeof publishRoute | typeof retryDeliveryRoute
>

export const useWords = wordsOf('gradebook', messages)
export const useRefusals = refusalsOf<Code>('gradebook', messages)
