import type { Router } from 'express'
import { askClaimCode, claimInvitation, getClaim } from '@copractice/core/directory'
import { callerOf, routesFor, type StatusOf } from '@copractice/http'
import * as directory from '@copractice/services/directory'
import type { Db } from '@copractice/store/database'
import { sessionContext } from '../session-context.ts'

type Deps = Readonly<{ db: Db; clock: () => Date; secrets: readonly [string, ...string[]]; spaceUrl: string }>

const SHOW: StatusOf<typeof getClaim> = {
  'claim.not_launched': 403,
  'claim.test_person': 403,
  'claim.own_role': 403,
}
const ASK: StatusOf<typeof askClaimCode> = { ...SHOW, 'claim.already_yours': 409, 'claim.too_many': 429 }
const CLAIM: StatusOf<typeof claimInvitation> = {
  ...SHOW,
  'claim.code_wrong': 409,
  'claim.code_over': 410,
  'claim.holds_role': 409,
  'claim.same_lms': 409,
  'merge.both_hold': 409,
  'merge.review_each_other': 409,
}

/** An invitation by mail and the person of a launch become one, by a code that is typed. */
export function claimRoutes({ db, clock, secrets, spaceUrl }: Deps): Router {
  const { router, serve } = routesFor(sessionContext(db, clock))
  serve(getClaim, SHOW, ({ context }) => directory.showClaim(db, context, clock()))
  serve(askClaimCode, ASK, ({ context, body, req }) => {
    const asked = { email: body.email, networkAddress: callerOf(req) }
    return directory.askClaimCode({ db, secrets }, context, asked, clock())
  })
  serve(claimInvitation, CLAIM, ({ context, body }) =>
    directory.claimInvitation({ db, secrets, spaceUrl }, context, body.code, clock()),
  )
  return router
}
