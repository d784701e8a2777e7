import { callState, emptyBody } from '@copractice/core/proposal'
import { grantsToChange, type Actor } from '@copractice/core/directory'
import { ok, refuse, type CallId, type InstitutionId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { findCall, findHome, firstRegion, insertProposal } from '@copractice/store/proposal'
import { audit, notFound } from '../directory/administrator.ts'

type Starting = Readonly<{ callId: CallId | null; institutionId: InstitutionId }>

/**
 * A draft of somebody who administers something, in the region of the institution that hosts it. Others begin on the
 * public page, where an address is proved first.
 */
export function startProposal(db: Db, actor: Actor, { callId, institutionId }: Starting, now: Date) {
  return db.transaction().execute(async (trx) => {
    if (!grantsToChange(actor.grants).length) return notFound()
    const { networkId, personId } = actor
    const home = await findHome(trx, networkId, institutionId)
    const call = callId ? await findCall(trx, networkId, callId) : undefined
    if (!home || (callId && !call)) return notFound()
    if (call && callState(call, now) !== 'open') return refuse('call.closed', { title: call.title })
    const regionId = call?.region?.id ?? home.regionId ?? (await firstRegion(trx, networkId))
    if (!regionId) return notFound()
    const body = { ...emptyBody(home.timeZone), area: call?.credential?.name ?? '' }
    const id = await insertProposal(
      trx,
      { networkId, callId, regionId, body, hosts: [institutionId], authorId: personId },
      now,
    )
    const facts = { name: home.name, regionId }
    await audit(trx, actor, { action: 'proposal.started', subject: `proposal:${id}`, facts }, now)
    return ok({ id })
  })
}
