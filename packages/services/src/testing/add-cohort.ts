import type { CohortId, NetworkId, RegionId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'

type Where = Readonly<{ networkId: NetworkId; regionId: RegionId }>
type Change = Readonly<{
  theme?: string
  time_zone?: string
  status?: 'open' | 'closed'
  submission_deadline?: Date
  created_by?: string
  created_at?: Date
}>

/** An open cohort of no convening, by the first limits of its network; but for `change`. */
export async function addCohort(db: Db, where: Where, name: string, change: Change = {}): Promise<CohortId> {
  const { id } = await db
    .insertInto('cohort')
    .values({
      network_id: where.networkId,
      region_id: where.regionId,
      name,
      theme: 'Partnerships',
      time_zone: 'UTC',
      policy_version: 1,
      convening_id: null,
      submission_deadline: null,
      created_by: null,
      ...change,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as CohortId
}
