import type { Request, Router } from 'express'
import * as contract from '@copractice/core/proposal'
import { ok } from '@copractice/core/kernel'
import { callerOf, routesFor } from '@copractice/http'
import { scopeOf } from '@copractice/services/directory'
import { allowUnprovedMail } from '@copractice/services/notice'
import * as proposal from '@copractice/services/proposal'
import type { Db } from '@copractice/store/database'
import { listCalls, listHelpWaiting, listProposals } from '@copractice/store/proposal'
import type { Administrators } from '../directory/administrator-of.ts'

type Deps = Readonly<{
  db: Db
  administrators: Administrators
  clock: () => Date
  adminUrl: string
  spaceUrl: string
  secret: string
}>

const NOT_FOUND = { 'directory.not_found': 404 } as const
const CALLING = {
  ...NOT_FOUND,
  'call.credential_unknown': 422,
  'call.closes_before_opens': 422,
  'call.deadline_early': 422,
} as const

/** Calls, and what only administrators do with proposals: begin one for an institution, and answer questions. */
export function callRoutes({ db, administrators, clock }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)

  serve(contract.listCalls, {}, async ({ context, query }) => ok(await listCalls(db, scopeOf(context), query, clock())))
  serve(contract.createCall, CALLING, ({ context, body }) => proposal.createCall(db, context, body, clock()))
  serve(contract.editCall, CALLING, ({ context, params, body }) =>
    proposal.editCall(db, context, { ...params, details: body }, clock()),
  )
  serve(contract.setCallStatus, { ...NOT_FOUND, 'call.over': 409 }, ({ context, params, body }) =>
    proposal.setCallStatus(db, context, { ...params, ...body }, clock()),
  )
  serve(contract.startProposal, { ...NOT_FOUND, 'call.closed': 409 }, ({ context, body }) =>
    proposal.startProposal(db, context, body, clock()),
  )
  serve(contract.listHelpRequests, {}, async ({ context, query }) =>
    ok(await listHelpWaiting(db, scopeOf(context), query)),
  )
  return router
}

/** Proposals, for those who write them and those who decide on them; `proposalAccess` says who may do what. */
export function proposalRoutes(deps: Deps): Router {
  const { db, administrators, clock, secret } = deps
  const { router, serve } = routesFor(administrators.writerOf)
  const mailing = (req: Request) => ({ ...deps, mailAllowed: allowUnprovedMail(secret, callerOf(req)) })

  serve(contract.listProposals, {}, async ({ context, query }) =>
    ok(await listProposals(db, { ...scopeOf(context), personId: context.personId }, query, clock())),
  )
  serve(contract.showProposal, NOT_FOUND, ({ context, params }) =>
    proposal.showProposal(db, context, params.proposalId, clock()),
  )
  serve(contract.openInvitation, NOT_FOUND, ({ context, params }) =>
    proposal.openInvitation(db, context, params.proposalId, clock()),
  )
  serve(contract.proposalChoices, NOT_FOUND, ({ context, params }) =>
    proposal.proposalChoices(db, context, params.proposalId, clock()),
  )

  const writing = { ...NOT_FOUND, 'proposal.not_open': 409, 'proposal.institution_unknown': 422 } as const
  serve(
    contract.saveDraft,
    { ...writing, 'proposal.changed_meanwhile': 409, 'proposal.person_unknown': 422 },
    ({ context, params, body }) => proposal.saveDraft(db, context, { ...params, ...body }, clock()),
  )
  serve(
    contract.addAuthor,
    {
      ...writing,
      'proposal.already_author': 409,
      'proposal.too_many_authors': 409,
      'notice.too_many_mails': 429,
    },
    ({ context, params, body, req }) => proposal.addAuthor(mailing(req), context, { ...params, ...body }, clock()),
  )

  const judging = {
    ...NOT_FOUND,
    'proposal.changed_meanwhile': 409,
    'proposal.blocked': 409,
    'proposal.needs_reason': 409,
  } as const
  serve(
    contract.submitProposalRoute,
    { ...judging, 'proposal.not_open': 409, 'call.closed': 409 },
    ({ context, params, body }) => proposal.submitProposal(deps, context, { ...params, ...body }, clock()),
  )
  serve(
    contract.decideProposalRoute,
    { ...judging, 'proposal.not_waiting': 409, 'cohort.name_taken': 409, 'cohort.blocked': 409 },
    ({ context, params, body }) => proposal.decideProposal(deps, context, { ...params, ...body }, clock()),
  )
  serve(contract.withdrawProposal, { ...NOT_FOUND, 'proposal.decided': 409 }, ({ context, params, body }) =>
    proposal.withdrawProposal(db, context, { ...params, ...body }, clock()),
  )

  serve(contract.askForHelp, { ...NOT_FOUND, 'proposal.help_waiting': 409 }, ({ context, params, body }) =>
    proposal.askForHelp(deps, context, { ...params, ...body }, clock()),
  )
  serve(contract.answerHelp, { ...NOT_FOUND, 'proposal.answered': 409 }, ({ context, params, body }) =>
    proposal.answerHelp(deps, context, { ...params, ...body }, clock()),
  )
  serve(contract.askForStarterKit, NOT_FOUND, ({ context, params }) =>
    proposal.askForStarterKit(deps, context, params.proposalId, clock()),
  )
  serve(contract.downloadStarterKit, NOT_FOUND, async ({ context, params, res }) => {
    const packed = await proposal.packStarterKit(db, context, params.proposalId, clock())
    if (!packed.ok) return packed
    res.attachment(packed.value.fileName).type('application/zip')
    res.end(packed.value.bytes)
    return ok('')
  })
  return router
}
