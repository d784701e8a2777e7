import type { Logger } from 'pino'
import type { LtiGradebook } from '@copractice/lti'
import type { Db } from '@copractice/store/database'
import { claimDueScores, nextDueAt } from '@copractice/store/gradebook'
import { deliverToPlatform } from './deliver-to-platform.ts'

export type DeliveryDeps = Readonly<{
  db: Db
  gradebook: LtiGradebook
  log: Logger
  clock: () => Date
  /** Numbers in [0, 1) that spread retries. */
  roll: () => number
  wait: (milliseconds: number) => Promise<void>
}>

/** Long enough for a batch at an LMS that answers slowly; after a crash scores wait no longer than this. */
const LEASE_SECONDS = 180
/** A score that is due this soon is waited for rather than left to the next look a minute later. */
const SOON_MILLISECONDS = 19_000

/**
 * Sends every score that is due, batch after batch, until none is. LMSs get their scores beside one another. Any number
 * of workers may run this at once.
 */
export async function deliverDueScores(deps: DeliveryDeps, limit = 100): Promise<void> {
  const { db, clock, wait } = deps
  for (;;) {
    const scores = await claimDueScores(db, { limit, leaseSeconds: LEASE_SECONDS }, clock())
    const byPlatform = Map.groupBy(scores, ({ platformId }) => platformId)
    const ends = await Promise.allSettled([...byPlatform.values()].map((ofOne) => deliverToPlatform(deps, ofOne)))
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    if (scores.length > 0) continue
    const due = await nextDueAt(db)
    const left = due ? due.getTime() - clock().getTime() : Infinity
    // What is due and was not claimed is in another worker's hands.
    if (left <= 0 || left > SOON_MILLISECONDS) return
    await wait(left)
  }
}
