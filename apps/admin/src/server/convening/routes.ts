import type { Router } from 'express'
import * as contract from '@copractice/core/convening'
import { ok } from '@copractice/core/kernel'
import { callerOf, routesFor } from '@copractice/http'
import * as convening from '@copractice/services/convening'
import { allowUnprovedMail } from '@copractice/services/notice'
import type { Db } from '@copractice/store/database'
import type { Administrators } from '../directory/administrator-of.ts'
import { csvOf } from './registrations-csv.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date; secret: string; adminUrl: string }>

const NOT_FOUND = { 'directory.not_found': 404 } as const
const KEEPING = {
  ...NOT_FOUND,
  'convening.place': 422,
  'convening.dates_together': 422,
  'convening.no_dates': 409,
  'convening.ends_before_start': 422,
  'convening.closes_late': 422,
  'convening.window': 422,
  'convening.series_unknown': 422,
  'convening.sessions_outside': 409,
} as const

export function conveningRoutes({ db, administrators, clock, adminUrl: origin }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)

  serve(contract.listConvenings, {}, ({ context, query }) => convening.listConvenings(db, context, query, clock()))
  serve(contract.createConvening, KEEPING, ({ context, body }) => convening.createConvening(db, context, body, clock()))
  serve(contract.showConvening, NOT_FOUND, ({ context, params }) =>
    convening.showConvening(db, context, params.conveningId),
  )
  serve(contract.editConvening, KEEPING, ({ context, params, body }) =>
    convening.editConvening(db, context, { ...params, details: body, origin }, clock()),
  )
  const opening = { ...NOT_FOUND, 'convening.over': 409, 'convening.no_dates': 409 }
  serve(contract.setRegistration, opening, ({ context, params, body }) =>
    convening.setRegistration(db, context, { ...params, ...body }, clock()),
  )

  serve(contract.listRegistrations, NOT_FOUND, ({ context, params, query }) =>
    convening.listRegistrations(db, context, { ...params, ...query }),
  )
  serve(contract.exportRegistrations, NOT_FOUND, async ({ context, params, res }) => {
    const first = await convening.listRegistrations(db, context, { ...params, limit: 500 })
    if (!first.ok) return first
    res.attachment('registrations.csv').type('text/csv; charset=utf-8')
    const next = async (after: string) => {
      const page = await convening.listRegistrations(db, context, { ...params, after, limit: 500 })
      return page.ok ? page.value : { items: [], next: null }
    }
    for await (const lines of csvOf(first.value, next)) res.write(lines)
    res.end()
    return ok('')
  })
  serve(contract.cancelRegistration, NOT_FOUND, ({ context, params }) =>
    convening.cancelRegistration(db, context, params, clock()),
  )
  serve(contract.restoreRegistration, NOT_FOUND, ({ context, params }) =>
    convening.restoreRegistration(db, context, params, clock()),
  )
  serve(
    contract.importRegistrantsRoute,
    {
      ...NOT_FOUND,
      'import.unreadable': 422,
      'import.columns_missing': 422,
      'import.too_many': 422,
      'import.has_problems': 409,
    },
    ({ context, params, body }) => convening.importRegistrants(db, context, { ...params, ...body }, clock()),
  )
  serve(contract.fillFromWaitlist, NOT_FOUND, ({ context, params }) =>
    convening.fillFromWaitlist(db, context, { ...params, origin }, clock()),
  )
  return router
}

/** The registration page's own routes: no sign-in, nothing of who else registered. */
export function publicConveningRoutes({ db, clock, secret, adminUrl: origin }: Deps): Router {
  const { router, serve } = routesFor(async () => null)
  serve(contract.showPublicConvening, { 'convening.not_found': 404 }, ({ params }) =>
    convening.showPublicConvening(db, params.slug, clock()),
  )
  const status = {
    'convening.not_found': 404,
    'convening.closed': 409,
    'convening.institution_unknown': 422,
    'convening.too_many': 429,
    'notice.too_many_mails': 429,
    'session.unknown': 422,
    'session.overlap': 422,
  }
  serve(contract.register, status, async ({ params, body, req }) => {
    const now = clock()
    const address = callerOf(req)
    const limited = await convening.limitRegistrations(db, secret, { email: body.email, address, now })
    if (!limited.ok) return limited
    const mailAllowed = allowUnprovedMail(secret, address)
    return convening.registerPublicly(db, { ...params, ...body, origin, mailAllowed }, now)
  })
  return router
}
