import type { Actor } from '@copractice/core/directory'
import { ok, type ProposalId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { notFound } from '../directory/administrator.ts'
import { holdProposal } from './load-proposal.ts'

/** An author whom another invited opens the proposal: from then on the others see who they are. Opened before, nothing happens. */
export function openInvitation(db: Db, actor: Actor, proposalId: ProposalId, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await holdProposal(trx, actor, proposalId, now)
    return found?.access.isAuthor ? ok(undefined) : notFound()
  })
}
