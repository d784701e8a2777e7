import type { Router } from 'express'
import * as contract from '@copractice/core/cohort'
import { ok } from '@copractice/core/kernel'
import { routesFor } from '@copractice/http'
import * as cohort from '@copractice/services/cohort'
import { scopeOf } from '@copractice/services/directory'
import { listCohortsOfReach } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import type { Administrators } from '../directory/administrator-of.ts'

type Deps = Readonly<{
  db: Db
  administrators: Administrators
  clock: () => Date
  spaceUrl: string
  sendSignInLink: (email: string) => Promise<void>
}>

const NOT_FOUND = { 'directory.not_found': 404 } as const

export function cohortRoutes(deps: Deps): Router {
  const { db, administrators, clock } = deps
  const { router, serve } = routesFor(administrators.actorOf)

  serve(contract.listCohorts, {}, async ({ context, query }) =>
    ok(await listCohortsOfReach(db, scopeOf(context), query)),
  )
  const checking = { ...NOT_FOUND, 'cohort.person_unknown': 422 } as const
  serve(contract.checkCohortDraft, checking, ({ context, body }) => cohort.checkComposing(db, context, body, clock()))
  const creating = {
    ...checking,
    'cohort.blocked': 409,
    'cohort.needs_reason': 409,
    'cohort.name_taken': 409,
  } as const
  serve(contract.createCohortFromDraft, creating, ({ context, body }) =>
    cohort.createCohort(deps, context, body, clock()),
  )
  serve(contract.showCohort, NOT_FOUND, ({ context, params }) => cohort.showCohort(db, context, params.cohortId))

  const adding = {
    ...checking,
    'cohort.already_in': 409,
    'cohort.test_person': 409,
    'cohort.closed': 409,
    'eligibility.affiliation': 409,
  } as const
  serve(contract.addSeat, adding, ({ context, params, body }) =>
    cohort.addSeat(deps, context, { ...params, ...body }, clock()),
  )
  serve(contract.removeSeat, NOT_FOUND, ({ context, params }) => cohort.removeSeat(db, context, params, clock()))
  serve(contract.restoreSeat, NOT_FOUND, ({ context, params }) => cohort.restoreSeat(db, context, params, clock()))
  serve(contract.fillSeats, NOT_FOUND, ({ context, params }) =>
    cohort.fillSeats(deps, context, params.cohortId, clock()),
  )
  serve(contract.inviteAgain, { ...NOT_FOUND, 'cohort.no_address': 409 }, ({ context, params }) =>
    cohort.inviteAgain(deps, context, params, clock()),
  )
  return router
}
