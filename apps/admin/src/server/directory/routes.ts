import type { Router } from 'express'
import {
  addInstitution,
  editInstitution,
  listAuditEntries,
  listInstitutions,
  searchPeople,
  showAdminHome,
} from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import { routesFor } from '@copractice/http'
import * as directory from '@copractice/services/directory'
import type { Db } from '@copractice/store/database'
import * as store from '@copractice/store/directory'
import type { Administrators } from './administrator-of.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date }>

const NOT_FOUND = { 'directory.not_found': 404 } as const
const KEEPING = { ...NOT_FOUND, 'directory.institution_name_taken': 409 } as const

/** Institutions, people, the home page and the audit log. */
export function directoryRoutes({ db, administrators, clock }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)

  serve(showAdminHome, {}, async ({ context }) => ok(await directory.showAdminHome(db, context, clock())))

  serve(listInstitutions, {}, async ({ context, query }) =>
    ok(await store.listInstitutions(db, directory.scopeOf(context), query, clock())),
  )
  serve(addInstitution, KEEPING, ({ context, body }) => directory.addInstitution(db, context, body, clock()))
  serve(editInstitution, KEEPING, ({ context, params, body }) =>
    directory.editInstitution(db, context, { ...params, details: body }, clock()),
  )

  serve(searchPeople, {}, async ({ context, query }) =>
    ok(await store.searchPeople(db, directory.scopeOf(context), query)),
  )
  serve(listAuditEntries, {}, async ({ context, query }) =>
    ok(await store.listAuditEntries(db, directory.scopeOf(context), query)),
  )
  return router
}
