import { checkCohort, type CohortContext, type CohortDraft } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { isCohortNameTaken, isConveningOfRegion, loadCandidates, type CandidateFound } from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { newestPolicy } from '@copractice/store/programme'
import { administersRegion, notFound, scopeOf } from '../directory/administrator.ts'

/** Everything the rules ask about a draft, read at one moment: the policy, the people, whether the name is free. */
export async function loadComposing(db: Db | Trx, actor: Actor, draft: CohortDraft, now: Date) {
  const { networkId } = actor
  if (!(await administersRegion(db, actor, draft.regionId))) return notFound()
  const { conveningId, regionId } = draft
  if (conveningId && !(await isConveningOfRegion(db, networkId, conveningId, regionId))) return notFound()

  const ids = draft.seats.map(({ personId }) => personId)
  const found = await loadCandidates(db, scopeOf(actor), ids, now)
  const people = new Map<string, CandidateFound>(found.map((person) => [person.id, person]))
  const stranger = ids.find((id) => !people.has(id))
  if (stranger) return refuse('cohort.person_unknown', { personId: stranger })

  const policy = await newestPolicy(db, networkId)
  const isNameTaken = draft.name !== '' && (await isCohortNameTaken(db, networkId, draft.name))
  const context: CohortContext = { limits: policy.limits, people, isNameTaken }
  return ok({ context, people, policyVersion: policy.version })
}

/** What the rules say while a coordinator composes. Saves nothing. */
export async function checkComposing(db: Db, actor: Actor, draft: CohortDraft, now: Date) {
  const loaded = await loadComposing(db, actor, draft, now)
  if (!loaded.ok) return loaded
  const { context } = loaded.value
  const seated = draft.seats.filter(({ kind, isWaitlisted }) => kind !== 'facilitator' && !isWaitlisted).length
  return ok({
    findings: [...checkCohort(draft, context)],
    capacity: context.limits.cohortSeats,
    seated,
  })
}
