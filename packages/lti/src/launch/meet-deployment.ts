import { decideDeployment } from '@copractice/core/connection'
import { meetDeployments, saveDeployment, type LaunchTicket, type TicketTaken } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'

/**
 * What a deployment is from now on that a proved launch named and that was not known when its ticket was asked for: taken
 * as the connection's first, parked until an administrator confirms it, or null, still not known. Of several that come
 * at once, one is the first.
 */
export function meetDeployment(
  { isAsProved, deploymentStatus }: TicketTaken,
  { platform, deploymentId }: LaunchTicket,
  db: Db,
): Promise<TicketTaken['deploymentStatus']> {
  if (!isAsProved || deploymentStatus !== null) return Promise.resolve(deploymentStatus)
  return db.transaction().execute(async (trx) => {
    const met = await meetDeployments(trx, platform, deploymentId)
    if (!met || met.status) return met?.status ?? null
    const decided = decideDeployment(met)
    if (decided === 'refuse') return null
    const status = decided === 'adopt' ? 'active' : 'parked'
    await saveDeployment(trx, platform, deploymentId, status)
    return status
  })
}
