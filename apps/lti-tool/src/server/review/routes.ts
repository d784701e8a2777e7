import { pipeline } from 'node:stream/promises'
import type { Request, Response, Router } from 'express'
import type { SpaceSession } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import * as contract from '@copractice/core/review'
import { routesFor } from '@copractice/http'
import * as review from '@copractice/services/review'
import type { Db } from '@copractice/store/database'
import { pairingRoutes, teamRoutes } from './pairing-routes.ts'
import { rubricRoutes } from './rubric-routes.ts'
import { setupRoutes } from './setup-routes.ts'
import { fileRoutes } from './file-routes.ts'
import { writingRoutes } from './writing-routes.ts'
import { scoreRoutes } from './score-routes.ts'

export type ReviewDeps = Readonly<{
  db: Db
  storage: review.UploadStorage
  contextOf: (req: Request) => Promise<SpaceSession>
  clock: () => Date
}>

const SEEN = { 'review.not_found': 404 } as const
const RUN = { ...SEEN, 'review.instructors_only': 403 } as const
const IN_TIME = { 'review.wrong_phase': 409, 'review.date_passed': 409, 'review.dates_out_of_order': 422 } as const
const HANDING = {
  ...SEEN,
  'review.not_participant': 403,
  'review.wrong_phase': 409,
  'review.submissions_closed': 409,
  'review.already_handed_in': 409,
} as const
const WRITING = {
  ...SEEN,
  'review.exemplars_first': 409,
  'review.wrong_phase': 409,
  'review.reviews_closed': 409,
  'review.set_aside': 409,
  'review.already_filed': 409,
  'review.unknown_criterion': 422,
  'review.unknown_level': 422,
  'review.draft_conflict': 409,
} as const

/** Review rounds: set up, hand in, deal, review, read, look after. */
export function reviewRoutes(deps: ReviewDeps): Router {
  const { db, clock, contextOf } = deps
  const { router, serve } = routesFor(contextOf)

  serve(contract.listRoundsRoute, {}, async ({ query, context: { actor, cohortId } }) =>
    ok(await review.listRounds(db, actor, { cohortId, ...query }, clock())),
  )
  serve(contract.roundPeopleRoute, { 'review.instructors_only': 403 }, ({ context: { actor, cohortId } }) =>
    review.listRoundPeople(db, actor, cohortId),
  )
  serve(
    contract.setUpRoundRoute,
    { 'review.instructors_only': 403, 'review.conflict_not_own_learner': 422 },
    ({ body, context: { actor, cohortId } }) => review.setUpRound(db, actor, { cohortId, setup: body }, clock()),
  )
  serve(
    contract.changeRoundRoute,
    { ...RUN, ...IN_TIME, 'review.conflict_not_own_learner': 422 },
    ({ params, body, context: { actor } }) => review.changeRound(db, actor, { ...params, change: body }, clock()),
  )
  serve(contract.showRoundRoute, SEEN, ({ params, context: { actor } }) =>
    review.showRound(db, actor, params.roundId, clock()),
  )
  serve(contract.openRoundRoute, { ...RUN, ...IN_TIME }, ({ params, context: { actor } }) =>
    review.openRound(db, actor, params.roundId, clock()),
  )
  serve(contract.closeRoundRoute, { ...RUN, ...IN_TIME }, ({ params, context: { actor } }) =>
    review.closeRound(db, actor, params.roundId, clock()),
  )
  serve(contract.reopenRoundRoute, { ...RUN, ...IN_TIME }, ({ params, body, context: { actor } }) =>
    review.reopenRound(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.allocateRoute,
    { ...RUN, ...IN_TIME, 'allocation.no_work': 409, 'allocation.impossible': 409 },
    ({ params, body, context: { actor } }) => review.allocateRound(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.progressRoute, RUN, ({ params, query, context: { actor } }) =>
    review.showProgress(db, actor, { ...params, ...query }),
  )
  router.use(scoreRoutes(deps))
  serve(contract.readWorkRoute, RUN, ({ params, context: { actor } }) => review.readWork(db, actor, params))

  serve(contract.reviewedWorkRoute, SEEN, ({ params, context: { actor } }) =>
    review.readReviewedWork(db, actor, params, clock()),
  )

  router.use(rubricRoutes(deps))
  router.use(setupRoutes(deps))
  workRoutes(deps, serve)
  fileRoutes(deps, router, serve)
  writingRoutes(deps, serve)
  pairingRoutes(deps, serve)
  teamRoutes(deps, serve)

  serve(contract.listReviewsRoute, {}, async ({ query, context: { actor, cohortId } }) =>
    ok(await review.listReviews(db, actor, { cohortId, ...query }, clock())),
  )
  serve(contract.showReviewRoute, { ...SEEN, 'review.exemplars_first': 409 }, ({ params, context: { actor } }) =>
    review.showReview(db, actor, params.assignmentId, clock()),
  )
  serve(contract.saveReviewRoute, WRITING, ({ params, body, context: { actor } }) =>
    review.saveReview(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.fileReviewRoute,
    { ...WRITING, 'review.marks_missing': 409, 'review.comments_missing': 409, 'review.comments_too_short': 409 },
    ({ params, body, context: { actor } }) => review.fileReview(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.receivedRoute,
    { ...SEEN, 'review.not_participant': 403, 'review.not_readable_yet': 409 },
    ({ params, context: { actor } }) => review.readReceived(db, actor, params.roundId, clock()),
  )
  return router
}

type Serve = ReturnType<typeof routesFor<SpaceSession>>['serve']

/** The actor's own work and the files of anyone's. */
function workRoutes({ db, storage, clock }: ReviewDeps, serve: Serve): void {
  serve(
    contract.saveWorkRoute,
    { ...HANDING, 'review.draft_conflict': 409, 'review.kind_not_taken': 409 },
    ({ params, body, context: { actor } }) => review.saveWork(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.handInRoute, { ...HANDING, 'review.nothing_to_hand_in': 409 }, ({ params, context: { actor } }) =>
    review.handIn(db, actor, params.roundId, clock()),
  )
  serve(contract.takeBackRoute, { ...HANDING, 'review.not_handed_in': 409 }, ({ params, context: { actor } }) =>
    review.takeBack(db, actor, params.roundId, clock()),
  )

  serve(
    contract.downloadRoute,
    { 'upload.not_found': 404, 'upload.busy': 503 },
    async ({ params, res, context: { actor } }) => {
      const found = await review.findDownload({ db, storage }, actor, params.uploadId, clock())
      if (!found.ok) return found
      await send(res, storage, found.value)
      return ok(undefined)
    },
  )
}

/** Always as an attachment, of the type the rules gave it: a file is never a page of ours. */
async function send(res: Response, storage: review.UploadStorage, file: review.Download): Promise<void> {
  const bytes = await storage.open(file.storageKey)
  const plain = file.name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  res.set({
    'content-type': file.mediaType,
    'content-length': String(file.bytes),
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, hex)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-store',
  })
  await pipeline(bytes, res)
}

/** Characters that RFC 8187 does not leave plain and `encodeURIComponent` does. */
const hex = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
