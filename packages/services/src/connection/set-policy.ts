import { addressesElsewhere, type LaunchPolicy } from '@copractice/core/connection'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type InstitutionId, type NetworkId, type PersonId, type PlatformId } from '@copractice/core/kernel'
import {
  findConnection,
  saveConfirmedAddresses,
  updateLaunchPolicy,
  type ConnectionFound,
} from '@copractice/store/connection'
import type { Db, Trx } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import { closeCircuit } from '@copractice/store/gradebook'
import { audit, notFound } from '../directory/administrator.ts'
import { mayAdministerConnections } from './administer-connections.ts'

type One = Readonly<{ institutionId: InstitutionId; platformId: PlatformId }>
type Choice = { readonly [name in keyof LaunchPolicy]?: LaunchPolicy[name] | undefined }

/** What becomes of launches that the specifications leave open, for one LMS, from now on. */
export function setLaunchPolicy(
  db: Db,
  actor: Actor,
  { institutionId, platformId, ...choice }: One & Choice,
  now: Date,
) {
  const at = { networkId: actor.networkId, platformId }
  return db.transaction().execute(async (trx) => {
    const found = await findConnection(trx, at)
    const isTheirs = found?.institutionId === institutionId
    if (!isTheirs || !(await mayAdministerConnections(trx, actor, institutionId, now))) return notFound()
    return ok(await keepPolicy(trx, { ...at, by: actor.personId }, found, choice, now))
  })
}

type At = Readonly<{ networkId: NetworkId; platformId: PlatformId }>

/** The same by an operator at the command line, who may; undefined when there is no such connection. */
export function setPolicyAsOperator(db: Db, at: At, choice: Choice, now: Date): Promise<LaunchPolicy | undefined> {
  return db.transaction().execute(async (trx) => {
    const found = await findConnection(trx, at)
    return found && keepPolicy(trx, { ...at, by: null }, found, choice, now)
  })
}

async function keepPolicy(
  trx: Trx,
  { by, ...at }: At & Readonly<{ by: PersonId | null }>,
  { institutionId, issuer, unknownDeployments, anonymousLaunches }: ConnectionFound,
  choice: Choice,
  now: Date,
): Promise<LaunchPolicy> {
  const policy = await updateLaunchPolicy(trx, at, choice)
  const before = { deploymentsBefore: unknownDeployments, anonymousBefore: anonymousLaunches }
  const isSame = policy.unknownDeployments === unknownDeployments && policy.anonymousLaunches === anonymousLaunches
  if (isSame) return policy
  await insertAuditEntry(trx, {
    networkId: at.networkId,
    at: now,
    actorId: by,
    action: 'connection.policy_set',
    subject: `platform:${at.platformId}`,
    facts: { institutionId, issuer, ...policy, ...before },
  })
  return policy
}

type Confirmed = One & Readonly<{ addresses: readonly string[] }>

/**
 * Stands for addresses of an LMS outside its issuer's host. Refuses `connection.addresses_changed` when they are not
 * among those that the connection has now: what somebody saw is what they answer for. Scores that waited for it go on.
 */
export function confirmAddresses(db: Db, actor: Actor, { institutionId, platformId, addresses }: Confirmed, now: Date) {
  const at = { networkId: actor.networkId, platformId }
  return db.transaction().execute(async (trx) => {
    const found = await findConnection(trx, at)
    const isTheirs = found?.institutionId === institutionId
    if (!isTheirs || !(await mayAdministerConnections(trx, actor, institutionId, now))) return notFound()
    const elsewhere = addressesElsewhere(found).flatMap((name) => found[name] ?? [])
    if (!addresses.every((address) => elsewhere.includes(address))) return refuse('connection.addresses_changed', {})
    const kept = elsewhere.filter((each) => found.confirmedAddresses.includes(each) || addresses.includes(each))
    await saveConfirmedAddresses(trx, at, [...new Set(kept)])
    await closeCircuit(trx, at)
    const facts = { institutionId, issuer: found.issuer, addresses: addresses.join(', ') }
    await audit(trx, actor, { action: 'connection.addresses_confirmed', subject: `platform:${platformId}`, facts }, now)
    return ok(undefined)
  })
}
