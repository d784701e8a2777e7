import type { SpaceSession } from '@copractice/core/directory'
import * as contract from '@copractice/core/review'
import type { routesFor } from '@copractice/http'
import * as review from '@copractice/services/review'
import type { ReviewDeps } from './routes.ts'

const RUN = { 'review.not_found': 404, 'review.instructors_only': 403 } as const
const CHANGE = { ...RUN, 'review.wrong_phase': 409, 'review.people_changed': 409 } as const

type Serve = ReturnType<typeof routesFor<SpaceSession>>['serve']

const FITS = { 'review.unknown_criterion': 422, 'review.unknown_level': 422, 'review.marks_missing': 409 } as const

/** Teams as authors, and exemplars that everybody marks. */
export function teamRoutes({ db, storage, clock }: ReviewDeps, serve: Serve): void {
  serve(contract.listTeamsRoute, RUN, ({ params, context: { actor } }) => review.showTeams(db, actor, params.roundId))
  serve(
    contract.setTeamsRoute,
    {
      ...RUN,
      'review.wrong_phase': 409,
      'team.not_own_learner': 422,
      'team.person_twice': 422,
      'team.too_small': 422,
      'team.name_taken': 409,
      'team.has_work': 409,
      'team.member_has_work': 409,
    },
    ({ params, body, context: { actor } }) => review.setTeams(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.myTeamRoute, { 'review.not_found': 404 }, ({ params, context: { actor } }) =>
    review.showMyTeam(db, actor, params.roundId),
  )
  serve(contract.listExemplarsRoute, RUN, ({ params, context: { actor } }) =>
    review.showExemplars(db, actor, params.roundId),
  )
  serve(
    contract.addExemplarRoute,
    { ...RUN, ...FITS, 'review.wrong_phase': 409 },
    ({ params, body, context: { actor } }) => review.addExemplar(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.removeExemplarRoute, { ...RUN, 'exemplar.marked': 409 }, ({ params, context: { actor } }) =>
    review.removeExemplar({ db, storage }, actor, params.exemplarId, clock()),
  )
  serve(contract.myExemplarsRoute, { 'review.not_found': 404 }, ({ params, context: { actor } }) =>
    review.showMyExemplars(db, actor, params.roundId),
  )
  serve(contract.showExemplarRoute, { 'review.not_found': 404 }, ({ params, context: { actor } }) =>
    review.showExemplar(db, actor, params.exemplarId),
  )
  serve(
    contract.markExemplarRoute,
    { ...FITS, 'review.not_found': 404, 'review.wrong_phase': 409, 'review.already_filed': 409 },
    ({ params, body, context: { actor } }) => review.markExemplar(db, actor, { ...params, ...body }, clock()),
  )
}

/** Pairings while reviews are written: one changed by hand, what is missing handed out again, who is away. */
export function pairingRoutes({ db, clock }: ReviewDeps, serve: Serve): void {
  serve(
    contract.changePairingRoute,
    { ...CHANGE, 'review.pairing_refused': 409 },
    ({ params, body, context: { actor } }) => review.changePairing(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.repairRoute, CHANGE, ({ params, body, context: { actor } }) =>
    review.repairRound(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.attendanceRoute, RUN, ({ params, context: { actor } }) =>
    review.showAttendance(db, actor, params.roundId, clock()),
  )
}
