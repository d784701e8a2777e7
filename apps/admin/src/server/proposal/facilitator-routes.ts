import type { Router } from 'express'
import * as contract from '@copractice/core/proposal'
import { ok } from '@copractice/core/kernel'
import { callerOf, routesFor } from '@copractice/http'
import { scopeOf } from '@copractice/services/directory'
import { allowUnprovedMail } from '@copractice/services/notice'
import * as proposal from '@copractice/services/proposal'
import type { Db } from '@copractice/store/database'
import { listFacilitators } from '@copractice/store/proposal'
import type { Administrators } from '../directory/administrator-of.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date; adminUrl: string; secret: string }>

const NOT_FOUND = { 'directory.not_found': 404 } as const

/** The pool and the pairing, for those who administer. */
export function facilitatorRoutes(deps: Deps): Router {
  const { db, administrators, clock } = deps
  const { router, serve } = routesFor(administrators.actorOf)

  serve(contract.listFacilitators, {}, async ({ context, query }) =>
    ok(await listFacilitators(db, scopeOf(context), query)),
  )
  const deciding = { ...NOT_FOUND, 'facilitator.not_waiting': 409, 'facilitator.needs_reason': 422 } as const
  serve(contract.decideFacilitator, deciding, ({ context, params, body }) =>
    proposal.decideFacilitator(deps, context, { ...params, ...body }, clock()),
  )
  serve(contract.suggestPairing, {}, ({ context }) => proposal.suggestPairing(db, context, clock()))
  serve(contract.explainPairing, NOT_FOUND, ({ context, params }) =>
    proposal.explainPairing(db, context, params.proposalId, clock()),
  )
  const offering = { ...NOT_FOUND, 'pairing.barred': 409, 'pairing.offered_already': 409 } as const
  serve(contract.offerPairing, offering, ({ context, body }) => proposal.offerPairing(deps, context, body, clock()))
  return router
}

/** One's own part: whoever offers to facilitate, and whoever writes a proposal that asks. */
export function consentRoutes(deps: Deps): Router {
  const { db, administrators, clock } = deps
  const { router, serve } = routesFor(administrators.writerOf)

  serve(contract.showFacilitating, {}, ({ context }) => proposal.showFacilitating(db, context))
  serve(contract.saveFacilitating, {}, ({ context, body }) => proposal.saveFacilitating(db, context, body, clock()))
  serve(contract.restFromFacilitating, { 'facilitator.not_in_pool': 409 }, ({ context, body }) =>
    proposal.restFromFacilitating(db, context, body.rests, clock()),
  )
  serve(contract.wishForProposal, NOT_FOUND, ({ context, params, body }) =>
    proposal.wishForProposal(db, context, { ...params, ...body }, clock()),
  )
  serve(
    contract.answerPairing,
    { ...NOT_FOUND, 'pairing.closed': 409, 'pairing.already_in': 409 },
    ({ context, params, body }) => proposal.answerPairing(db, context, { ...params, ...body }, clock()),
  )
  serve(contract.withdrawPairing, { ...NOT_FOUND, 'pairing.closed': 409 }, ({ context, params, body }) =>
    proposal.withdrawPairing(db, context, { ...params, ...body }, clock()),
  )
  serve(contract.showProposalPairing, NOT_FOUND, ({ context, params }) =>
    proposal.showProposalPairing(db, context, params.proposalId, clock()),
  )
  serve(contract.setPoolOpen, { ...NOT_FOUND, 'pairing.not_asked': 409 }, ({ context, params, body }) =>
    proposal.setPoolOpen(deps, context, { ...params, ...body }, clock()),
  )
  serve(contract.savePairingNeed, NOT_FOUND, ({ context, params, body }) =>
    proposal.saveNeed(db, context, { ...params, ...body }, clock()),
  )
  serve(contract.wishForFacilitator, NOT_FOUND, ({ context, params, body }) =>
    proposal.wishForFacilitator(db, context, { ...params, ...body }, clock()),
  )
  return router
}

/** The public form of whoever would facilitate: no sign-in, nothing of who else did. */
export function applyRoutes(deps: Deps): Router {
  const { db, clock, secret } = deps
  const { router, serve } = routesFor(async () => null)
  serve(contract.showApply, {}, ({ query }) => proposal.showApply(db, query.network, clock()))
  const applying = {
    'facilitator.network_unknown': 404,
    'facilitator.institution_unknown': 422,
    'facilitator.too_many': 429,
    'notice.too_many_mails': 429,
  } as const
  serve(contract.applyToFacilitate, applying, async ({ body, req }) => {
    const now = clock()
    const address = callerOf(req)
    const limited = await proposal.limitApplications(db, secret, { email: body.email, address, now })
    if (!limited.ok) return limited
    return proposal.applyPublicly({ ...deps, mailAllowed: allowUnprovedMail(secret, address) }, body, now)
  })
  return router
}
