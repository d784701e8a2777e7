import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import { ensureLineItems, insertDeliveries } from '@copractice/store/gradebook'
import { nudge } from '@copractice/store/notice'
import { lockRoundRunBy, type InstructorsOnly, type NotFound } from '../review/index.ts'
import { columnOf, planPublish } from './preview-publish.ts'

type PublishRefusal =
  | NotFound
  | InstructorsOnly
  | Refusal<'publish.preview_outdated', Record<string, never>>
  | Refusal<'publish.nothing_to_send', Record<string, never>>

/**
 * Puts the new and changed scores of the preview the actor saw on their way, with the audit entry, in one transaction.
 * Refuses when what would be sent is not what they saw. The round is held: no review is filed meanwhile.
 */
export function publishScores(
  db: Db,
  actor: Actor,
  { roundId, fingerprint }: Readonly<{ roundId: RoundId; fingerprint: string }>,
  now: Date,
): Promise<Result<{ sent: number; learners: number }, PublishRefusal>> {
  const { networkId, personId } = actor
  return db.transaction().execute(async (trx) => {
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const round = found.value
    const { preview, writes, learners } = await planPublish(trx, actor, round, now)
    if (preview.fingerprint !== fingerprint) return refuse('publish.preview_outdated', {})
    if (writes.length === 0) return refuse('publish.nothing_to_send', {})

    const cells = new Map(writes.map(({ courseId, column }) => [`${courseId} ${column}`, { courseId, column }]))
    const items = [...cells.values()].map(({ courseId, column }) => ({ courseId, ...columnOf(round, column) }))
    const lineItem = await ensureLineItems(trx, networkId, roundId, items)
    const lmsUsers = new Map(learners.map((l) => [`${l.courseId} ${l.personId}`, l.lmsUserId]))
    const deliveries = writes.map(({ courseId, personId, column, points, comment }) => ({
      lineItemId: lineItem(courseId, column),
      courseId,
      personId,
      lmsUserId: lmsUsers.get(`${courseId} ${personId}`)!,
      score: points,
      maximum: columnOf(round, column).maximum,
      comment,
    }))
    await insertDeliveries(trx, { networkId, roundId, publishedBy: personId }, deliveries, now)
    const sent = { sent: writes.length, learners: preview.counts.learnersToSend }
    await insertAuditEntry(trx, {
      networkId,
      at: now,
      actorId: personId,
      action: 'grades.published',
      subject: `round:${roundId}`,
      facts: sent,
    })
    await nudge(trx, 'scores')
    return ok(sent)
  })
}
