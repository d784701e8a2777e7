import type { Logger } from 'pino'
import { planRetry, type DeliveryProblem } from '@copractice/core/gradebook'
import type { LtiGradebook, ServiceTrouble } from '@copractice/lti'
import type { Db } from '@copractice/store/database'
import {
  claimDueScores,
  markArrived,
  markTrouble,
  nextDueAt,
  releaseScore,
  type ClaimedScore,
} from '@copractice/store/gradebook'
import { findLineItem, forgetLineItem } from './find-line-item.ts'

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
/** A score is begun only with this much of the lease left, so that no second worker sends it meanwhile. */
const SECONDS_PER_SCORE = 60
/** A score that is due this soon is waited for rather than left to the next look a minute later. */
const SOON_MILLISECONDS = 3000

/**
 * Sends every score that is due, batch after batch, until none is. Each LMS gets its scores one after the other, all of
 * them beside one another. Any number of workers may run this at once.
 */
export async function deliverDueScores(deps: DeliveryDeps, limit = 50): Promise<void> {
  const { db, clock, wait } = deps
  for (;;) {
    const scores = await claimDueScores(db, { limit, leaseSeconds: LEASE_SECONDS }, clock())
    const byPlatform = Map.groupBy(scores, ({ platformId }) => platformId)
    const ends = await Promise.allSettled([...byPlatform.values()].map((ofOne) => deliverInTurn(deps, ofOne)))
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    if (scores.length > 0) continue
    const due = await nextDueAt(db)
    const left = due ? due.getTime() - clock().getTime() : Infinity
    // What is due and was not claimed is in another worker's hands.
    if (left <= 0 || left > SOON_MILLISECONDS) return
    await wait(left)
  }
}

async function deliverInTurn(deps: DeliveryDeps, scores: readonly ClaimedScore[]): Promise<void> {
  let standstill: Date | null = null
  for (const score of scores) {
    const timeLeft = score.claimedUntil.getTime() - deps.clock().getTime()
    if (standstill || timeLeft < SECONDS_PER_SCORE * 1000) {
      // Not tried: the LMS just said that it is busy, or does not answer; or others of the batch took too long.
      await releaseScore(deps.db, score, standstill ?? deps.clock())
      continue
    }
    const outcome = await send(deps, score)
    if (outcome.kind === 'taken') await releaseScore(deps.db, score, new Date(deps.clock().getTime() + 2000))
    else standstill = await settle(deps, score, outcome)
  }
}

type Outcome =
  | Readonly<{ kind: 'arrived' }>
  | Readonly<{ kind: 'later'; problem: DeliveryProblem; detail: string; retryAfterSeconds: number | null }>
  | Readonly<{ kind: 'refused'; problem: DeliveryProblem; detail: string }>

async function send(deps: DeliveryDeps, score: ClaimedScore): Promise<Outcome | Readonly<{ kind: 'taken' }>> {
  const { db, gradebook } = deps
  const { networkId, platformId, lmsUserId: userId, timestamp, comment, roundId, personId, handedInAt } = score
  const platform = { networkId, platformId }
  const column = await findLineItem(deps, score)
  if (column.kind === 'no_gradebook') return { kind: 'refused', problem: 'no_gradebook', detail: '' }
  if (column.kind === 'taken') return column
  if (column.kind !== 'found') return outcomeOf(column)

  const sent = await gradebook.postScore(platform, column.url, {
    userId,
    scoreGiven: score.score,
    scoreMaximum: score.maximum,
    comment,
    timestamp,
    work: handedInAt && { roundId, personId, handedInAt },
  })
  if (sent.kind === 'accepted') return { kind: 'arrived' }
  if (sent.kind === 'stale') return whoseIsNewer(deps, score, column.url)
  const outcome = outcomeOf(sent)
  if (outcome.kind === 'refused' && outcome.problem === 'column_missing') await forgetLineItem(db, score)
  return outcome
}

/**
 * The LMS holds something as new as this score. It is this score when an earlier sending was applied and its answer was
 * lost; otherwise somebody graded in the LMS after it was published, and theirs stands.
 */
async function whoseIsNewer({ gradebook }: DeliveryDeps, score: ClaimedScore, url: string): Promise<Outcome> {
  const { networkId, platformId, lmsUserId } = score
  const result = await gradebook.readResult({ networkId, platformId }, url, lmsUserId)
  if (result.kind !== 'read') return outcomeOf(result)
  const held = result.score === null ? null : (result.score / (result.maximum ?? 1)) * score.maximum
  // LMSs keep between 2 and 5 decimals.
  const isOurs = held !== null && Math.abs(held - score.score) < 0.006
  return isOurs ? { kind: 'arrived' } : { kind: 'refused', problem: 'newer_grade', detail: '' }
}

function outcomeOf(trouble: ServiceTrouble): Outcome {
  const detail = trouble.reason
  switch (trouble.kind) {
    case 'busy':
      return { kind: 'later', problem: 'lms_busy', detail, retryAfterSeconds: trouble.retryAfterSeconds }
    case 'unreachable':
      return { kind: 'later', problem: 'lms_unreachable', detail, retryAfterSeconds: null }
    case 'unauthorized':
      return { kind: 'later', problem: 'not_permitted', detail, retryAfterSeconds: null }
    case 'refused':
      return { kind: 'refused', problem: GONE.has(trouble.code) ? 'column_missing' : 'refused_by_lms', detail }
  }
}

/** Canvas says 412 for a column that is not of this tool any more. */
const GONE = new Set(['lms.404', 'lms.410', 'lms.412'])

/** Writes down how it went. Returns until when nothing more should be tried at this LMS, if it is in trouble. */
async function settle(
  { db, clock, roll, log }: DeliveryDeps,
  score: ClaimedScore,
  outcome: Outcome,
): Promise<Date | null> {
  const { deliveryId, platformId, attempts } = score
  const now = clock()
  if (outcome.kind === 'arrived') {
    await markArrived(db, score, now)
    return null
  }
  const error = `${outcome.problem} ${outcome.detail}`.trim()
  if (outcome.kind === 'refused') {
    log.warn({ deliveryId, platformId, error }, 'an LMS refused a score')
    await markTrouble(db, score, { status: 'refused', error })
    return null
  }
  const nextAttemptAt = planRetry({ attempts, retryAfterSeconds: outcome.retryAfterSeconds }, now, roll)
  log.info({ deliveryId, platformId, attempts, nextAttemptAt, error }, 'a score did not get through')
  await markTrouble(
    db,
    score,
    nextAttemptAt ? { status: 'waiting', nextAttemptAt, error } : { status: 'given_up', error },
  )
  return nextAttemptAt
}
