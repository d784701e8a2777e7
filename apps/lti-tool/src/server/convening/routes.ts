import type { Request, Router } from 'express'
import * as contract from '@copractice/core/convening'
import type { SpaceSession } from '@copractice/core/directory'
import { routesFor } from '@copractice/http'
import { registerHere, showConveningHere } from '@copractice/services/convening'
import type { Db } from '@copractice/store/database'

export type ConveningDeps = Readonly<{
  db: Db
  /** Where badges are shown. */
  adminUrl: string | undefined
  contextOf: (req: Request) => Promise<SpaceSession>
  clock: () => Date
}>

/** A convening that a course links to: reading of it and registering. */
export function conveningRoutes({ contextOf, clock, ...deps }: ConveningDeps): Router {
  const { router, serve } = routesFor(contextOf)
  serve(contract.showConveningHere, { 'convening.not_found': 404 }, ({ params, context: { actor } }) =>
    showConveningHere(deps, actor, params.conveningId, clock()),
  )
  serve(
    contract.registerHere,
    {
      'convening.not_found': 404,
      'convening.closed': 409,
      'convening.no_affiliation': 409,
      'convening.test_person': 409,
    },
    ({ params, body, context: { actor } }) => registerHere(deps, actor, { ...params, ...body }, clock()),
  )
  return router
}
