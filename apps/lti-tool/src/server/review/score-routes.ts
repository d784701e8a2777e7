import type { Router } from 'express'
import * as contract from '@copractice/core/review'
import { routesFor } from '@copractice/http'
import * as review from '@copractice/services/review'
import type { ReviewDeps } from './routes.ts'

const SEEN = { 'review.not_found': 404 } as const
const RUN = { ...SEEN, 'review.instructors_only': 403 } as const
const MINE = { ...SEEN, 'review.not_participant': 403 } as const

/** Scores: how they come about, what an instructor does about them, what a learner sees and asks. */
export function scoreRoutes({ db, clock, contextOf }: ReviewDeps): Router {
  const { router, serve } = routesFor(contextOf)

  serve(contract.scoresRoute, RUN, ({ params, query, context: { actor } }) =>
    review.showScores(db, actor, { ...params, ...query }, clock()),
  )
  serve(
    contract.changeScoringRoute,
    { ...RUN, 'score.model_not_offered': 409, 'score.released': 409 },
    ({ params, body, context: { actor } }) => review.changeScoring(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.checkWorkRoute,
    {
      ...RUN,
      'review.wrong_phase': 409,
      'review.unknown_criterion': 422,
      'review.unknown_level': 422,
      'review.marks_missing': 409,
      'score.released': 409,
    },
    ({ params, body, context: { actor } }) => review.checkWork(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.withdrawCheckRoute,
    { ...RUN, 'score.no_check': 404, 'score.released': 409 },
    ({ params, context: { actor } }) => review.withdrawCheck(db, actor, params, clock()),
  )
  serve(
    contract.overrideScoreRoute,
    { ...RUN, 'review.wrong_phase': 409, 'score.points_out_of_range': 422, 'score.reason_missing': 422 },
    ({ params, body, context: { actor } }) => review.overrideScore(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.withdrawOverrideRoute, { ...RUN, 'score.no_override': 404 }, ({ params, context: { actor } }) =>
    review.withdrawOverride(db, actor, params, clock()),
  )
  serve(
    contract.releaseGradesRoute,
    { ...RUN, 'score.not_final': 409, 'score.released': 409, 'score.appeals_end_passed': 422 },
    ({ params, body, context: { actor } }) => review.releaseGrades(db, actor, { ...params, ...body }, clock()),
  )
  serve(
    contract.releaseAnewRoute,
    {
      ...RUN,
      'score.not_final': 409,
      'score.released': 409,
      'score.not_released': 409,
      'score.changed_meanwhile': 409,
      'score.appeals_end_passed': 422,
    },
    ({ params, body, context: { actor } }) => review.releaseAnew(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.withdrawReleaseRoute, { ...RUN, 'score.not_released': 409 }, ({ params, context: { actor } }) =>
    review.withdrawRelease(db, actor, params, clock()),
  )
  serve(
    contract.answerAppealRoute,
    { ...RUN, 'appeal.not_open': 409, 'appeal.same_grade': 409, 'score.points_out_of_range': 422 },
    ({ params, body, context: { actor } }) => review.answerAppeal(db, actor, { ...params, ...body }, clock()),
  )

  serve(contract.myGradeRoute, MINE, ({ params, context: { actor } }) =>
    review.showMyGrade(db, actor, params.roundId, clock()),
  )
  serve(
    contract.raiseAppealRoute,
    {
      ...MINE,
      'appeal.not_released': 409,
      'appeal.too_late': 409,
      'appeal.no_grade': 409,
      'appeal.open_already': 409,
    },
    ({ params, body, context: { actor } }) => review.raiseAppeal(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.withdrawAppealRoute, { ...MINE, 'appeal.not_open': 409 }, ({ params, context: { actor } }) =>
    review.withdrawAppeal(db, actor, params),
  )
  return router
}
