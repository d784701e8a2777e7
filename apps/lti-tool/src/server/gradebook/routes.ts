import type { Request, Router } from 'express'
import type { SpaceSession } from '@copractice/core/directory'
import {
  deliveriesRoute,
  publishPreviewRoute,
  publishRoute,
  retryDeliveryRoute,
  takeBackScoresRoute,
} from '@copractice/core/gradebook'
import { routesFor } from '@copractice/http'
import {
  listDeliveries,
  previewPublish,
  publishScores,
  retryDelivery,
  takeBackScores,
} from '@copractice/services/gradebook'
import type { Db } from '@copractice/store/database'

export type GradebookDeps = Readonly<{
  db: Db
  contextOf: (req: Request) => Promise<SpaceSession>
  clock: () => Date
}>

const RUN = { 'review.not_found': 404, 'review.instructors_only': 403 } as const

/** Publishing a round's scores to the gradebooks of the instructor's own courses. */
export function gradebookRoutes({ db, contextOf, clock }: GradebookDeps): Router {
  const { router, serve } = routesFor(contextOf)

  serve(publishPreviewRoute, RUN, ({ params, context: { actor } }) =>
    previewPublish(db, actor, params.roundId, clock()),
  )
  serve(
    publishRoute,
    { ...RUN, 'publish.preview_outdated': 409, 'publish.nothing_to_send': 409 },
    ({ params, body, context: { actor } }) => publishScores(db, actor, { ...params, ...body }, clock()),
  )
  serve(takeBackScoresRoute, { ...RUN, 'publish.nothing_to_take_back': 409 }, ({ params, body, context: { actor } }) =>
    takeBackScores(db, actor, { ...params, ...body }, clock()),
  )
  serve(deliveriesRoute, RUN, ({ params, query, context: { actor } }) =>
    listDeliveries(db, actor, { ...params, ...query }),
  )
  serve(
    retryDeliveryRoute,
    { 'delivery.not_found': 404, 'delivery.not_retryable': 409, 'delivery.outdated': 409 },
    ({ params, context: { actor } }) => retryDelivery(db, actor, params.deliveryId, clock()),
  )
  return router
}
