import type { Router } from 'express'
import * as contract from '@copractice/core/review'
import { routesFor } from '@copractice/http'
import * as review from '@copractice/services/review'
import type { ReviewDeps } from './routes.ts'

const RUN = { 'review.not_found': 404, 'review.instructors_only': 403 } as const
const OWN = { ...RUN, 'review.not_own_learner': 403 } as const
const CHOOSING = {
  'review.not_found': 404,
  'review.not_participant': 403,
  'review.wrong_phase': 409,
  'review.submissions_closed': 409,
  'review.already_handed_in': 409,
  'review.kind_not_taken': 409,
} as const

/** More time for one person, a step back, using a round again, and work that lies somewhere else. */
export function setupRoutes({ db, clock, contextOf }: ReviewDeps): Router {
  const { router, serve } = routesFor(contextOf)

  serve(contract.listExtensionsRoute, RUN, ({ params, context: { actor } }) =>
    review.listExtensions(db, actor, params.roundId),
  )
  serve(
    contract.grantExtensionRoute,
    { ...OWN, 'review.wrong_phase': 409, 'review.extension_too_early': 422, 'review.extension_too_late': 422 },
    ({ params, body, context: { actor } }) => review.grantExtension(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.withdrawExtensionRoute, OWN, ({ params, context: { actor } }) =>
    review.withdrawExtension(db, actor, params, clock()),
  )
  serve(
    contract.stepBackRoute,
    {
      ...RUN,
      'review.wrong_phase': 409,
      'review.date_passed': 409,
      'review.dates_out_of_order': 422,
      'review.work_begun': 409,
      'review.reviews_begun': 409,
    },
    ({ params, body, context: { actor } }) => review.stepBack(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.reuseTargetsRoute, RUN, ({ params, context: { actor } }) =>
    review.listReuseTargets(db, actor, params.roundId, clock()),
  )
  serve(contract.reuseRoundRoute, { ...RUN, 'review.cohort_not_yours': 403 }, ({ params, body, context: { actor } }) =>
    review.reuseRound(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.setLinkRoute, CHOOSING, ({ params, body, context: { actor } }) =>
    review.setLink(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.choosePortfolioRoute,
    { ...CHOOSING, 'portfolio.not_found': 404, 'portfolio.empty': 409 },
    ({ params, body, context: { actor } }) => review.choosePortfolioDraft(db, actor, { ...params, ...body }, clock()),
  )
  return router
}
