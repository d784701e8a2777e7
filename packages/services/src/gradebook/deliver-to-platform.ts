import type { Logger } from 'pino'
import { planCircuit, planRetry } from '@copractice/core/gradebook'
import type { LtiGradebook } from '@copractice/lti'
import type { Db } from '@copractice/store/database'
import {
  claimDueScores,
  closeCircuit,
  countFailure,
  enterCircuit,
  markArrived,
  markTrouble,
  openCircuit,
  releaseScore,
  type ClaimedScore,
  type OutboxPlatform,
} from '@copractice/store/gradebook'
import { findKept, type GaveWay } from './find-kept.ts'
import { pause } from './pause.ts'
import { sendScore, type SendOutcome } from './send-score.ts'

type Deps = Readonly<{ db: Db; gradebook: LtiGradebook; log: Logger; clock: () => Date; roll: () => number }>

/** Scores of one LMS under way at once, per worker. */
export const SCORES_AT_ONCE = 4
/** After a crash scores wait no longer than this. */
const LEASE_SECONDS = 180
/** A score is begun only with this much of the lease left, so that no second worker sends it meanwhile. */
const SECONDS_PER_SCORE = 100
/** Longer than one score takes to fail. */
const PROBE_SECONDS = 100
/** For an LMS that says it has too much to do, and not for how long. */
const BUSY_REST_SECONDS = 20
/** For an LMS with an address that nobody has confirmed, or switched off: nothing was sent to it, and confirming ends the rest. */
const OURS_REST_SECONDS = 300
/** An LMS that asks for longer is asked again all the same. */
const LONGEST_REST_SECONDS = 86_400
/** An LMS that is down for longer gets its scores when somebody asks for them once more. */
const OUTAGE_DAYS = 3
/** How soon a score that comes due is seen while others are under way. */
const LOOKS_EVERY_MILLISECONDS = 250

/** Claimed ahead, so that a place that becomes free is filled at once, and several by one look at the outbox. */
const AHEAD_AT_MOST = 2 * SCORES_AT_ONCE
const AHEAD_AT_LEAST = SCORES_AT_ONCE

/** How it goes with an LMS in this worker's hands. */
type Turn = {
  isFailing: boolean
  isProbe: boolean
  isOver: boolean
  /** Columns being made, by line item: other scores of them wait for that. */
  making: Map<string, Promise<void>>
  noteArrived: (score: ClaimedScore) => void
  gaveWay: GaveWay[]
  /** Writes down what the next score need not wait for. */
  aside: (write: () => Promise<void>) => void
}

/**
 * Sends an LMS its due scores, a few at a time: as one is done the next is begun, until none is due. An LMS that does
 * not answer several times in a row, or asks for a rest, gets one, from every worker; then a single score finds out
 * whether it is well again. False: nothing was there to be claimed. `isOver`: nothing more is begun.
 */
export async function deliverToPlatform(deps: Deps, platform: OutboxPlatform, isOver: () => boolean): Promise<boolean> {
  const { db, clock } = deps
  const now = clock()
  const entered = await enterCircuit(db, platform, { now, until: new Date(now.getTime() + PROBE_SECONDS * 1000) })
  if (entered.kind === 'open') return false
  const faults: unknown[] = []
  const failed = (fault: unknown) => {
    turn.isOver = true
    faults.push(fault)
  }
  const arrivals = noteArrivals(deps, failed)
  const turn: Turn = {
    isFailing: entered.kind !== 'closed' || entered.failures > 0,
    isProbe: entered.kind === 'probe',
    isOver: false,
    making: new Map(),
    noteArrived: arrivals.note,
    gaveWay: [],
    aside: arrivals.aside,
  }
  const underWay = new Set<Promise<void>>()
  const ahead: ClaimedScore[] = []
  let hasFound = false

  const begin = () => {
    while (ahead.length > 0 && underWay.size < SCORES_AT_ONCE) {
      const going: Promise<void> = deliver(deps, turn, ahead.shift()!)
        .catch(failed)
        .finally(() => underWay.delete(going))
      underWay.add(going)
    }
  }
  let claiming: Promise<void> | null = null
  const claim = async () => {
    const terms = turn.isProbe
      ? { limit: 1, leaseSeconds: LEASE_SECONDS, isProbe: true }
      : { limit: SCORES_AT_ONCE + AHEAD_AT_MOST - underWay.size - ahead.length, leaseSeconds: LEASE_SECONDS }
    const { scores, putOff } = await claimDueScores(db, platform, terms, clock())
    hasFound ||= scores.length + putOff > 0
    ahead.push(...scores)
    if (scores.length > 0) return
    // Nothing more is due. While others are under way, something may come due.
    if (underWay.size > 0) await Promise.race([...underWay, pause(LOOKS_EVERY_MILLISECONDS)])
  }

  for (;;) {
    const isEnding = turn.isOver || isOver()
    const mayClaim = turn.isProbe ? underWay.size + ahead.length === 0 : ahead.length < AHEAD_AT_LEAST
    if (!isEnding && mayClaim)
      claiming ??= claim()
        .catch(failed)
        .finally(() => (claiming = null))
    if (isEnding) await Promise.all(ahead.splice(0).map((score) => releaseScore(db, score, clock()).catch(failed)))
    begin()
    if (underWay.size === 0 && ahead.length === 0) {
      if (!claiming) break
      await claiming
      begin()
      if (underWay.size === 0) break
    }
    await Promise.race(claiming ? [...underWay, claiming] : underWay)
  }
  await arrivals.written()
  if (!turn.isOver && !isOver()) await findKept(deps, platform, turn.gaveWay)
  if (faults.length > 0) throw faults[0]
  return hasFound
}

