import type { SpaceSession } from '@copractice/core/directory'
import * as contract from '@copractice/core/review'
import type { routesFor } from '@copractice/http'
import * as review from '@copractice/services/review'
import type { ReviewDeps } from './routes.ts'

type Serve = ReturnType<typeof routesFor<SpaceSession>>['serve']

const SEEN = { 'review.not_found': 404 } as const
const MINE = { ...SEEN, 'review.not_participant': 403 } as const
const FLAGGING = {
  ...SEEN,
  'review.wrong_phase': 409,
  'review.flag_kind': 422,
  'review.flag_waits': 409,
  'review.not_readable_yet': 409,
} as const
const RUN = { ...SEEN, 'review.instructors_only': 403 } as const
const REVISING = {
  ...MINE,
  'review.no_revision': 409,
  'review.not_handed_in': 409,
  'review.not_readable_yet': 409,
} as const
const ASSESSING = {
  ...MINE,
  'review.no_self_assessment': 409,
  'review.not_handed_in': 409,
  'review.self_assessment_over': 409,
  'review.already_filed': 409,
  'review.unknown_criterion': 422,
  'review.unknown_level': 422,
  'review.draft_conflict': 409,
} as const
/** What is written beside the marks: flags and their answers, replies, revisions, looks at one's own work, traces of oneself. */
export function writingRoutes(deps: ReviewDeps, serve: Serve): void {
  const { db, storage, clock } = deps
  serve(contract.flagWorkRoute, FLAGGING, ({ params, body, context: { actor } }) =>
    review.flagWork(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.flagReviewRoute,
    { ...FLAGGING, 'review.not_participant': 403 },
    ({ params, body, context: { actor } }) => review.flagReview(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.listFlagsRoute, RUN, ({ params, query, context: { actor } }) =>
    review.listFlags(db, actor, { ...params, ...query }),
  )
  serve(contract.answerFlagRoute, RUN, ({ params, body, context: { actor } }) =>
    review.answerFlag(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.respondRoute, { ...MINE, 'review.not_readable_yet': 409 }, ({ params, body, context: { actor } }) =>
    review.respondToReview(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.selfAssessmentRoute, MINE, ({ params, context: { actor } }) =>
    review.showSelfAssessment(db, actor, params.roundId, clock()),
  )
  serve(contract.saveSelfAssessmentRoute, ASSESSING, ({ params, body, context: { actor } }) =>
    review.saveSelf(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.fileSelfAssessmentRoute,
    { ...ASSESSING, 'review.marks_missing': 409 },
    ({ params, body, context: { actor } }) => review.fileSelf(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.tracesRoute, MINE, ({ params, query, context: { actor } }) =>
    review.findOwnTraces({ db, storage }, actor, { ...params, ...query }),
  )
  revisionRoutes(deps, serve)
}

function revisionRoutes({ db, clock }: ReviewDeps, serve: Serve): void {
  serve(contract.versionsRoute, MINE, ({ params, context: { actor } }) =>
    review.showVersions(db, actor, params.roundId, clock()),
  )
  serve(
    contract.saveRevisionRoute,
    { ...REVISING, 'review.draft_conflict': 409, 'review.kind_not_taken': 409 },
    ({ params, body, context: { actor } }) => review.saveRevision(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.handInRevisionRoute,
    {
      ...REVISING,
      'review.revision_closed': 409,
      'review.nothing_changed': 409,
      'review.change_note_missing': 409,
    },
    ({ params, context: { actor } }) => review.handInRevision(db, actor, params.roundId, clock()),
  )
}
