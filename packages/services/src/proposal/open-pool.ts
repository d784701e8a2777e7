import { poolAccess } from '@copractice/core/proposal'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ProposalId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { addressesOfAuthors, isPoolOpen, savePoolOpen } from '@copractice/store/proposal'
import { audit, notFound } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { holdProposal } from './load-proposal.ts'
import { poolOpenedMail } from './pairing-mail.ts'

type Deps = Readonly<{ db: Db; adminUrl: string }>
type Setting = Readonly<{ proposalId: ProposalId; isOpen: boolean }>

/**
 * A coordinator opens the pool to those who write a proposal that asks, who get a mail, or closes it again. Refuses
 * `pairing.not_asked` for one that does not ask. Done before, it does nothing.
 */
export function setPoolOpen({ db, adminUrl }: Deps, actor: Actor, { proposalId, isOpen }: Setting, now: Date) {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId } = actor
    const found = await holdProposal(trx, actor, proposalId, now)
    if (!found?.access.answerHelp) return notFound()
    const at = { networkId, proposalId }
    const { facilitation, title } = found.body
    const asking = { status: found.status, facilitation, isPoolOpen: await isPoolOpen(trx, at) }
    if (!poolAccess(found.access, asking).openPool) return refuse('pairing.not_asked', {})
    if (!(await savePoolOpen(trx, at, isOpen ? personId : null, now))) return ok(undefined)
    const authors = isOpen ? await addressesOfAuthors(trx, networkId, proposalId) : []
    await queueMail(
      trx,
      authors.map(({ name, email }) => {
        const mail = poolOpenedMail({ title, name, url: `${adminUrl}/proposals/${proposalId}/pairing` })
        return { ...mail, to: email, networkId }
      }),
      now,
    )
    const action = isOpen ? 'pairing.pool_opened' : 'pairing.pool_closed'
    const facts = { name: title, regionId: found.regionId }
    await audit(trx, actor, { action, subject: `proposal:${proposalId}`, facts }, now)
    return ok(undefined)
  })
}
