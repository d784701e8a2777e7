import { decideCall, openCall, type CallDetails } from '@copractice/core/proposal'
import { mayAdminister, type Actor } from '@copractice/core/directory'
import { ok, refuse, type CallId, type RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '@copractice/store/database'
import { findCall, findCredential, insertCall, updateCall } from '@copractice/store/proposal'
import { administersRegion, audit, notFound } from '../directory/administrator.ts'

/** A coordinator calls their region; only the network's administrators call the whole of it. */
const mayCall = async (trx: Trx, actor: Actor, regionId: RegionId | null): Promise<boolean> =>
  regionId ? administersRegion(trx, actor, regionId) : mayAdminister(actor, { kind: 'network' })

async function decideDetails(trx: Trx, actor: Actor, details: CallDetails) {
  if (!(await mayCall(trx, actor, details.regionId))) return notFound()
  const decided = decideCall(details)
  if (!decided.ok) return decided
  const credentialId = details.credential ? await findCredential(trx, actor.networkId, details.credential) : null
  if (credentialId === undefined) return refuse('call.credential_unknown', { credential: details.credential })
  return ok({ ...details, credentialId })
}

/** A new call is a draft: nobody outside sees it until it is opened. */
export function createCall(db: Db, actor: Actor, details: CallDetails, now: Date) {
  return db.transaction().execute(async (trx) => {
    const decided = await decideDetails(trx, actor, details)
    if (!decided.ok) return decided
    const id = await insertCall(trx, actor.networkId, { ...decided.value, createdBy: actor.personId }, now)
    const facts = { name: details.title, regionId: details.regionId }
    await audit(trx, actor, { action: 'call.created', subject: `call:${id}`, facts }, now)
    return ok({ id })
  })
}

/** Proposals that were begun keep to the call as it is now: a later deadline helps them too. */
export function editCall(
  db: Db,
  actor: Actor,
  { callId, details }: Readonly<{ callId: CallId; details: CallDetails }>,
  now: Date,
) {
  return db.transaction().execute(async (trx) => {
    const found = await findCall(trx, actor.networkId, callId)
    if (!found || !(await mayCall(trx, actor, found.region?.id ?? null))) return notFound()
    const decided = await decideDetails(trx, actor, details)
    if (!decided.ok) return decided
    await updateCall(trx, actor.networkId, callId, decided.value)
    const facts = { name: details.title, regionId: details.regionId }
    await audit(trx, actor, { action: 'call.edited', subject: `call:${callId}`, facts }, now)
    return ok(undefined)
  })
}

export function setCallStatus(
  db: Db,
  actor: Actor,
  { callId, status }: Readonly<{ callId: CallId; status: 'open' | 'closed' }>,
  now: Date,
) {
  return db.transaction().execute(async (trx) => {
    const found = await findCall(trx, actor.networkId, callId)
    const regionId = found?.region?.id ?? null
    if (!found || !(await mayCall(trx, actor, regionId))) return notFound()
    const opening = status === 'open' ? openCall(found, now) : undefined
    if (opening && !opening.ok) return opening
    await updateCall(trx, actor.networkId, callId, { status })
    const action = status === 'open' ? 'call.opened' : 'call.closed'
    await audit(trx, actor, { action, subject: `call:${callId}`, facts: { name: found.title, regionId } }, now)
    return ok(undefined)
  })
}
