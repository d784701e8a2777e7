import type { SpaceSession } from '@copractice/core/directory'
import * as contract from '@copractice/core/review'
import type { routesFor } from '@copractice/http'
import * as review from '@copractice/services/review'
import type { ReviewDeps } from './routes.ts'

const RUN = { 'review.not_found': 404, 'review.instructors_only': 403 } as const
const CHANGE = { ...RUN, 'review.wrong_phase': 409, 'review.people_changed': 409 } as const

type Serve = ReturnType<typeof routesFor<SpaceSession>>['serve']

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
