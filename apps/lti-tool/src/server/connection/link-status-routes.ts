import type { Request, Router } from 'express'
import { linkStatusRoute } from '@copractice/core/connection'
import type { SpaceSession } from '@copractice/core/directory'
import { routesFor } from '@copractice/http'
import { showLinkStatus } from '@copractice/services/connection'
import type { Db } from '@copractice/store/database'

type Deps = Readonly<{ db: Db; contextOf: (req: Request) => Promise<SpaceSession> }>

/** How a course link is set up, for who runs the LMS and those who teach the course. */
export function linkStatusRoutes({ db, contextOf }: Deps): Router {
  const { router, serve } = routesFor(contextOf)
  serve(linkStatusRoute, { 'link.not_yours': 403 }, ({ context }) => showLinkStatus(db, context))
  return router
}