/** Writes down what has arrived without keeping the next score waiting: all that came in while the last was written. */
function noteArrivals(
  { db, clock }: Deps,
  failed: (fault: unknown) => void,
): Pick<Turn, 'aside'> & { note: Turn['noteArrived']; written: () => Promise<void> } {
  let noted: ClaimedScore[] = []
  let writing: Promise<void> = Promise.resolve()
  const write = async () => {
    const scores = noted
    noted = []
    await markArrived(db, scores, clock())
  }
  return {
    note: (score) => {
      noted.push(score)
      if (noted.length === 1) writing = writing.then(write).catch(failed)
    },
    aside: (other) => {
      writing = writing.then(other).catch(failed)
    },
    written: () => writing,
  }
}

/** The first score of a column makes it; the others wait for that. */
async function deliver(deps: Deps, turn: Turn, score: ClaimedScore): Promise<void> {
  const { id, url } = score.lineItem
  if (url !== null) return deliverOne(deps, turn, score)
  const first = turn.making.get(id)
  if (first) {
    await first.catch(() => {})
    return deliverOne(deps, turn, score)
  }
  const making = deliverOne(deps, turn, score).finally(() => turn.making.delete(id))
  turn.making.set(id, making)
  return making
}

async function deliverOne(deps: Deps, turn: Turn, score: ClaimedScore): Promise<void> {
  const { db, clock } = deps
  const timeLeft = score.claimedUntil.getTime() - clock().getTime()
  // Not tried: the LMS rests, or making the column took too long.
  if (turn.isOver || timeLeft < SECONDS_PER_SCORE * 1000) return releaseScore(db, score, clock())
  const outcome = await sendScore(deps, score)
  if (outcome.kind === 'taken') return releaseScore(db, score, new Date(clock().getTime() + 2000))
  if (outcome.kind === 'later') return settleTrouble(deps, turn, score, outcome)

  const { deliveryId, lmsUserId } = score
  if (outcome.kind === 'arrived') {
    turn.noteArrived(score)
    if (outcome.gaveWay) turn.gaveWay.push({ deliveryId, lmsUserId, url: outcome.gaveWay.url })
  } else {
    const error = `${outcome.problem} ${outcome.detail}`.trim()
    deps.log.warn({ deliveryId, platformId: score.platformId, error }, 'an LMS refused a score')
    await markTrouble(db, score, {
      status: 'refused',
      error,
      isUnsent: outcome.isUnsent ?? false,
      lmsScore: outcome.lmsScore,
    })
  }
  const hasAnswered = outcome.kind === 'arrived' || outcome.problem !== 'no_gradebook'
  if (!turn.isFailing || !hasAnswered) return
  if (turn.isProbe) deps.log.info({ platformId: score.platformId }, 'an LMS that was left alone answers again')
  turn.isFailing = turn.isProbe = false
  await closeCircuit(db, score)
}

async function settleTrouble(
  { db, clock, roll, log }: Deps,
  turn: Turn,
  score: ClaimedScore,
  { problem, detail, retryAfterSeconds, waitsForUs = false, isUnsent = false }: Extract<SendOutcome, { kind: 'later' }>,
): Promise<void> {
  const { deliveryId, platformId, attempts, timestamp } = score
  const now = clock()
  turn.isFailing = true
  const failures = await countFailure(db, score, turn)
  const rest = planCircuit(failures, now, roll)
  // An LMS that fails altogether is left alone by its circuit.
  const again = planRetry({ attempts, retryAfterSeconds, failedAlone: problem === 'lms_unreachable' }, now, roll)
  // A rest that was asked for is given at once, as long as asked: how often one score was tried says nothing of the LMS.
  const busy = problem === 'lms_busy' ? Math.min(retryAfterSeconds ?? BUSY_REST_SECONDS, LONGEST_REST_SECONDS) : null
  const asked = waitsForUs ? OURS_REST_SECONDS : busy
  const until = latest(asked === null ? null : new Date(now.getTime() + asked * 1000), rest)
  if (until) {
    if (!turn.isOver) log.warn({ platformId, failures, until }, 'an LMS does not answer and is left alone for a while')
    turn.isOver = true
    await openCircuit(db, score, { now, until })
  }
  // While an LMS is out of order, a score is not to blame.
  const counts = !waitsForUs && (problem === 'not_permitted' || !rest)
  const isOutageLong = now.getTime() - timestamp.getTime() > OUTAGE_DAYS * 86_400_000
  const afterRest = isOutageLong ? null : (latest(retryAfterSeconds ? again : null, rest) ?? now)
  // Due all the while: the rest alone holds it back, so that it goes on at once when that ends.
  const nextAttemptAt = counts ? again : waitsForUs ? now : afterRest
  const error = `${problem} ${detail}`.trim()
  log.info({ deliveryId, platformId, attempts, nextAttemptAt, restsUntil: until, error }, 'a score did not get through')
  turn.aside(() =>
    markTrouble(
      db,
      score,
      nextAttemptAt
        ? { status: 'waiting', nextAttemptAt, counts, error, isUnsent }
        : { status: 'given_up', error, isUnsent },
    ),
  )
}

const latest = (one: Date | null, other: Date | null): Date | null =>
  one && other && one < other ? other : (one ?? other)
