import { sql } from 'kysely'
import type { InstitutionId, NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { endSessionsFrom } from './deployment-repo.ts'
import type { ConnectionStatus } from './table.ts'

/** A platform as calls to its services need it. */
export type ServicePlatform = Readonly<{
  networkId: NetworkId
  platformId: PlatformId
  profile: 'canvas' | 'moodle' | 'other'
  issuer: string
  clientId: string
  authorizationEndpoint: string
  tokenEndpoint: string
  tokenAudience: string | null
  jwksUri: string
  /** Outside the issuer's host, and stood for. */
  confirmedAddresses: readonly string[]
  status: ConnectionStatus
}>

const serviceColumns = [
  'network_id as networkId',
  'id as platformId',
  'profile',
  'issuer',
  'client_id as clientId',
  'authorization_endpoint as authorizationEndpoint',
  'token_endpoint as tokenEndpoint',
  'token_audience as tokenAudience',
  'jwks_uri as jwksUri',
  'confirmed_addresses as confirmedAddresses',
  'status',
] as const

export async function findServicePlatform(
  db: Db | Trx,
  networkId: NetworkId,
  platformId: PlatformId,
): Promise<ServicePlatform | undefined> {
  const row = await db
    .selectFrom('lti_platform')
    .select(serviceColumns)
    .where('network_id', '=', networkId)
    .where('id', '=', platformId)
    .executeTakeFirst()
  return row as ServicePlatform | undefined
}

/** By the pair that is unique in the whole installation. */
export async function findPlatformByClient(
  db: Db | Trx,
  issuer: string,
  clientId: string,
): Promise<ServicePlatform | undefined> {
  const row = await db
    .selectFrom('lti_platform')
    .select(serviceColumns)
    .where('issuer', '=', issuer)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  return row as ServicePlatform | undefined
}

/** By id alone, for the LTI engine, which knows no networks; whoever calls it has chosen the platform within one. */
export async function findPlatformById(db: Db | Trx, platformId: PlatformId): Promise<ServicePlatform | undefined> {
  const row = await db.selectFrom('lti_platform').select(serviceColumns).where('id', '=', platformId).executeTakeFirst()
  return row as ServicePlatform | undefined
}

export type PlatformDetails = Readonly<{
  issuer: string
  clientId: string
  profile: 'canvas' | 'moodle' | 'other'
  authorizationEndpoint: string
  tokenEndpoint: string
  tokenAudience: string | null
  jwksUri: string
}>

/** Whose an issuer and client already are. Across networks, because the pair is unique in the whole installation. */
export async function findPlatformOwner(
  db: Db | Trx,
  issuer: string,
  clientId: string,
): Promise<{ networkId: NetworkId; institutionId: InstitutionId; platformId: PlatformId } | undefined> {
  const row = await db
    .selectFrom('lti_platform')
    .select(['network_id', 'institution_id', 'id'])
    .where('issuer', '=', issuer)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  return (
    row && {
      networkId: row.network_id as NetworkId,
      institutionId: row.institution_id as InstitutionId,
      platformId: row.id as PlatformId,
    }
  )
}

/**
 * Token endpoints that other institutions gave with this client id. Across networks: to an LMS, a client is one wherever
 * it is registered here. Until the transaction ends, nobody else registers one of this id.
 */
export async function listTokenEndpointsOfOthers(
  trx: Trx,
  { networkId, institutionId }: Readonly<{ networkId: NetworkId; institutionId: InstitutionId }>,
  clientId: string,
): Promise<readonly string[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`client ${clientId}`}, 0))`.execute(trx)
  const rows = await trx
    .selectFrom('lti_platform')
    .select('token_endpoint')
    .where('client_id', '=', clientId)
    .where((eb) => eb.or([eb('network_id', '<>', networkId), eb('institution_id', '<>', institutionId)]))
    .execute()
  return rows.map((row) => row.token_endpoint)
}

let changes = 0
/**
 * How often this process has changed a connection. What is remembered of one for a moment is read anew after each, so
 * that whoever changes it here sees it at once; other processes see it a moment later.
 */
export const platformChanges = (): number => changes
export const platformChanged = (): void => void changes++

const columnsOf = (details: PlatformDetails) => ({
  profile: details.profile,
  authorization_endpoint: details.authorizationEndpoint,
  token_endpoint: details.tokenEndpoint,
  token_audience: details.tokenAudience,
  jwks_uri: details.jwksUri,
})

export async function insertPlatform(
  trx: Db | Trx,
  at: Readonly<{ networkId: NetworkId; institutionId: InstitutionId; status: ConnectionStatus }>,
  details: PlatformDetails,
): Promise<PlatformId> {
  changes++
  const row = await trx
    .insertInto('lti_platform')
    .values({
      network_id: at.networkId,
      institution_id: at.institutionId,
      issuer: details.issuer,
      client_id: details.clientId,
      status: at.status,
      ...columnsOf(details),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as PlatformId
}

/** Says whether anything is other than it was. */
export async function updatePlatform(
  trx: Db | Trx,
  networkId: NetworkId,
  platformId: PlatformId,
  details: PlatformDetails,
): Promise<boolean> {
  changes++
  const columns = columnsOf(details)
  const row = await trx
    .updateTable('lti_platform')
    .set(columns)
    .where('network_id', '=', networkId)
    .where('id', '=', platformId)
    .where((eb) =>
      eb.or(
        Object.entries(columns).map(([name, value]) => eb(name as keyof typeof columns, 'is distinct from', value)),
      ),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Adds a deployment; one that is known keeps its status. Says whether it is new. */
export async function saveDeployment(
  trx: Db | Trx,
  at: Readonly<{ networkId: NetworkId; platformId: PlatformId }>,
  deploymentId: string,
  status: ConnectionStatus,
): Promise<boolean> {
  const row = await trx
    .insertInto('lti_deployment')
    .values({ network_id: at.networkId, platform_id: at.platformId, deployment_id: deploymentId, status })
    .onConflict((conflict) => conflict.columns(['network_id', 'platform_id', 'deployment_id']).doNothing())
    .returning('deployment_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether all of these client ids are registered for the issuer. Across networks: the pair is unique in all of them. */
export async function areClientsOf(db: Db | Trx, issuer: string, clientIds: readonly string[]): Promise<boolean> {
  const wanted = [...new Set(clientIds)].slice(0, 20)
  const rows = await db
    .selectFrom('lti_platform')
    .select('client_id')
    .where('issuer', '=', issuer)
    .where('client_id', 'in', wanted)
    .execute()
  return rows.length === new Set(clientIds).size
}

/** Whose connection it is; undefined when the network has none of that id. */
export async function findPlatformInstitution(
  db: Db | Trx,
  networkId: NetworkId,
  platformId: PlatformId,
): Promise<InstitutionId | undefined> {
  const row = await db
    .selectFrom('lti_platform')
    .select('institution_id')
    .where('network_id', '=', networkId)
    .where('id', '=', platformId)
    .executeTakeFirst()
  return row?.institution_id as InstitutionId | undefined
}

/**
 * False when the network has no such platform. What waited with a parked one follows it to active; what was parked later
 * goes on waiting. Of one that is switched off, people's sessions end with it.
 */
export async function updatePlatformStatus(
  trx: Trx,
  networkId: NetworkId,
  platformId: PlatformId,
  status: 'active' | 'disabled',
): Promise<boolean> {
  changes++
  const before = await trx
    .selectFrom('lti_platform')
    .select('status')
    .where('network_id', '=', networkId)
    .where('id', '=', platformId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!before) return false
  await trx
    .updateTable('lti_platform')
    .set({ status })
    .where('network_id', '=', networkId)
    .where('id', '=', platformId)
    .execute()
  if (before.status === 'parked' && status === 'active')
    await trx
      .updateTable('lti_deployment')
      .set({ status: 'active' })
      .where('network_id', '=', networkId)
      .where('platform_id', '=', platformId)
      .where('status', '=', 'parked')
      .execute()
  if (status === 'disabled') await endSessionsFrom(trx, { networkId, platformId }, null)
  return true
}
