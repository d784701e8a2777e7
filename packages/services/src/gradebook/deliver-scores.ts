import type { Logger } from 'pino'
import type { LtiGradebook } from '@copractice/lti'
import type { Db } from '@copractice/store/database'
import { listDuePlatforms, nextDueAt } from '@copractice/store/gradebook'
import { deliverToPlatform } from './deliver-to-platform.ts'
import { pause } from './pause.ts'

export type DeliveryDeps = Readonly<{
  db: Db
  gradebook: LtiGradebook
  log: Logger
  clock: () => Date
  /** Numbers in [0, 1) that spread retries. */
  roll: () => number
  /** Sleeps while nothing is under way. */
  wait: (milliseconds: number) => Promise<void>
  /** The process ends: what is under way is brought to its end, nothing more is begun. */
  signal?: AbortSignal | undefined
}>

/** A job's time: the next one, at most a minute later, goes on. */
const WORKS_MINUTES = 8
/** A score that is due this soon is waited for: whatever is due later, a look of the next minute waits for. */
const SOON_MILLISECONDS = 60_000
/** How long new scores of another LMS, or the end of the process, go unnoticed. */
const LOOKS_EVERY_MILLISECONDS = 2000
const LMSS_AT_ONCE = 50

/**
 * Sends every score that is due, and those that soon will be. LMSs get their scores beside one another, each as fast as
 * it takes them. Any number of workers may run this at once.
 */
export async function deliverDueScores(deps: DeliveryDeps): Promise<void> {
  const { db, clock, wait, signal } = deps
  const until = new Date(clock().getTime() + WORKS_MINUTES * 60_000)
  const isOver = () => signal?.aborted === true || clock() >= until
  const underWay = new Map<string, Promise<void>>()
  /** LMSs whose due scores were in other workers' hands, and when to look again. */
  const taken = new Map<string, Date>()
  const faults: unknown[] = []

  const begin = async () => {
    const now = clock()
    const room = LMSS_AT_ONCE - underWay.size
    if (isOver() || faults.length > 0 || room <= 0) return
    for (const platform of await listDuePlatforms(db, now, underWay.size + taken.size + room)) {
      const { platformId } = platform
      const again = taken.get(platformId)
      if (underWay.has(platformId) || underWay.size >= LMSS_AT_ONCE || (again && now < again)) continue
      taken.delete(platformId)
      const send = async () => {
        try {
          const found = await deliverToPlatform(deps, platform, isOver)
          if (!found) taken.set(platformId, new Date(clock().getTime() + LOOKS_EVERY_MILLISECONDS))
        } catch (fault) {
          faults.push(fault)
        } finally {
          underWay.delete(platformId)
        }
      }
      underWay.set(platformId, send())
    }
  }

  for (;;) {
    await begin()
    if (underWay.size > 0) {
      await Promise.race([...underWay.values(), pause(LOOKS_EVERY_MILLISECONDS)])
      continue
    }
    if (faults.length > 0) throw faults[0]
    if (isOver()) return
    const due = await nextDueAt(db)
    const left = due ? due.getTime() - clock().getTime() : Infinity
    // What is due and was not claimed is in another worker's hands.
    if (left <= 0 || left > SOON_MILLISECONDS) return
    await wait(Math.min(left, LOOKS_EVERY_MILLISECONDS))
  }
}
