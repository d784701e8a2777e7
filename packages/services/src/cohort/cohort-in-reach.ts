import type { Actor } from '@copractice/core/directory'
import type { CohortId } from '@copractice/core/kernel'
import { findCohortOfReach, lockSeats } from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { audit, scopeOf } from '../directory/administrator.ts'

/** A cohort of the actor's reach with what every act on it needs; undefined when it is not theirs to see. */
export async function cohortInReach(db: Db | Trx, actor: Actor, cohortId: CohortId) {
  const cohort = await findCohortOfReach(db, scopeOf(actor), cohortId)
  if (!cohort) return undefined
  const at = { networkId: actor.networkId, cohortId }
  const note = (trx: Trx, action: string, facts: Record<string, unknown>, now: Date) => {
    const all = { ...facts, name: cohort.name, regionId: cohort.region.id }
    return audit(trx, actor, { action, subject: `cohort:${cohortId}`, facts: all }, now)
  }
  const nextMeeting = (now: Date) => cohort.meetings.find(({ startsAt }) => startsAt > now)?.startsAt ?? null
  return { ...cohort, at, note, nextMeeting }
}

/** The same, with every other change of the cohort waiting until the transaction ends. */
export async function lockCohortInReach(trx: Trx, actor: Actor, cohortId: CohortId) {
  if (!(await cohortInReach(trx, actor, cohortId))) return undefined
  await lockSeats(trx, { networkId: actor.networkId, cohortId })
  return cohortInReach(trx, actor, cohortId)
}
