import type { Router } from 'express'
import * as contract from '@copractice/core/convening'
import { routesFor } from '@copractice/http'
import * as convening from '@copractice/services/convening'
import type { Db } from '@copractice/store/database'
import type { Administrators } from '../directory/administrator-of.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date; adminUrl: string }>

const NOT_FOUND = { 'directory.not_found': 404 } as const

/** What is done on the day and after it: badges, the desk, what people need, attendance and feedback. */
export function deskRoutes({ db, administrators, clock, adminUrl: origin }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)
  const sending = { ...NOT_FOUND, 'convening.no_dates': 409, 'convening.over': 409 }
  serve(contract.sendBadges, sending, ({ context, params }) =>
    convening.sendBadges(db, context, { ...params, origin }, clock()),
  )
  serve(contract.listExpected, NOT_FOUND, ({ context, params, query }) =>
    convening.listExpected(db, context, { ...params, ...query }),
  )
  serve(contract.saveCheckIns, { ...NOT_FOUND, 'convening.too_early': 409 }, ({ context, params, body }) =>
    convening.saveCheckIns(db, context, { ...params, ...body }, clock()),
  )
  serve(contract.showScanned, NOT_FOUND, ({ context, params }) => convening.showScanned(db, context, params))
  serve(contract.listAttendance, NOT_FOUND, ({ context, params, query }) =>
    convening.listAttendance(db, context, { ...params, ...query }),
  )
  serve(contract.listNeeds, { ...NOT_FOUND, 'convening.not_host': 403 }, ({ context, params, query }) =>
    convening.readNeeds(db, context, { ...params, ...query }, clock()),
  )
  serve(contract.showFeedback, NOT_FOUND, ({ context, params }) =>
    convening.showFeedback(db, context, params.conveningId),
  )
  return router
}
