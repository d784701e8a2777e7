import { sql } from 'kysely'
import type { InstitutionId, NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import type { ConnectionStatus } from './table.ts'

/** A platform as logins and launches need it. */
export type LaunchingPlatform = Readonly<{
  networkId: NetworkId
  institutionId: InstitutionId
  platformId: PlatformId
  profile: 'canvas' | 'moodle' | 'other'
  issuer: string
  clientId: string
  authorizationEndpoint: string
  jwksUri: string
  status: ConnectionStatus
}>

export type NewLogin = Readonly<{
  stateHash: Uint8Array
  nonce: string
  browserHash: Uint8Array
  targetLinkUri: string
  deploymentId: string | null
  storageTarget: string | null
  expiresAt: Date
}>

const PLATFORM_COLUMNS = sql.raw(`
  p.network_id as "networkId", p.institution_id as "institutionId", p.id as "platformId", p.profile, p.issuer,
  p.client_id as "clientId", p.authorization_endpoint as "authorizationEndpoint", p.jwks_uri as "jwksUri", p.status`)

/**
 * Finds who asks to log in and remembers the login, in one statement. The login is kept only when exactly one platform
 * answers to issuer (and client id, where it was told) and is active; all that answer are returned, at most two. No
 * network: the platform is what tells it.
 */
export async function openLogin(
  db: Db | Trx,
  from: Readonly<{ issuer: string; clientId: string | null }>,
  login: NewLogin,
): Promise<readonly LaunchingPlatform[]> {
  const { rows } = await sql<LaunchingPlatform>`/* prepare */
    with p as (
      select * from lti_platform
      where issuer = ${from.issuer} and (${from.clientId}::text is null or client_id = ${from.clientId})
      limit 2
    ), remembered as (
      insert into lti_login
        (state_hash, network_id, platform_id, nonce, browser_hash, target_link_uri, deployment_id, storage_target, expires_at)
      select ${login.stateHash}::bytea, network_id, id, ${login.nonce}, ${login.browserHash}::bytea, ${login.targetLinkUri},
        ${login.deploymentId}, ${login.storageTarget}, ${login.expiresAt}::timestamptz
      from p where status = 'active' and (select count(*) from p) = 1
    )
    select ${PLATFORM_COLUMNS} from p`.execute(db)
  return rows
}

export type RememberedLogin = LaunchingPlatform &
  Readonly<{
    nonce: string
    targetLinkUri: string
    loginDeploymentId: string | null
    storageTarget: string | null
    /** Of the deployment that the message names; null when we do not know it. */
    deploymentStatus: ConnectionStatus | null
  }>

type Claim = Readonly<{
  stateHash: Uint8Array
  /** Of everything the browser gave back; none when it gave nothing. */
  browserHashes: readonly Uint8Array[]
  /** As the message claims it, not yet verified: it only chooses which deployment is looked up. */
  deploymentId: string | null
}>

/**
 * Uses a login up: of any number of launches with its state exactly one gets the row, and only from the browser that
 * began it. Undefined for everyone else.
 */
export async function consumeLogin(db: Db | Trx, claim: Claim, now: Date): Promise<RememberedLogin | undefined> {
  if (!claim.browserHashes.length) return undefined
  const { rows } = await sql<RememberedLogin>`/* prepare */
    with l as (
      delete from lti_login
      where state_hash = ${claim.stateHash} and browser_hash in (${sql.join(claim.browserHashes)}) and expires_at > ${now}
      returning *
    )
    select ${PLATFORM_COLUMNS}, l.nonce, l.target_link_uri as "targetLinkUri", l.deployment_id as "loginDeploymentId",
      l.storage_target as "storageTarget", d.status as "deploymentStatus"
    from l
    join lti_platform p on p.network_id = l.network_id and p.id = l.platform_id
    left join lti_deployment d on d.network_id = p.network_id and d.platform_id = p.id
      and d.deployment_id = ${claim.deploymentId}`.execute(db)
  return rows[0]
}

/** A login that waits for its launch, without using it up. */
export type WaitingLogin = LaunchingPlatform & Readonly<{ storageTarget: string | null }>

export async function findLogin(db: Db | Trx, stateHash: Uint8Array, now: Date): Promise<WaitingLogin | undefined> {
  const { rows } = await sql<WaitingLogin>`
    select ${PLATFORM_COLUMNS}, l.storage_target as "storageTarget"
    from lti_login l join lti_platform p on p.network_id = l.network_id and p.id = l.platform_id
    where l.state_hash = ${stateHash} and l.expires_at > ${now}`.execute(db)
  return rows[0]
}

/** Removes logins that nobody came back for. Across networks: it is housekeeping of the whole installation. */
export async function deleteExpiredLogins(db: Db | Trx, now: Date): Promise<void> {
  await db.deleteFrom('lti_login').where('expires_at', '<', now).execute()
}
