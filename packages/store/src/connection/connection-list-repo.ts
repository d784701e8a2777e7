import { sql } from 'kysely'
import type { ConnectionShown } from '@copractice/core/directory'
import type { InstitutionId, NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

const WEEK_MS = 7 * 86_400_000
/** An institution has one or two; more than this is a mistake to look at, not a list to page through. */
const MOST = 50

/** The LMSs registered for an institution, oldest first, without their keys. */
export async function listConnections(
  db: Db | Trx,
  networkId: NetworkId,
  institutionId: InstitutionId,
  now: Date,
): Promise<ConnectionShown[]> {
  const rows = await db
    .selectFrom('lti_platform as p')
    .select(['p.id', 'p.issuer', 'p.client_id', 'p.profile', 'p.status'])
    .select(['p.last_launch_at', 'p.last_error_code', 'p.last_error_at'])
    .select(
      sql<string[]>`array(select d.deployment_id from lti_deployment d
        where d.network_id = p.network_id and d.platform_id = p.id order by d.created_at, d.deployment_id)`.as(
        'deployments',
      ),
    )
    .select(
      sql<string>`(select count(*) from launch_refusal r where r.network_id = p.network_id and r.platform_id = p.id
        and r.at > ${new Date(now.getTime() - WEEK_MS)})`.as('refusals'),
    )
    .where('p.network_id', '=', networkId)
    .where('p.institution_id', '=', institutionId)
    .orderBy('p.created_at')
    .orderBy('p.id')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({
    id: row.id as PlatformId,
    issuer: row.issuer,
    clientId: row.client_id,
    profile: row.profile,
    deploymentIds: row.deployments,
    status: row.status,
    lastLaunchAt: row.last_launch_at,
    lastErrorCode: row.last_error_code,
    lastErrorAt: row.last_error_at,
    refusalsThisWeek: Number(row.refusals),
  }))
}
