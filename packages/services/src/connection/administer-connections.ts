import type { Actor, ConnectionShown, OpenInvite } from '@copractice/core/directory'
import { ok, type InstitutionId, type PlatformId } from '@copractice/core/kernel'
import {
  findPlatformInstitution,
  listConnections as readConnections,
  listOpenInvites as readInvites,
  updatePlatformStatus,
} from '@copractice/store/connection'
import type { Db, Trx } from '@copractice/store/database'
import { findInstitution } from '@copractice/store/directory'
import { closeCircuit } from '@copractice/store/gradebook'
import { administers, audit, notFound, scopeOf } from '../directory/administrator.ts'
import { createRegistrationInvite } from './create-registration-invite.ts'
import { registerPlatform, type PlatformToRegister } from './register-platform.ts'

/** The institution's LMSs, as someone whose reach it lies in sees them. */
export async function listConnections(db: Db, actor: Actor, institutionId: InstitutionId, now: Date) {
  if (!(await mayReadConnections(db, actor, institutionId, now))) return notFound()
  const connections: ConnectionShown[] = await readConnections(db, actor.networkId, institutionId, now)
  return ok(connections)
}

/** The invites of the institution that still hold, and what came of them so far. */
export async function listOpenInvites(db: Db, actor: Actor, institutionId: InstitutionId, now: Date) {
  if (!(await mayReadConnections(db, actor, institutionId, now))) return notFound()
  const invites: OpenInvite[] = await readInvites(db, { networkId: actor.networkId, institutionId }, now)
  return ok(invites)
}

type Invited = Readonly<{ institutionId: InstitutionId; spaceUrl: string }>

export async function inviteLmsAdministrator(db: Db, actor: Actor, { institutionId, spaceUrl }: Invited, now: Date) {
  if (!(await mayAdministerConnections(db, actor, institutionId, now))) return notFound()
  const { networkId, personId: by } = actor
  return ok(await createRegistrationInvite(db, { networkId, institutionId, by, spaceUrl }, now))
}

type Added = Pick<PlatformToRegister, 'institutionId' | 'details' | 'deploymentId'>

export async function addConnection(db: Db, actor: Actor, added: Added, now: Date) {
  if (!(await mayAdministerConnections(db, actor, added.institutionId, now))) return notFound()
  return registerPlatform(db, { ...added, networkId: actor.networkId, by: actor.personId }, now)
}

type Switched = Readonly<{ institutionId: InstitutionId; platformId: PlatformId; status: 'active' | 'disabled' }>

/** `active` confirms a parked connection, with what was deployed meanwhile, or switches a disabled one on again: scores that waited for it go on. */
export function setConnectionStatus(db: Db, actor: Actor, switched: Switched, now: Date) {
  const { institutionId, platformId, status } = switched
  const { networkId } = actor
  return db.transaction().execute(async (trx) => {
    const isTheirs = (await findPlatformInstitution(trx, networkId, platformId)) === institutionId
    if (!isTheirs || !(await mayAdministerConnections(trx, actor, institutionId, now))) return notFound()
    await updatePlatformStatus(trx, networkId, platformId, status)
    if (status === 'active') await closeCircuit(trx, { networkId, platformId })
    const action = status === 'active' ? 'connection.switched_on' : 'connection.switched_off'
    await audit(trx, actor, { action, subject: `platform:${platformId}`, facts: { institutionId } }, now)
    return ok(undefined)
  })
}

/** Whether the institution is in the actor's reach: support reads what administrators keep. */
export const mayReadConnections = async (db: Db | Trx, actor: Actor, institutionId: InstitutionId, now: Date) =>
  (await findInstitution(db, scopeOf(actor), institutionId, now)) !== undefined

/** Whether the institution is in the actor's reach, and its LMS connections theirs to keep. */
export async function mayAdministerConnections(
  db: Db | Trx,
  actor: Actor,
  institutionId: InstitutionId,
  now: Date,
): Promise<boolean> {
  const found = await findInstitution(db, scopeOf(actor), institutionId, now)
  if (!found) return false
  return administers(actor, { kind: 'connection', institutionId, regionId: found.region?.id ?? null })
}
