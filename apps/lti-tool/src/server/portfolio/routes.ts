import type { Request, Router } from 'express'
import type { SpaceSession } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import * as contract from '@copractice/core/portfolio'
import { routesFor } from '@copractice/http'
import * as portfolio from '@copractice/services/portfolio'
import type { Db } from '@copractice/store/database'

export type PortfolioDeps = Readonly<{
  db: Db
  contextOf: (req: Request) => Promise<SpaceSession>
  clock: () => Date
}>

const FOUND = { 'portfolio.not_found': 404 } as const

/** One's own portfolio: items, and their drafts. */
export function portfolioRoutes({ db, contextOf, clock }: PortfolioDeps): Router {
  const { router, serve } = routesFor(contextOf)

  serve(contract.listPortfolioRoute, {}, async ({ query, context: { actor } }) =>
    ok(await portfolio.listPortfolio(db, actor, query)),
  )
  serve(contract.createPortfolioItemRoute, { 'portfolio.full': 409 }, ({ body, context: { actor } }) =>
    portfolio.createPortfolioItem(db, actor, body, clock()),
  )
  serve(contract.showPortfolioItemRoute, FOUND, ({ params, context: { actor } }) =>
    portfolio.showPortfolioItem(db, actor, params.itemId),
  )
  serve(contract.changePortfolioItemRoute, FOUND, ({ params, body, context: { actor } }) =>
    portfolio.changePortfolioItem(db, actor, { ...params, ...body }),
  )
  serve(
    contract.savePortfolioDraftRoute,
    { ...FOUND, 'portfolio.draft_conflict': 409, 'portfolio.full': 409 },
    ({ params, body, context: { actor } }) => portfolio.savePortfolioDraft(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.keepPortfolioDraftRoute,
    { ...FOUND, 'portfolio.empty': 409 },
    ({ params, body, context: { actor } }) => portfolio.keepPortfolioDraft(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.restorePortfolioDraftRoute,
    { ...FOUND, 'portfolio.full': 409 },
    ({ params, body, context: { actor } }) =>
      portfolio.restorePortfolioDraft(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.removePortfolioItemRoute, FOUND, ({ params, context: { actor } }) =>
    portfolio.removePortfolioItem(db, actor, params.itemId, clock()),
  )
  return router
}
