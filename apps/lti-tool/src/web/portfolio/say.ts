import type { RefusalCode } from '@copractice/core/kernel'
import type {
  changePortfolioItemRoute,
  createPortfolioItemRoute,
  keepPortfolioDraftRoute,
  removePortfolioItemRoute,
  restorePortfolioDraftRoute,
  savePortfolioDraftRoute,
  showPortfolioItemRoute,
} from '@copractice/core/portfolio'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './messages.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof changePortfolioItemRoute
  | typeof createPortfolioItemRoute
  | typeof keepPortfolioDraftRoute
  | typeof removePortfolioItemRoute
  | typeof restorePortfolioDraftRoute
  | typeof savePortfolioDraftRoute
  | typeof showPortfolioItemRoute
>

export const useWords = wordsOf('portfolio', messages)
export const useRefusals = refusalsOf<Code>('portfolio', messages)
