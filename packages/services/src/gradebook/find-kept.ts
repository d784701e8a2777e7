import type { Logger } from 'pino'
import type { LtiGradebook } from '@copractice/lti'
import type { Db } from '@copractice/store/database'
import { markKept, type OutboxPlatform } from '@copractice/store/gradebook'

type Deps = Readonly<{ db: Db; gradebook: LtiGradebook; log: Logger }>

/** A score that an LMS took with the word to give way, in the column at this address. */
export type GaveWay = Readonly<{ deliveryId: string; lmsUserId: string; url: string }>

/**
 * Looks once, column by column, which of these scores gave way to a teacher's grade, and writes that down. What cannot be
 * read is not asked for again: the next score of the cell finds out.
 */
export async function findKept(
  { db, gradebook, log }: Deps,
  { networkId, platformId }: OutboxPlatform,
  scores: readonly GaveWay[],
): Promise<void> {
  for (const [url, ofColumn] of Map.groupBy(scores, (score) => score.url)) {
    const kept = await gradebook.listKept({ networkId, platformId }, url)
    if (kept.kind !== 'read') {
      log.info({ platformId, url, reason: kept.reason }, 'whose grades an LMS has kept could not be read')
      continue
    }
    const theirs = new Set(kept.userIds)
    const deliveryIds = ofColumn.flatMap(({ deliveryId, lmsUserId }) => (theirs.has(lmsUserId) ? deliveryId : []))
    if (deliveryIds.length > 0) await markKept(db, networkId, deliveryIds)
  }
}
