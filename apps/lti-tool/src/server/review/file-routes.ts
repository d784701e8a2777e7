import type { RequestHandler, Router } from 'express'
import type { SpaceSession } from '@copractice/core/directory'
import * as contract from '@copractice/core/review'
import type { routesFor } from '@copractice/http'
import * as review from '@copractice/services/review'
import { receiveFile, refuseFile, withFile } from './receive-file.ts'
import type { ReviewDeps } from './routes.ts'

type Serve = ReturnType<typeof routesFor<SpaceSession>>['serve']

const HANDING = {
  'review.not_found': 404,
  'review.not_participant': 403,
  'review.wrong_phase': 409,
  'review.submissions_closed': 409,
  'review.already_handed_in': 409,
} as const
const REVISING = {
  'review.not_found': 404,
  'review.not_participant': 403,
  'review.no_revision': 409,
  'review.not_handed_in': 409,
  'review.not_readable_yet': 409,
} as const
const EXEMPLAR = {
  'review.not_found': 404,
  'review.instructors_only': 403,
  'review.wrong_phase': 409,
  'exemplar.marked': 409,
} as const
const FILE_REFUSED = {
  'upload.missing': 400,
  'upload.empty': 422,
  'upload.too_large': 413,
  'upload.too_many': 409,
  'upload.too_large_together': 413,
  'upload.type_not_allowed': 415,
  'upload.content_differs': 415,
  'upload.not_cleaned': 422,
  'upload.busy': 503,
} as const
const REMOVED = { 'upload.not_found': 404 } as const
const ORDERED = { 'upload.order_differs': 409 } as const

/** Files of works, of their revisions and of exemplars: one comes in at a time, after those there are; taken out; put in order. */
export function fileRoutes({ db, storage, clock, contextOf }: ReviewDeps, router: Router, serve: Serve): void {
  const deps = { db, storage }
  // Nobody puts a file on our disk before we know who they are.
  const knowWho: RequestHandler = async (req, _res, next) => {
    await contextOf(req)
    next()
  }
  for (const { path } of [contract.attachFileRoute, contract.attachRevisionFileRoute, contract.attachExemplarFileRoute])
    router.post(path, knowWho, receiveFile, refuseFile)

  serve(
    contract.attachFileRoute,
    { ...HANDING, 'review.kind_not_taken': 409, ...FILE_REFUSED },
    ({ params, req, context: { actor } }) =>
      withFile(req, (file) => review.attachFile(deps, actor, { ...params, file }, clock())),
  )
  serve(contract.removeFileRoute, { ...HANDING, ...REMOVED }, ({ params, context: { actor } }) =>
    review.removeFile(deps, actor, params, clock()),
  )
  serve(contract.orderFilesRoute, { ...HANDING, ...ORDERED }, ({ params, body, context: { actor } }) =>
    review.orderWorkFiles(db, actor, { ...params, ...body }, clock()),
  )

  serve(
    contract.attachRevisionFileRoute,
    { ...REVISING, ...FILE_REFUSED, 'review.kind_not_taken': 409 },
    ({ params, req, context: { actor } }) =>
      withFile(req, (file) => review.attachRevisionFile(deps, actor, { ...params, file }, clock())),
  )
  serve(contract.removeRevisionFileRoute, { ...REVISING, ...REMOVED }, ({ params, context: { actor } }) =>
    review.removeRevisionFile(deps, actor, params, clock()),
  )
  serve(contract.orderRevisionFilesRoute, { ...REVISING, ...ORDERED }, ({ params, body, context: { actor } }) =>
    review.orderRevisionFiles(db, actor, { ...params, ...body }, clock()),
  )

  serve(contract.attachExemplarFileRoute, { ...EXEMPLAR, ...FILE_REFUSED }, ({ params, req, context: { actor } }) =>
    withFile(req, (file) => review.attachExemplarFile(deps, actor, { ...params, file }, clock())),
  )
  serve(contract.removeExemplarFileRoute, { ...EXEMPLAR, ...REMOVED }, ({ params, context: { actor } }) =>
    review.removeExemplarFile(deps, actor, params),
  )
  serve(contract.orderExemplarFilesRoute, { ...EXEMPLAR, ...ORDERED }, ({ params, body, context: { actor } }) =>
    review.orderExemplarFiles(db, actor, { ...params, ...body }),
  )
}
