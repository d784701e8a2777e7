import { mayAdminister, type Actor } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { diffLimits, USUAL_LIMITS } from '@copractice/core/programme'
import type { Db } from '@copractice/store/database'
import { findProgramme, listApplications, listPolicies } from '@copractice/store/programme'
import { blueprintNames, readBlueprint } from './read-blueprint.ts'

const VERSIONS_SHOWN = 50

/** What the actor's network runs. Whoever administers anything in it may read; only its administrators change it. */
export async function showProgramme(db: Db, actor: Actor) {
  if (!actor.grants.length) return refuse('directory.not_found', {})
  const { networkId } = actor
  const policies = await listPolicies(db, networkId, VERSIONS_SHOWN + 1)
  const applied = await listApplications(db, networkId)
  return ok({
    version: policies[0]?.version ?? 0,
    limits: policies[0]?.limits ?? USUAL_LIMITS,
    history: policies.slice(0, VERSIONS_SHOWN).map(({ limits, ...version }, at) => ({
      ...version,
      limits,
      changes: diffLimits(policies[at + 1]?.limits ?? USUAL_LIMITS, limits),
    })),
    ...(await findProgramme(db, networkId)),
    blueprints: blueprintNames().map((name) => {
      const { title, summary } = readBlueprint(name)!
      return { name, title, summary, appliedAt: applied.get(name) ?? null }
    }),
    mayChange: mayAdminister(actor, { kind: 'network' }),
  })
}
