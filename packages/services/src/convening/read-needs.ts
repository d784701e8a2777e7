import { mayReadNeeds, summariseFeedback } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId } from '@copractice/core/kernel'
import { feedbackOf, findConvening, needsOf } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { audit, notFound, scopeOf } from '../directory/administrator.ts'

type Asked = Readonly<{ conveningId: ConveningId; after?: string | undefined; limit: number }>

/** Who needs what, for those who host. Every reading stands in the audit log, in the transaction that reads. */
export function readNeeds(db: Db, actor: Actor, { conveningId, ...paging }: Asked, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await findConvening(trx, scopeOf(actor), conveningId)
    if (!found) return notFound()
    const { region, leadFacilitatorId } = found
    const hosts = found.hosts.map(({ id }) => id)
    if (!mayReadNeeds(actor, { regionId: region.id, hosts, leadFacilitatorId })) return refuse('convening.not_host', {})
    const needs = await needsOf(trx, { networkId: actor.networkId, conveningId }, paging)
    const facts = { name: found.name, people: needs.items.length, regionId: region.id }
    await audit(trx, actor, { action: 'convening.needs_read', subject: `convening:${conveningId}`, facts }, now)
    return ok(needs)
  })
}

/** What people said of it, without names. */
export async function showFeedback(db: Db, actor: Actor, conveningId: ConveningId) {
  if (!(await findConvening(db, scopeOf(actor), conveningId))) return notFound()
  const answers = await feedbackOf(db, { networkId: actor.networkId, conveningId })
  const summary = summariseFeedback(answers)
  return ok({ ...summary, spread: [...summary.spread], kept: [...summary.kept], change: [...summary.change] })
}
