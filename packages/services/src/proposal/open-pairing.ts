import { mayAdminister, type Actor } from '@copractice/core/directory'
import type { Trx } from '@copractice/store/database'
import { addressesOfAuthors, findProposal, listPairings, lockPairing, lockProposal } from '@copractice/store/proposal'
import { audit } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { openProposal } from './load-proposal.ts'
import { pairingMail } from './pairing-mail.ts'

/** An offer with what the actor is to it; undefined when it is nothing of theirs. */
export async function openPairing(trx: Trx, actor: Actor, id: string, now: Date) {
  const { networkId, personId } = actor
  await lockPairing(trx, networkId, id)
  const [found] = await listPairings(trx, networkId, { id })
  if (!found) return undefined
  const proposalId = found.proposal.id
  await lockProposal(trx, networkId, proposalId)
  // An author who was invited has opened the proposal by this.
  const proposal =
    (await openProposal(trx, actor, proposalId, now)) ?? (await findProposal(trx, networkId, proposalId, now))!
  const is = {
    facilitator: found.facilitator.id === personId,
    hosts: proposal.authorIds.includes(personId),
    coordinator: mayAdminister(actor, { kind: 'region', regionId: found.regionId }),
  }
  if (!is.facilitator && !is.hosts && !is.coordinator) return undefined
  return { found, proposal, is }
}

export type Opened = NonNullable<Awaited<ReturnType<typeof openPairing>>>

/** Writes to everybody concerned but who did it, and notes it. */
export async function tellPairing(
  trx: Trx,
  actor: Actor,
  { found }: Opened,
  told: { outcome: 'agreed' | 'declined' | 'withdrawn'; reason: string },
  now: Date,
) {
  const { networkId } = actor
  const { proposal, facilitator, email } = found
  const about = { title: proposal.title, facilitator: facilitator.name, reason: told.reason }
  const hosts = await addressesOfAuthors(trx, networkId, proposal.id)
  const everybody = [...(email ? [{ id: facilitator.id, name: facilitator.name, email }] : []), ...hosts]
  // Who did it knows; each address once.
  const others = [
    ...new Map(everybody.filter(({ id }) => id !== actor.personId).map((one) => [one.email, one])).values(),
  ]
  await queueMail(
    trx,
    others.map(({ name, email: to }) => ({ ...pairingMail(told.outcome, { ...about, name }), to, networkId })),
    now,
  )
  const facts = { name: proposal.title, person: facilitator.name, reason: told.reason, regionId: found.regionId }
  await audit(trx, actor, { action: `pairing.${told.outcome}`, subject: `proposal:${proposal.id}`, facts }, now)
}
