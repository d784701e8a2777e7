import { checkProposal, submitProposal as decide } from '@copractice/core/proposal'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ProposalId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { addressesOfCoordinators, insertProposalEvent, moveProposal } from '@copractice/store/proposal'
import { audit, notFound } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { holdProposal, loadJudging } from './load-proposal.ts'
import { sentMail } from './proposal-mail.ts'

type Deps = Readonly<{ db: Db; adminUrl: string }>
type Sending = Readonly<{ proposalId: ProposalId; basedOn: number; text: string }>

/** Sends the draft that was read, or sends it again, with a mail to the coordinators of its region. */
export function submitProposal({ db, adminUrl }: Deps, actor: Actor, sending: Sending, now: Date) {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId } = actor
    const { proposalId, basedOn, text } = sending
    const found = await holdProposal(trx, actor, proposalId, now)
    if (!found?.access.isAuthor) return notFound()
    const { body, context, call } = await loadJudging(trx, networkId, { ...found, isDeciding: false }, now)
    const findings = [...checkProposal(body, context)]
    const decided = decide({ status: found.status, call: call ?? null, findings, reason: text }, now)
    if (!decided.ok) return decided
    if (found.version !== basedOn) return refuse('proposal.changed_meanwhile', { version: found.version })

    const at = { networkId, proposalId }
    await moveProposal(trx, at, { status: 'submitted', submittedAt: now })
    await insertProposalEvent(trx, { ...at, by: personId, kind: decided.value, text, findings }, now)
    const { title } = found.body
    const mail = sentMail({ title, hosts: found.hosts, isAgain: decided.value === 'resubmitted', adminUrl, proposalId })
    const coordinators = await addressesOfCoordinators(trx, networkId, found.regionId)
    await queueMail(
      trx,
      coordinators.map(({ email }) => ({ ...mail, to: email, networkId })),
      now,
    )
    const facts = { name: title, regionId: found.regionId, accepted: findings.map(({ code }) => code), reason: text }
    await audit(trx, actor, { action: `proposal.${decided.value}`, subject: `proposal:${proposalId}`, facts }, now)
    return ok(undefined)
  })
}

/** Its authors take it back, until it is decided on. What was written stays readable to them. */
export function withdrawProposal(
  db: Db,
  actor: Actor,
  { proposalId, text }: Readonly<{ proposalId: ProposalId; text: string }>,
  now: Date,
) {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId } = actor
    const found = await holdProposal(trx, actor, proposalId, now)
    if (!found?.access.isAuthor) return notFound()
    if (!found.access.withdraw) return refuse('proposal.decided', { status: found.status })
    const at = { networkId, proposalId }
    await moveProposal(trx, at, { status: 'withdrawn' })
    await insertProposalEvent(trx, { ...at, by: personId, kind: 'withdrawn', text }, now)
    const facts = { name: found.body.title, regionId: found.regionId }
    await audit(trx, actor, { action: 'proposal.withdrawn', subject: `proposal:${proposalId}`, facts }, now)
    return ok(undefined)
  })
}
