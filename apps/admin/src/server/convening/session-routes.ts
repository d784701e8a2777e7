import type { Router } from 'express'
import * as contract from '@copractice/core/convening'
import { routesFor } from '@copractice/http'
import * as convening from '@copractice/services/convening'
import type { Db } from '@copractice/store/database'
import type { Administrators } from '../directory/administrator-of.ts'
import { sendPdf } from './badge-routes.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date; adminUrl: string }>

const NOT_FOUND = { 'directory.not_found': 404 } as const
const PLANNING = {
  ...NOT_FOUND,
  'session.place': 422,
  'session.times': 422,
  'session.outside': 422,
  'convening.window': 422,
} as const

/** Sessions and side events, who hosts, and how many wait for dates. */
export function conveningSessionRoutes({ db, administrators, clock, adminUrl: origin }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)
  serve(contract.listSessions, NOT_FOUND, ({ context, params }) => convening.listSessions(db, context, params))
  serve(contract.addSession, { ...PLANNING, 'session.too_many': 409 }, ({ context, params, body }) =>
    convening.addSession(db, context, { ...params, plan: body }, clock()),
  )
  serve(contract.changeSession, PLANNING, ({ context, params, body }) =>
    convening.changeSession(db, context, { ...params, plan: body }, clock()),
  )
  serve(contract.removeSession, { ...NOT_FOUND, 'session.attended': 409 }, ({ context, params }) =>
    convening.removeSession(db, context, params, clock()),
  )
  serve(contract.fillSession, NOT_FOUND, ({ context, params }) =>
    convening.fillSession(db, context, { ...params, origin }, clock()),
  )
  serve(contract.showHosting, NOT_FOUND, ({ context, params }) =>
    convening.showHosting(db, context, params.conveningId),
  )
  const hosting = { ...NOT_FOUND, 'convening.institution_unknown': 422, 'convening.lead_unknown': 422 }
  serve(contract.setHosting, hosting, ({ context, params, body }) =>
    convening.setHosting(db, context, { ...params, hosting: body }, clock()),
  )
  serve(contract.countToBeTold, NOT_FOUND, ({ context, params }) =>
    convening.countToBeTold(db, context, params.conveningId),
  )
  serve(contract.draftFlyer, NOT_FOUND, async ({ context, params, res }) => {
    const made = await convening.draftFlyer(db, context, { ...params, origin }, clock())
    return made.ok ? sendPdf(res, made.value) : made
  })
  return router
}
