import { decideWithdrawal } from '@copractice/core/proposal'
import type { Actor } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import type { Db, Trx } from '@copractice/store/database'
import { closePairing, endFacilitating, saveProposal } from '@copractice/store/proposal'
import { notFound } from '../directory/administrator.ts'
import { openPairing, tellPairing, type Opened } from './open-pairing.ts'

/** Taken back by a coordinator or either side, also after it was agreed: the facilitator is the proposal's no more. */
export function withdrawPairing(
  db: Db,
  actor: Actor,
  { pairingId, reason }: Readonly<{ pairingId: string; reason: string }>,
  now: Date,
) {
  return db.transaction().execute(async (trx) => {
    const opened = await openPairing(trx, actor, pairingId, now)
    if (!opened) return notFound()
    const decided = decideWithdrawal(opened.found)
    if (!decided.ok) return decided
    await closePairing(trx, actor.networkId, { id: pairingId, by: actor.personId, reason }, now)
    if (opened.found.status === 'agreed') await undoAgreed(trx, actor, opened, now)
    await tellPairing(trx, actor, opened, { outcome: 'withdrawn', reason }, now)
    return ok(undefined)
  })
}

async function undoAgreed(trx: Trx, actor: Actor, { proposal, found }: Opened, now: Date): Promise<void> {
  const { networkId } = actor
  const personId = found.facilitator.id
  const body = { ...proposal.body, facilitators: proposal.body.facilitators.filter((id) => id !== personId) }
  const hosts = proposal.hosts.map(({ id }) => id)
  const saving = { networkId, proposalId: proposal.id, basedOn: proposal.version, body, hosts, savedBy: actor.personId }
  await saveProposal(trx, saving, now)
  await endFacilitating(trx, { networkId, proposalId: proposal.id, personId }, found.id)
}
