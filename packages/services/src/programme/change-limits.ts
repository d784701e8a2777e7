import { mayAdminister, type Actor } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { diffLimits, type PolicyLimits } from '@copractice/core/programme'
import type { Db } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import { insertPolicy, lockProgramme, newestPolicy } from '@copractice/store/programme'

type Change = Readonly<{ basedOn: number; limits: PolicyLimits; reason: string }>

/** Writes a new version of the policy pack. Refuses when somebody else wrote one since `basedOn`, or nothing differs. */
export function changeLimits(db: Db, actor: Actor, { basedOn, limits, reason }: Change, at: Date) {
  return db.transaction().execute(async (trx) => {
    if (!mayAdminister(actor, { kind: 'network' })) return refuse('directory.not_found', {})
    const { networkId, personId } = actor
    await lockProgramme(trx, networkId)
    const newest = await newestPolicy(trx, networkId)
    if (newest.version !== basedOn) return refuse('programme.changed_meanwhile', { version: newest.version })
    const changes = diffLimits(newest.limits, limits)
    if (!changes.length) return refuse('programme.nothing_changed', {})
    const version = newest.version + 1
    await insertPolicy(trx, { networkId, personId, at }, { version, limits, reason })
    const facts = { version, reason, limits: changes.map(({ limit }) => limit) }
    const subject = `network:${networkId}`
    await insertAuditEntry(trx, { networkId, at, actorId: personId, action: 'policy.changed', subject, facts })
    return ok({ version })
  })
}
