import { pairKey, suggestPairings, type PairingReason } from '@copractice/core/proposal'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type PersonId, type ProposalId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { addressesOfAuthors, insertPairing, lockProposal, savePoolOpen } from '@copractice/store/proposal'
import { audit, notFound, scopeOf } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { loadPairing } from './load-pairing.ts'
import { offeredMail } from './pairing-mail.ts'

type Deps = Readonly<{ db: Db; adminUrl: string }>

/** Reasons as a mail says them; points are nobody's business there. */
function inWords(reasons: readonly PairingReason[]): string[] {
  return reasons.flatMap((reason) => {
    switch (reason.code) {
      case 'pairing.facilitator_wish':
        return ['the facilitator would gladly do it']
      case 'pairing.host_wish':
        return ['the hosts would gladly have them']
      case 'pairing.area':
        return [`both are about ${reason.facts.area}`]
      case 'pairing.availability':
        return [`free at ${reason.facts.free} of ${reason.facts.meetings} meetings`]
      case 'pairing.language':
        return [`a language in common: ${reason.facts.languages.join(', ')}`]
      case 'pairing.other_campus':
        return ['it brings another campus in']
      case 'pairing.zone':
        return reason.facts.hours === 0 ? ['the same clock'] : []
    }
  })
}

type Offering = Readonly<{ proposalId: ProposalId; personId: PersonId }>

/** Offers a pair that no bar forbids to both sides, who are written to. Nothing is agreed by it. */
export function offerPairing({ db, adminUrl }: Deps, actor: Actor, { proposalId, personId }: Offering, now: Date) {
  return db.transaction().execute(async (trx) => {
    const { networkId } = actor
    await lockProposal(trx, networkId, proposalId)
    const { asking, pool, problem } = await loadPairing(trx, scopeOf(actor), { proposalId })
    const proposal = asking[0]
    const facilitator = pool.find((one) => one.personId === personId)
    if (!proposal || !facilitator) return notFound()
    const open = proposal.pairings.find(
      (one) => one.personId === personId && ['offered', 'agreed'].includes(one.status),
    )
    if (open) return refuse('pairing.offered_already', { status: open.status })
    const { weighed } = suggestPairings(problem, now)
    const { bars, reasons } = weighed.get(pairKey({ facilitatorId: personId, proposalId }))!
    if (bars.length) return refuse('pairing.barred', { bars })
    const id = await insertPairing(trx, { networkId, proposalId, personId, reasons, by: actor.personId }, now)
    if (!id) return refuse('pairing.offered_already', {})
    // Pairing has begun: from now on those who write it may say whom else they would have.
    await savePoolOpen(trx, { networkId, proposalId }, actor.personId, now)

    const about = { title: proposal.body.title, facilitator: facilitator.name, why: inWords(reasons) }
    const url = `${adminUrl}/facilitating`
    const hostsUrl = `${adminUrl}/proposals/${proposalId}/pairing`
    const hosts = await addressesOfAuthors(trx, networkId, proposalId)
    const mails = [
      ...(facilitator.email
        ? [
            {
              ...offeredMail('facilitator', { ...about, name: facilitator.name, url }),
              to: facilitator.email,
              networkId,
            },
          ]
        : []),
      ...hosts.map(({ name, email }) => ({
        ...offeredMail('hosts', { ...about, name, url: hostsUrl }),
        to: email,
        networkId,
      })),
    ]
    await queueMail(trx, mails, now)
    const facts = { name: proposal.body.title, person: facilitator.name, regionId: proposal.regionId }
    await audit(trx, actor, { action: 'pairing.offered', subject: `proposal:${proposalId}`, facts }, now)
    return ok({ id })
  })
}
