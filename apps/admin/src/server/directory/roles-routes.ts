import type { Router } from 'express'
import {
  addRegion,
  importInstitutions,
  importPeople,
  grantRole,
  listRegionsKept,
  listRoles,
  removeAffiliation,
  renameRegion,
  revokeRole,
  setAffiliation,
  showPerson,
} from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import { routesFor } from '@copractice/http'
import * as directory from '@copractice/services/directory'
import type { Db } from '@copractice/store/database'
import * as store from '@copractice/store/directory'
import type { Administrators } from './administrator-of.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date; adminUrl: string }>

const NOT_FOUND = { 'directory.not_found': 404 } as const
const NAMING = { ...NOT_FOUND, 'directory.region_name_taken': 409 } as const

const IMPORTING = {
  'import.unreadable': 422,
  'import.columns_missing': 422,
  'import.too_many': 422,
  'import.has_problems': 422,
} as const

/** Who administers what, the regions, and where people belong. */
export function rolesRoutes({ db, administrators, clock, adminUrl }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)

  serve(listRoles, {}, async ({ context, query }) =>
    ok(await store.listRoles(db, directory.scopeOf(context), context, query)),
  )
  serve(grantRole, { ...NOT_FOUND, 'directory.beyond_reach': 403, 'directory.role_held': 409 }, ({ context, body }) =>
    directory.grantRole(db, context, { ...body, adminUrl }, clock()),
  )
  serve(
    revokeRole,
    { ...NOT_FOUND, 'directory.beyond_reach': 403, 'directory.last_network_admin': 409 },
    ({ context, params }) => directory.revokeRole(db, context, params.grantId, clock()),
  )

  serve(listRegionsKept, {}, ({ context }) => directory.listRegionsKept(db, context))
  serve(addRegion, NAMING, ({ context, body }) => directory.addRegion(db, context, body.name, clock()))
  serve(renameRegion, NAMING, ({ context, params, body }) =>
    directory.renameRegion(db, context, { ...params, ...body }, clock()),
  )

  serve(importInstitutions, IMPORTING, ({ context, body }) => directory.importInstitutions(db, context, body, clock()))
  serve(importPeople, IMPORTING, ({ context, body }) => directory.importPeople(db, context, body, clock()))

  serve(showPerson, NOT_FOUND, ({ context, params }) => directory.showPerson(db, context, params.personId))
  serve(setAffiliation, NOT_FOUND, ({ context, params, body }) =>
    directory.setAffiliation(db, context, { ...params, ...body }, clock()),
  )
  serve(removeAffiliation, NOT_FOUND, ({ context, params }) =>
    directory.removeAffiliation(db, context, params, clock()),
  )
  return router
}
