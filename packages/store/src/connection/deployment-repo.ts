import { sql } from 'kysely'
import type { UnknownDeployments } from '@copractice/core/connection'
import type { NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Trx } from '../database.ts'
import type { ConnectionStatus } from './table.ts'

type At = Readonly<{ networkId: NetworkId; platformId: PlatformId }>

/** What is known of one LMS's deployments when a launch names one. `status`: of that one; null: not known. */
export type DeploymentsMet = Readonly<{
  policy: UnknownDeployments
  known: number
  parked: number
  status: ConnectionStatus | null
}>

/**
 * The deployments of a platform with one of them singled out. Until the transaction ends, nobody else meets one of this
 * platform: of two that come at once, the second finds the first. Undefined when the platform is gone.
 */
export async function meetDeployments(
  trx: Trx,
  { networkId, platformId }: At,
  deploymentId: string,
): Promise<DeploymentsMet | undefined> {
  const platform = await trx
    .selectFrom('lti_platform')
    .select('unknown_deployments as policy')
    .where('network_id', '=', networkId)
    .where('id', '=', platformId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!platform) return undefined
  // A statement of its own, so that it sees what was written while this one waited.
  const { rows } = await sql<Omit<DeploymentsMet, 'policy'>>`
    select count(*)::int as known, count(*) filter (where status = 'parked')::int as parked,
      max(status) filter (where deployment_id = ${deploymentId}) as status
    from lti_deployment where network_id = ${networkId} and platform_id = ${platformId}`.execute(trx)
  return { ...rows[0]!, ...platform }
}

/** Ends the sessions that people hold from this LMS, or from one deployment of it. */
export async function endSessionsFrom(
  trx: Trx,
  { networkId, platformId }: At,
  deploymentId: string | null,
): Promise<void> {
  await trx
    .deleteFrom('space_session')
    .where('network_id', '=', networkId)
    .where('platform_id', '=', platformId)
    .$if(deploymentId !== null, (query) => query.where('deployment_id', '=', deploymentId))
    .execute()
}
