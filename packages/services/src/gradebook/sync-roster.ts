import type { Logger } from 'pino'
import { courseStanding } from '@copractice/core/connection'
import {
  firstRosterAt,
  nextRosterAt,
  planRetry,
  ROSTER_IDLE_DAYS,
  type RosterProblem,
} from '@copractice/core/gradebook'
import { RosterUnavailable, type LtiRoster, type RosterMember, type ServiceTrouble } from '@copractice/lti'
import type { Db } from '@copractice/store/database'
import {
  claimDueRoster,
  finishRoster,
  markRosterTrouble,
  releaseRoster,
  saveRosterPage,
  scheduleRosters,
  type ClaimedRoster,
  type RosterLine,
} from '@copractice/store/gradebook'

export type RosterDeps = Readonly<{
  db: Db
  roster: LtiRoster
  log: Logger
  clock: () => Date
  /** Numbers in [0, 1) that spread readings and retries. */
  roll: () => number
}>

/** Longer than an LMS takes for a page; after a crash a roster waits no longer than this. */
const LEASE_SECONDS = 120
/** A job's time: what is under way by then is put back where it stands. */
const WORKS_MINUTES = 8
/** LMSs read beside one another by one process; each of them is asked for one page at a time. */
const LMSS_AT_ONCE = 4
const PAGES_AT_MOST = 2000

/**
 * Reads every roster that is due until none is, in batches of a few LMSs. Any number of workers may run this at once: a
 * course is in one worker's hands, and so is an LMS.
 */
export async function syncDueRosters(deps: RosterDeps): Promise<void> {
  const { db, clock, roll } = deps
  const until = new Date(clock().getTime() + WORKS_MINUTES * 60_000)
  const launchedSince = new Date(clock().getTime() - ROSTER_IDLE_DAYS * 86_400_000)
  await scheduleRosters(db, launchedSince, () => firstRosterAt(clock(), roll))
  /** What an LMS answers may find a fault of ours: its courses are set aside, and nobody else's wait for that. */
  const faults: unknown[] = []
  const work = async () => {
    while (clock() < until) {
      const claimed = await claimDueRoster(db, { leaseSeconds: LEASE_SECONDS, launchedSince }, clock())
      if (!claimed) return
      await readRoster(deps, claimed, until).catch((fault: unknown) => faults.push(fault))
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: LMSS_AT_ONCE }, work))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  if (faults.length > 0) throw faults[0]
}

/** One pass, page by page. Each page is saved before the next is asked for. */
async function readRoster(deps: RosterDeps, claimed: ClaimedRoster, until: Date): Promise<void> {
  const { db, roster, clock, roll } = deps
  const { networkId, platformId, membershipsUrl } = claimed
  let { from } = claimed
  for (let count = 1; ; count++) {
    if (clock() >= until) return releaseRoster(db, claimed, clock())
    try {
      if (count > PAGES_AT_MOST) throw new RosterUnavailable(ENDLESS)
      const page = await roster.readPage({ networkId, platformId }, membershipsUrl, from)
      const read = { ...page, lines: page.members.map(lineOf) }
      if (!(await saveRosterPage(db, claimed, read, { now: clock(), leaseSeconds: LEASE_SECONDS }))) return
      from = page.next
    } catch (error) {
      return settleTrouble(deps, claimed, error)
    }
    if (from === null) break
  }
  const now = clock()
  await finishRoster(db, claimed, { now, nextAt: nextRosterAt(now, roll) })
}

const ENDLESS: ServiceTrouble = {
  kind: 'refused',
  code: 'lms.answer_unreadable',
  reason: 'The LMS’s roster does not end.',
}

function lineOf({ userId, status, roles, name, givenName, familyName, email }: RosterMember): RosterLine {
  const { role, isTest } = courseStanding(roles)
  const composed = [givenName, familyName].filter(Boolean).join(' ')
  return { userId, name: name ?? (composed || null), email, told: { role, isTest, status } }
}

/** Nobody is marked as having left by a pass that did not come to its end. */
async function settleTrouble(
  { db, clock, roll, log }: RosterDeps,
  claimed: ClaimedRoster,
  error: unknown,
): Promise<void> {
  const now = clock()
  const { courseId, platformId, attempts } = claimed
  if (!(error instanceof RosterUnavailable)) {
    await markRosterTrouble(
      db,
      claimed,
      { status: 'failed', dueAt: nextRosterAt(now, roll), error: 'fault', forgetDifferences: true },
      now,
    )
    throw error
  }
  const { trouble } = error
  const isLater = trouble.kind === 'busy' || trouble.kind === 'unreachable'
  // A link to the differences may be forgotten by the LMS; the whole can still be read.
  const wasDifferences = !isLater && !claimed.isWhole
  const retryAfterSeconds = trouble.kind === 'busy' ? trouble.retryAfterSeconds : null
  const again = wasDifferences ? now : isLater ? planRetry({ attempts, retryAfterSeconds }, now, roll) : null
  const text = `${problemOf(trouble)} ${trouble.reason}`
  log.info({ courseId, platformId, attempts, again, error: text }, 'a roster was not read to its end')
  await markRosterTrouble(
    db,
    claimed,
    {
      status: again ? 'waiting' : 'failed',
      dueAt: again ?? nextRosterAt(now, roll),
      error: text,
      forgetDifferences: wasDifferences,
    },
    now,
  )
}

function problemOf(trouble: ServiceTrouble): RosterProblem {
  switch (trouble.kind) {
    case 'busy':
      return 'lms_busy'
    case 'unreachable':
      return 'lms_unreachable'
    case 'unauthorized':
      return 'not_permitted'
    case 'refused':
      return REFUSED[trouble.code] ?? 'refused_by_lms'
  }
}

const REFUSED: Readonly<Record<string, RosterProblem>> = {
  'lms.403': 'not_permitted',
  'lms.invalid_scope': 'not_permitted',
  'lms.answer_unreadable': 'unreadable',
  'lms.answer_too_large': 'unreadable',
}
