import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type HelpRequestId, type ProposalId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import {
  addressesOfAuthors,
  addressesOfCoordinators,
  answerHelpRequest,
  insertHelpRequest,
} from '@copractice/store/proposal'
import { audit, notFound } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { holdProposal } from './load-proposal.ts'
import { helpAnsweredMail, helpAskedMail } from './proposal-mail.ts'

type Deps = Readonly<{ db: Db; adminUrl: string }>

/** A question to the coordinators, who read the draft until they have answered. One waits at a time. */
export function askForHelp(
  { db, adminUrl }: Deps,
  actor: Actor,
  { proposalId, text }: Readonly<{ proposalId: ProposalId; text: string }>,
  now: Date,
) {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId } = actor
    const found = await holdProposal(trx, actor, proposalId, now)
    if (!found?.access.askHelp) return notFound()
    if (found.asksHelp) return refuse('proposal.help_waiting', {})
    const id = await insertHelpRequest(trx, { networkId, proposalId, by: personId, text }, now)
    const mail = helpAskedMail({ title: found.body.title, text, adminUrl, proposalId })
    const coordinators = await addressesOfCoordinators(trx, networkId, found.regionId)
    await queueMail(
      trx,
      coordinators.map(({ email }) => ({ ...mail, to: email, networkId })),
      now,
    )
    const facts = { name: found.body.title, regionId: found.regionId }
    await audit(trx, actor, { action: 'proposal.help_asked', subject: `proposal:${proposalId}`, facts }, now)
    return ok({ id })
  })
}

type Answer = Readonly<{ proposalId: ProposalId; helpRequestId: HelpRequestId; text: string }>

/** The first answer counts; everyone who writes gets it by mail too. */
export function answerHelp({ db, adminUrl }: Deps, actor: Actor, answer: Answer, now: Date) {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId: by } = actor
    const { proposalId, helpRequestId: id, text } = answer
    const found = await holdProposal(trx, actor, proposalId, now)
    if (!found?.access.answerHelp) return notFound()
    if (!(await answerHelpRequest(trx, { networkId, proposalId, id, by, text }, now)))
      return refuse('proposal.answered', {})
    const mail = helpAnsweredMail({ title: found.body.title, text, adminUrl, proposalId })
    const authors = await addressesOfAuthors(trx, networkId, proposalId)
    await queueMail(
      trx,
      authors.map(({ email }) => ({ ...mail, to: email, networkId })),
      now,
    )
    const facts = { name: found.body.title, regionId: found.regionId }
    await audit(trx, actor, { action: 'proposal.help_answered', subject: `proposal:${proposalId}`, facts }, now)
    return ok(undefined)
  })
}
