import type { Router } from 'express'
import { observedRoute, rosterRoute, rosterSyncRoute, syncRosterRoute } from '@copractice/core/gradebook'
import { routesFor } from '@copractice/http'
import { listRoster, showObserved, showRoster, syncRoster } from '@copractice/services/gradebook'
import type { GradebookDeps } from './routes.ts'

const SEEN = { 'roster.not_found': 404, 'roster.instructors_only': 403 } as const

/** The people of the course a session was opened from, as its LMS lists them; and what observers see of those they mentor. */
export function rosterRoutes({ db, contextOf, clock }: GradebookDeps): Router {
  const { router, serve } = routesFor(contextOf)
  serve(rosterRoute, SEEN, ({ query, context }) => listRoster(db, context, query))
  serve(rosterSyncRoute, SEEN, ({ context }) => showRoster(db, context))
  serve(syncRosterRoute, { ...SEEN, 'roster.not_offered': 409, 'roster.just_read': 429 }, ({ context }) =>
    syncRoster(db, context, clock()),
  )
  serve(observedRoute, { 'observer.not_one': 403 }, ({ context }) => showObserved(db, context))
  return router
}
