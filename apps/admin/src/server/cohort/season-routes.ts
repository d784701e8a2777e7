import type { Router } from 'express'
import * as contract from '@copractice/core/cohort'
import { ok } from '@copractice/core/kernel'
import { routesFor } from '@copractice/http'
import * as cohort from '@copractice/services/cohort'
import { scopeOf } from '@copractice/services/directory'
import { countConcerns, glanceAtCohorts } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import type { Administrators } from '../directory/administrator-of.ts'
import { glanceCsv } from './glance-csv.ts'

type Deps = Readonly<{
  db: Db
  administrators: Administrators
  clock: () => Date
  adminUrl: string
  spaceUrl: string
  secret: string
}>

const NOT_FOUND = { 'directory.not_found': 404 } as const
const CSV_PAGE = 200

/** Cohorts at a glance, and what becomes of one: messages, closing, renewal, nesting. */
export function seasonRoutes(deps: Deps): Router {
  const { db, administrators, clock } = deps
  const { router, serve } = routesFor(administrators.actorOf)

  serve(contract.exportGlance, {}, async ({ context, query, res }) => {
    const [scope, now] = [scopeOf(context), clock()]
    res.attachment('cohorts.csv').type('text/csv; charset=utf-8')
    const pageAfter = (after: string | undefined) =>
      glanceAtCohorts(db, scope, { ...query, after, limit: CSV_PAGE }, now)
    for await (const lines of glanceCsv(pageAfter)) res.write(lines)
    res.end()
    return ok('')
  })
  serve(contract.glanceAtCohorts, {}, async ({ context, query }) =>
    ok(await glanceAtCohorts(db, scopeOf(context), query, clock())),
  )
  serve(contract.countConcerns, {}, async ({ context }) => ok(await countConcerns(db, scopeOf(context), clock())))

  serve(contract.showCohortLife, NOT_FOUND, ({ context, params }) =>
    cohort.showCohortLife(db, context, params.cohortId, clock()),
  )
  const closing = { ...NOT_FOUND, 'cohort.closed': 409, 'cohort.needs_reason': 409 } as const
  serve(contract.closeCohort, closing, ({ context, params, body }) =>
    cohort.closeCohort(deps, context, { ...params, ...body }, clock()),
  )
  serve(contract.reopenCohort, { ...NOT_FOUND, 'cohort.not_closed': 409 }, ({ context, params }) =>
    cohort.reopenCohort(db, context, params.cohortId, clock()),
  )
  serve(contract.nestCohort, { ...NOT_FOUND, 'cohort.nested_in_itself': 409 }, ({ context, params, body }) =>
    cohort.nestCohort(db, context, { ...params, ...body }, clock()),
  )

  const planning = { ...NOT_FOUND, 'cohort.person_unknown': 422 } as const
  serve(contract.checkRenewal, planning, ({ context, params, body }) =>
    cohort.checkRenewal(db, context, { ...params, ...body }, clock()),
  )
  const renewing = { ...planning, 'cohort.blocked': 409, 'cohort.needs_reason': 409, 'cohort.name_taken': 409 } as const
  serve(contract.renewCohort, renewing, ({ context, params, body }) =>
    cohort.renewCohort(deps, context, { ...params, ...body }, clock()),
  )

  serve(contract.previewCohortMessage, NOT_FOUND, ({ context, params, body }) =>
    cohort.previewMessage(db, context, { ...params, ...body }),
  )
  const sending = { ...NOT_FOUND, 'cohort.nobody_to_write': 409, 'cohort.recipients_changed': 409 } as const
  serve(contract.sendCohortMessage, sending, ({ context, params, body }) =>
    cohort.sendMessage(db, context, { ...params, ...body }, clock()),
  )
  return router
}

/** The page behind the link of a mail that asks somebody to take part again: the link is the proof, there is no sign-in. */
export function askRoutes(deps: Pick<Deps, 'db' | 'clock' | 'secret' | 'spaceUrl'>): Router {
  const { router, serve } = routesFor(async () => null)
  serve(contract.showAsk, { 'ask.unknown': 404, 'ask.taken_away': 409 }, ({ body }) => cohort.showAsk(deps, body.token))
  const answering = {
    'ask.unknown': 404,
    'ask.taken_away': 409,
    'cohort.closed': 409,
    'eligibility.affiliation': 409,
    'cohort.test_person': 409,
  } as const
  serve(contract.answerAsk, answering, ({ body }) => cohort.answerAsk(deps, body, deps.clock()))
  return router
}
