import type { Logger } from 'pino'
import { planCircuit, planRetry } from '@copractice/core/gradebook'
import type { LtiGradebook } from '@copractice/lti'
import type { Db } from '@copractice/store/database'
import {
  closeCircuit,
  countFailure,
  enterCircuit,
  markArrived,
  markTrouble,
  openCircuit,
  releaseScore,
  type ClaimedScore,
} from '@copractice/store/gradebook'
import { sendScore, type SendOutcome } from './send-score.ts'

type Deps = Readonly<{ db: Db; gradebook: LtiGradebook; log: Logger; clock: () => Date; roll: () => number }>

/** Scores of one LMS under way at once, per worker. */
export const SCORES_AT_ONCE = 4
/** A score is begun only with this much of the lease left, so that no second worker sends it meanwhile. */
const SECONDS_PER_SCORE = 60
/** Longer than one score takes to fail. */
const PROBE_SECONDS = 45
/** What failed alone is tried again soon; an LMS that fails altogether is left alone by its circuit. */
const FIRST_WAIT_SECONDS = 2
/** An LMS that is down for longer gets its scores when somebody asks for them once more. */
const OUTAGE_DAYS = 3

/** How it goes with an LMS in this worker's hands. */
type Turn = { isFailing: boolean; isProbe: boolean; isOver: boolean }

/**
 * Sends claimed scores of one LMS, a few beside one another; the claim sees to it that none of them are of one cell. An
 * LMS that does not answer several times in a row, or asks for a rest, gets one, from every worker; then a single score
 * finds out whether it is well again.
 */
export async function deliverToPlatform(deps: Deps, scores: readonly ClaimedScore[]): Promise<void> {
  const { db, clock } = deps
  const [first] = scores
  if (!first) return
  const now = clock()
  const until = new Date(now.getTime() + PROBE_SECONDS * 1000)
  const entered = await enterCircuit(db, first, { now, until })
  const turn: Turn = {
    isFailing: entered.kind !== 'closed' || entered.failures > 0,
    isProbe: entered.kind === 'probe',
    isOver: entered.kind === 'open',
  }
  // One that keeps failing by itself must not be the one that an LMS is judged by.
  const queue = turn.isProbe ? scores.toSorted((a, b) => a.attempts - b.attempts) : [...scores]
  while (turn.isProbe && !turn.isOver && queue.length > 0) await deliver(deps, turn, queue.shift()!)
  // The first score of a column makes it; the others would only wait for that.
  for (const score of takeFirstOfNewColumns(queue)) await deliver(deps, turn, score)
  const lane = async () => {
    for (let score = queue.shift(); score; score = queue.shift()) await deliver(deps, turn, score)
  }
  const ends = await Promise.allSettled(Array.from({ length: SCORES_AT_ONCE }, lane))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

function takeFirstOfNewColumns(queue: ClaimedScore[]): ClaimedScore[] {
  const seen = new Set<string>()
  const firsts = queue.filter(({ lineItem }) => {
    const isFirst = lineItem.url === null && !seen.has(lineItem.id)
    seen.add(lineItem.id)
    return isFirst
  })
  for (const score of firsts) queue.splice(queue.indexOf(score), 1)
  return firsts
}

async function deliver(deps: Deps, turn: Turn, score: ClaimedScore): Promise<void> {
  const { db, clock } = deps
  const timeLeft = score.claimedUntil.getTime() - clock().getTime()
  // Not tried: the LMS rests, or others of the batch took too long.
  if (turn.isOver || timeLeft < SECONDS_PER_SCORE * 1000) return releaseScore(db, score, clock())
  const outcome = await sendScore(deps, score)
  if (outcome.kind === 'taken') return releaseScore(db, score, new Date(clock().getTime() + 2000))
  if (outcome.kind === 'later') return settleTrouble(deps, turn, score, outcome)

  if (outcome.kind === 'arrived') await markArrived(db, score, clock())
  else {
    const error = `${outcome.problem} ${outcome.detail}`.trim()
    deps.log.warn({ deliveryId: score.deliveryId, platformId: score.platformId, error }, 'an LMS refused a score')
    await markTrouble(db, score, { status: 'refused', error, lmsScore: outcome.lmsScore })
  }
  const hasAnswered = outcome.kind === 'arrived' || outcome.problem !== 'no_gradebook'
  if (!turn.isFailing || !hasAnswered) return
  turn.isFailing = turn.isProbe = false
  await closeCircuit(db, score)
}

async function settleTrouble(
  { db, clock, roll, log }: Deps,
  turn: Turn,
  score: ClaimedScore,
  { problem, detail, retryAfterSeconds }: Extract<SendOutcome, { kind: 'later' }>,
): Promise<void> {
  const { deliveryId, platformId, attempts, timestamp } = score
  const now = clock()
  turn.isFailing = true
  const failures = await countFailure(db, score)
  const rest = planCircuit(failures, now, roll)
  const isAlone = problem === 'lms_unreachable'
  const again = planRetry(
    { attempts, retryAfterSeconds, ...(isAlone && { firstWaitSeconds: FIRST_WAIT_SECONDS }) },
    now,
    roll,
  )
  // A rest that was asked for is given at once.
  const until = isAlone ? rest : latest(again, rest)
  if (until) {
    turn.isOver = true
    await openCircuit(db, score, { now, until })
  }
  // While an LMS is out of order, a score is not to blame.
  const counts = problem === 'not_permitted' || !rest
  const isOutageLong = now.getTime() - timestamp.getTime() > OUTAGE_DAYS * 86_400_000
  const nextAttemptAt = counts ? again : isOutageLong ? null : (latest(retryAfterSeconds ? again : null, rest) ?? now)
  const error = `${problem} ${detail}`.trim()
  log.info({ deliveryId, platformId, attempts, nextAttemptAt, restsUntil: until, error }, 'a score did not get through')
  await markTrouble(
    db,
    score,
    nextAttemptAt ? { status: 'waiting', nextAttemptAt, counts, error } : { status: 'given_up', error },
  )
}

const latest = (one: Date | null, other: Date | null): Date | null =>
  one && other && one < other ? other : (one ?? other)
