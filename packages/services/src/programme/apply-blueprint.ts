import type { NetworkId, PersonId } from '@copractice/core/kernel'
import { planBlueprint, type Blueprint, type BlueprintPlan } from '@copractice/core/programme'
import type { Db, Trx } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import {
  insertPolicy,
  insertProgramme,
  lockProgramme,
  newestPolicy,
  programmeStanding,
  saveApplication,
} from '@copractice/store/programme'

/** What applying would make in this network now. Changes nothing. */
export async function previewBlueprint(
  db: Db | Trx,
  networkId: NetworkId,
  blueprint: Blueprint,
): Promise<BlueprintPlan & Readonly<{ version: number }>> {
  const { version, limits } = await newestPolicy(db, networkId)
  const standing = await programmeStanding(db, networkId, blueprint.name)
  return { ...planBlueprint(blueprint, { ...standing, limits, hasPolicy: version > 0 }), version }
}

/** Makes what `previewBlueprint` shows, in one transaction. Applied again it makes nothing. */
export function applyBlueprint(
  db: Db,
  { networkId, personId }: Readonly<{ networkId: NetworkId; personId: PersonId | null }>,
  blueprint: Blueprint,
  at: Date,
): Promise<BlueprintPlan> {
  return db.transaction().execute(async (trx) => {
    await lockProgramme(trx, networkId)
    const { version, ...plan } = await previewBlueprint(trx, networkId, blueprint)
    const by = { networkId, personId, at }
    const { policy, series, credentials, templates } = plan
    if (policy) await insertPolicy(trx, by, { version: version + 1, limits: policy.limits, reason: blueprint.title })
    await insertProgramme(trx, by, plan)
    await saveApplication(trx, by, blueprint.name)
    const makes = policy || series.length || credentials.length || templates.length
    if (makes) {
      const facts = {
        blueprint: blueprint.title,
        limits: policy?.changes.length ?? 0,
        series: series.length,
        credentials: credentials.length,
        templates: templates.length,
      }
      const action = 'blueprint.applied'
      await insertAuditEntry(trx, { networkId, at, actorId: personId, action, subject: `network:${networkId}`, facts })
    }
    return plan
  })
}
