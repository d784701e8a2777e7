import type {
  changePlacement,
  commitPlacement,
  showPlacement,
  solvePlacementRoute,
  stepPlacement,
  weighPlacement,
} from '@copractice/core/convening/board'
import type { RefusalCode } from '@copractice/core/kernel'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './placement.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof changePlacement
  | typeof commitPlacement
  | typeof showPlacement
  | typeof solvePlacementRoute
  | typeof stepPlacement
  | typeof weighPlacement
>

export const useWords = wordsOf('placement', messages)
export const useRefusals = refusalsOf<Code>('placement', messages)
/** Whether the message file has this sentence: codes of the rules come as text. */
export const hasWords = (key: string): key is keyof typeof messages => key in messages
