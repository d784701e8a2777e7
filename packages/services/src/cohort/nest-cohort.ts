import { decideNesting } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, type CohortId } from '@copractice/core/kernel'
import { cohortsAround, setNesting } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { notFound } from '../directory/administrator.ts'
import { cohortInReach } from './cohort-in-reach.ts'

type Nesting = Readonly<{ cohortId: CohortId; within: CohortId | null }>

/** Puts a cohort inside another of the actor's reach, never inside itself however far around; null: on its own again. */
export function nestCohort(db: Db, actor: Actor, { cohortId, within }: Nesting, now: Date) {
  return db.transaction().execute(async (trx) => {
    const cohort = await cohortInReach(trx, actor, cohortId)
    const outer = within && (await cohortInReach(trx, actor, within))
    if (!cohort || (within && !outer)) return notFound()
    const around = within ? await cohortsAround(trx, { networkId: actor.networkId, cohortId: within }) : []
    const decided = decideNesting(cohortId, around)
    if (!decided.ok) return decided
    await setNesting(trx, cohort.at, within)
    await cohort.note(trx, 'cohort.nested', { within: outer ? outer.name : null }, now)
    return ok(undefined)
  })
}
