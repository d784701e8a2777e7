import { sql } from 'kysely'
import type { AnonymousLaunches } from '@copractice/core/connection'
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
  /** Outside the issuer's host, and stood for; with spaces between. */
  confirmedAddresses: string
  anonymousLaunches: AnonymousLaunches
  status: ConnectionStatus
}>

const PLATFORM_COLUMNS = sql.raw(`
  p.network_id as "networkId", p.institution_id as "institutionId", p.id as "platformId", p.profile, p.issuer,
  p.client_id as "clientId", p.authorization_endpoint as "authorizationEndpoint", p.jwks_uri as "jwksUri", p.status,
  array_to_string(p.confirmed_addresses, ' ') as "confirmedAddresses", p.anonymous_launches as "anonymousLaunches"`)

/**
 * Who asks to log in: all that answer to issuer (and client id, where it was told), at most two. No network: the platform
 * is what tells it.
 */
export async function findLaunchingPlatforms(
  db: Db | Trx,
  from: Readonly<{ issuer: string; clientId: string | null }>,
): Promise<readonly LaunchingPlatform[]> {
  const { rows } = await sql<LaunchingPlatform>`/* prepare */
    select ${PLATFORM_COLUMNS} from lti_platform p
    where issuer = ${from.issuer} and (${from.clientId}::text is null or client_id = ${from.clientId}) limit 2`.execute(
    db,
  )
  return rows
}

/** By the id that a state of ours carries. No network: the platform is what tells it. */
export async function findLaunchingPlatform(
  db: Db | Trx,
  platformId: PlatformId,
): Promise<LaunchingPlatform | undefined> {
  const { rows } = await sql<LaunchingPlatform>`/* prepare */
    select ${PLATFORM_COLUMNS} from lti_platform p where id = ${platformId}`.execute(db)
  return rows[0]
}

/** What a launch is let in for: one login, by the connection as it was when the message was proved. */
export type LaunchTicket = Readonly<{
  loginId: Uint8Array
  /** When the login's state ends by itself. */
  expiresAt: Date
  platform: LaunchingPlatform
  deploymentId: string
}>

/** Whether a ticket was taken, and if not, why. */
export type TicketTaken = Readonly<{
  isTaken: boolean
  /** False when the connection is another than the message was proved by, or is not active any more. */
  isAsProved: boolean
  /** Null when we do not know the deployment. */
  deploymentStatus: ConnectionStatus | null
}>

/**
 * The beginning of a statement that takes a ticket: `spent` has a row for whoever takes it, which is one of any number,
 * and only while connection and deployment are active and as the message was proved by them. That is decided here rather
 * than from what a process remembers, so that a change counts for all processes from its commit on.
 */
export const spendTicket = ({ platform, loginId, expiresAt, deploymentId }: LaunchTicket) => sql`
  asked as (
    select d.status as deployment_status, p.status = 'active' and p.institution_id = ${platform.institutionId}
      and p.profile = ${platform.profile} and p.issuer = ${platform.issuer} and p.client_id = ${platform.clientId}
      and p.authorization_endpoint = ${platform.authorizationEndpoint} and p.jwks_uri = ${platform.jwksUri}
      and p.anonymous_launches = ${platform.anonymousLaunches} as is_as_proved
    from lti_platform p left join lti_deployment d on d.network_id = p.network_id and d.platform_id = p.id
      and d.deployment_id = ${deploymentId}
    where p.network_id = ${platform.networkId} and p.id = ${platform.platformId}
  ), spent as (
    insert into lti_spent_login (network_id, login_id, expires_at)
    select ${platform.networkId}, ${loginId}::bytea, ${expiresAt}::timestamptz from asked where is_as_proved and deployment_status = 'active'
    on conflict do nothing returning 1
  )`

/** The columns of `TicketTaken`, in a statement that begins with `spendTicket`. */
export const TICKET_TAKEN = sql.raw(`exists (select from spent) as "isTaken",
  coalesce((select is_as_proved from asked), false) as "isAsProved",
  (select deployment_status from asked) as "deploymentStatus"`)

/** Takes a ticket, and nothing else. */
export async function takeTicket(db: Db | Trx, ticket: LaunchTicket): Promise<TicketTaken> {
  const { rows } = await sql<TicketTaken>`with ${spendTicket(ticket)} select ${TICKET_TAKEN}`.execute(db)
  return rows[0]!
}

/** Servers' clocks may differ by this much, and a used login must not come back to life at the one that is behind. */
const CLOCKS_APART_MS = 10 * 60_000

/** Forgets used logins whose states have ended everywhere. Across networks: it is housekeeping of the whole installation. */
export async function deleteSpentLogins(db: Db | Trx, now: Date): Promise<void> {
  const before = new Date(now.getTime() - CLOCKS_APART_MS)
  await db.deleteFrom('lti_spent_login').where('expires_at', '<', before).execute()
}
