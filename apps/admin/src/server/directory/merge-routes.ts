import type { Router } from 'express'
import {
  exportPerson,
  listMerges,
  mergePeople,
  previewMerge,
  removePerson,
  undoMerge,
} from '@copractice/core/directory'
import { routesFor } from '@copractice/http'
import * as directory from '@copractice/services/directory'
import type { Db } from '@copractice/store/database'
import type { Administrators } from './administrator-of.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date; spaceUrl: string }>

const NOT_FOUND = { 'directory.not_found': 404 } as const
const PAIR = { ...NOT_FOUND, 'merge.same_person': 422 } as const
const STANDING = { 'merge.both_hold': 409, 'merge.review_each_other': 409 } as const
const UNDOING = { ...NOT_FOUND, 'merge.too_late': 410, 'merge.undone_already': 409, 'merge.went_on': 409 } as const

/** Two persons who are one, and what is kept about somebody. For network admins. */
export function mergeRoutes({ db, administrators, clock, spaceUrl }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)
  serve(previewMerge, PAIR, ({ context, params }) => directory.previewMerge(db, context, params))
  serve(mergePeople, { ...PAIR, ...STANDING }, ({ context, params }) =>
    directory.mergePeople({ db, spaceUrl }, context, params, clock()),
  )
  serve(listMerges, NOT_FOUND, ({ context, query }) => directory.listMerges(db, context, query, clock()))
  serve(undoMerge, UNDOING, ({ context, params }) => directory.undoMerge(db, context, params.mergeId, clock()))

  serve(exportPerson, NOT_FOUND, ({ context, params }) => directory.exportPerson(db, context, params.personId, clock()))
  serve(
    removePerson,
    { ...NOT_FOUND, 'directory.last_network_admin': 409, 'directory.not_yourself': 409 },
    ({ context, params, body }) => directory.removePerson(db, context, { ...params, ...body }, clock()),
  )
  return router
}
