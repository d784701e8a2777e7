import type { RefusalCode } from '@copractice/core/kernel'
import type {
  addRubricVersionRoute,
  changeRubricRoute,
  choosePortfolioRoute,
  compareRubricRoute,
  createRubricRoute,
  exportRubricRoute,
  grantExtensionRoute,
  importRubricRoute,
  listExtensionsRoute,
  listRubricsRoute,
  reuseRoundRoute,
  reuseTargetsRoute,
  rubricTemplatesRoute,
  setLinkRoute,
  showRubricRoute,
  stepBackRoute,
  withdrawExtensionRoute,
} from '@copractice/core/review'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages-setup.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof addRubricVersionRoute
  | typeof changeRubricRoute
  | typeof choosePortfolioRoute
  | typeof compareRubricRoute
  | typeof createRubricRoute
  | typeof exportRubricRoute
  | typeof grantExtensionRoute
  | typeof importRubricRoute
  | typeof listExtensionsRoute
  | typeof listRubricsRoute
  | typeof reuseRoundRoute
  | typeof reuseTargetsRoute
  | typeof rubricTemplatesRoute
  | typeof setLinkRoute
  | typeof showRubricRoute
  | typeof stepBackRoute
  | typeof withdrawExtensionRoute
>

export const useSetupWords = wordsOf('setup', messages)
export const useSetupRefusals = refusalsOf<Code>('setup', messages)
