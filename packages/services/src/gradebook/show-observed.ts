import { observedBy } from '@copractice/core/gradebook'
import type { SpaceSession } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { listObserved } from '@copractice/store/gradebook'

/** The published results of those whom an observer mentors. */
export async function showObserved(db: Db, session: SpaceSession) {
  const observed = observedBy(session)
  if (!observed.ok) return observed
  return ok({ learners: await listObserved(db, { networkId: session.actor.networkId, ...observed.value }) })
}
