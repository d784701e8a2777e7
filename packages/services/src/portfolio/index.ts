export {
  changePortfolioItem,
  createPortfolioItem,
  keepPortfolioDraft,
  listPortfolio,
  removePortfolioItem,
  restorePortfolioDraft,
  savePortfolioDraft,
  showPortfolioItem,
} from './keep-portfolio.ts'
