import { spaceAccess, type SpaceAccess } from '@copractice/core/cohort'
import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse, type CohortId, type NetworkId, type PersonId } from '@copractice/core/kernel'

export type Entered = Readonly<{
  networkId: NetworkId
  cohortId: CohortId
  personId: PersonId
  access: SpaceAccess
}>

/** The space a session opens, for who may enter it. Refuses `cohort.unknown`: missing and not-yours answer alike. */
export function enterSpace({ actor, cohortId }: SpaceSession) {
  const access = cohortId ? spaceAccess(actor, cohortId) : undefined
  if (!cohortId || !access?.as) return refuse('cohort.unknown', {})
  const entered: Entered = { networkId: actor.networkId, cohortId, personId: actor.personId, access }
  return ok(entered)
}
