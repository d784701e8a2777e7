import type { DeliveryProblem } from '@copractice/core/gradebook'
import type { LtiGradebook, ServiceTrouble } from '@copractice/lti'
import type { Db } from '@copractice/store/database'
import type { ClaimedScore } from '@copractice/store/gradebook'
import { findLineItem, forgetLineItem } from './find-line-item.ts'

type Deps = Readonly<{ db: Db; gradebook: LtiGradebook; clock: () => Date }>

/** `isUnsent`: no request with the score has gone out now. */
export type SendOutcome =
  /** `gaveWay`: it went to this column, and an LMS that keeps a grade in its place did not say so. */
  | Readonly<{ kind: 'arrived'; gaveWay?: Readonly<{ url: string }> }>
  /** Another worker is making the column. */
  | Readonly<{ kind: 'taken' }>
  /** `waitsForUs`: it waits until somebody stands for an address of the LMS, or switches its connection on. */
  | Readonly<{
      kind: 'later'
      problem: DeliveryProblem
      detail: string
      retryAfterSeconds: number | null
      waitsForUs?: boolean
      isUnsent?: boolean
    }>
  /** `lmsScore`: what a teacher put there, in points of the score's maximum; `unsaid` where the LMS does not say. */
  | Readonly<{
      kind: 'refused'
      problem: DeliveryProblem
      detail: string
      lmsScore?: number | 'unsaid'
      isUnsent?: boolean
    }>

/**
 * Sends one score, in a column that is made where there is none. What a teacher has put in the LMS stays theirs, unless
 * this score was asked to take its place: only where one of ours was seen a moment ago does it replace anything, and
 * elsewhere it fills an empty cell. Sent any number of times, it is one score and one attempt.
 */
export async function sendScore(deps: Deps, score: ClaimedScore): Promise<SendOutcome> {
  const { db, gradebook } = deps
  const { networkId, platformId, lmsUserId: userId, timestamp, roundId, personId, handedInAt } = score
  const platform = { networkId, platformId }
  // Taken back before it, or its column, ever was there.
  if (score.withdraws && score.sentBefore.length === 0 && score.lineItem.url === null) return { kind: 'arrived' }
  const column = await findLineItem(deps, score)
  if (column.kind === 'no_gradebook') return unsent({ kind: 'refused', problem: 'no_gradebook', detail: '' })
  if (column.kind === 'taken') return column
  if (column.kind !== 'found') return unsent(outcomeOf(column))

  const mayBeTheirs = score.sentBefore.length > 0 && !score.overwrites
  // Canvas adds a comment each time one comes: what has arrived with its answer lost is not sent once more.
  const mayBeThere = score.comment !== '' && score.isAgain && !score.withdraws
  let { comment, overwrites: replaces } = score
  if (mayBeTheirs || mayBeThere) {
    const held = await readHeld(deps, score, column.url)
    if (held.kind === 'later') return unsent(held)
    if (held.kind === 'kept' && !score.overwrites) return unsent(theirs('unsaid'))
    // What it says of the score has come, though the score gave way.
    if (held.kind === 'kept') comment = ''
    const there = held.kind === 'read' ? held.score : null
    if (mayBeTheirs && there !== null && !isOneOfOurs(there, score)) return unsent(theirs(there))
    if (mayBeThere && there !== null && isSame(there, score.score)) return { kind: 'arrived' }
    // An LMS that lets nobody read says nothing of a teacher's: what we have sent before is replaced.
    const isOurs = held.kind === 'refused' || (there !== null && (score.withdraws || !isSame(there, score.score)))
    replaces ||= mayBeTheirs && isOurs
  }
  if (score.withdraws) return takeBack(deps, score, column.url, replaces)
  const sent = await gradebook.postScore(platform, column.url, {
    userId,
    scoreGiven: score.score,
    replaces,
    scoreMaximum: score.maximum,
    comment,
    timestamp,
    work: handedInAt && { roundId, personId, handedInAt },
  })
  if (sent.kind === 'stale') return whoseIsNewer(deps, score, column.url)
  if (sent.kind !== 'accepted') {
    const outcome = outcomeOf(sent)
    if (outcome.kind === 'refused' && outcome.problem === 'column_missing') await forgetLineItem(db, score, column.url)
    return outcome
  }
  // Moodle accepts a score and goes on showing the grade that a teacher has overridden it with.
  if (score.overwrites) return whoseIsNewer(deps, score, column.url, 'unless another is seen')
  return { kind: 'arrived', ...(!replaces && { gaveWay: { url: column.url } }) }
}

/**
 * Empties the learner's cell, where it `replaces` what is there. Canvas keeps comments and the attempt, Moodle erases the
 * comment with the score. Where nothing of ours was seen, the LMS only hears that what comes late from before is old.
 */
async function takeBack(deps: Deps, score: ClaimedScore, url: string, replaces: boolean): Promise<SendOutcome> {
  const { db, gradebook } = deps
  const { networkId, platformId, lmsUserId: userId, timestamp, maximum: scoreMaximum } = score
  const nothing = { userId, scoreGiven: null, replaces, scoreMaximum, comment: '', timestamp, work: null }
  const sent = await gradebook.postScore({ networkId, platformId }, url, nothing)
  // Moodle accepts this too, and goes on showing the grade that a teacher has overridden with.
  if (sent.kind === 'stale' || (sent.kind === 'accepted' && score.overwrites)) {
    const held = await readHeld(deps, score, url)
    if (held.kind === 'kept') return theirs('unsaid')
    if (held.kind === 'refused' && sent.kind === 'accepted') return { kind: 'arrived' }
    if (held.kind !== 'read') return held
    return held.score === null ? { kind: 'arrived' } : theirs(held.score)
  }
  if (sent.kind === 'accepted') return { kind: 'arrived' }
  if (sent.kind !== 'refused' || !GONE.has(sent.code) || !score.lineItemsUrl) return outcomeOf(sent)
  // With the column went the score. Canvas says the same of every column while a course is closed.
  const columns = await gradebook.listLineItems({ networkId, platformId }, score.lineItemsUrl)
  if (columns.kind !== 'read') return outcomeOf(columns)
  if (columns.lineItems.some((column) => column.url === url)) return outcomeOf(sent)
  await forgetLineItem(db, score, url)
  return { kind: 'arrived' }
}

const GONE = new Set(['lms.404', 'lms.410'])

type Held = Readonly<{ kind: 'read'; score: number | null }> | Readonly<{ kind: 'kept' }> | ReturnType<typeof outcomeOf>

/** What the gradebook shows, in points of the score's maximum. */
async function readHeld({ gradebook }: Deps, score: ClaimedScore, url: string): Promise<Held> {
  const { networkId, platformId, lmsUserId } = score
  const result = await gradebook.readResult({ networkId, platformId }, url, lmsUserId)
  if (result.kind === 'kept') return result
  if (result.kind !== 'read') return outcomeOf(result)
  const held = result.score === null ? null : (result.score / (result.maximum ?? 1)) * score.maximum
  return { kind: 'read', score: held }
}

/**
 * The LMS holds something as new as this score. It is this score when an earlier sending was applied and its answer was
 * lost; otherwise somebody graded in the LMS after it was published, and theirs stands.
 */
async function whoseIsNewer(
  deps: Deps,
  score: ClaimedScore,
  url: string,
  arrived: 'if it is seen' | 'unless another is seen' = 'if it is seen',
): Promise<SendOutcome> {
  const held = await readHeld(deps, score, url)
  if (held.kind === 'kept') return theirs('unsaid')
  if (held.kind !== 'read') return arrived === 'if it is seen' || held.kind === 'later' ? held : { kind: 'arrived' }
  if (held.score !== null) return isSame(held.score, score.score) ? { kind: 'arrived' } : theirs(held.score)
  return arrived === 'if it is seen' ? { kind: 'refused', problem: 'newer_grade', detail: '' } : { kind: 'arrived' }
}

const unsent = (outcome: Exclude<SendOutcome, { kind: 'arrived' | 'taken' }>) => ({ ...outcome, isUnsent: true })

const theirs = (held: number | 'unsaid') => ({
  kind: 'refused' as const,
  problem: 'newer_grade' as const,
  detail: '',
  lmsScore: held === 'unsaid' ? held : Math.round(held * 100) / 100,
})

const isOneOfOurs = (held: number, { score, maximum, sentBefore }: ClaimedScore): boolean =>
  isSame(held, score) || sentBefore.some((share) => isSame(held, share * maximum))

/** LMSs keep between 2 and 5 decimals. */
const isSame = (one: number, other: number): boolean => Math.abs(one - other) < 0.006

function outcomeOf(trouble: ServiceTrouble): Extract<SendOutcome, { kind: 'later' | 'refused' }> {
  const detail = trouble.reason
  switch (trouble.kind) {
    case 'busy':
      return { kind: 'later', problem: 'lms_busy', detail, retryAfterSeconds: trouble.retryAfterSeconds }
    case 'unreachable':
      return { kind: 'later', problem: 'lms_unreachable', detail, retryAfterSeconds: null }
    case 'unauthorized':
      return { kind: 'later', problem: 'not_permitted', detail, retryAfterSeconds: null }
    case 'refused':
      if (WAITS_FOR_US.has(trouble.code))
        return { kind: 'later', problem: 'not_permitted', detail, retryAfterSeconds: null, waitsForUs: true }
      // A page in the place of an answer, or the way to one, says nothing of the score: mostly the LMS is being looked after.
      if (trouble.code === 'lms.answer_unreadable' || trouble.code.startsWith('lms.3'))
        return { kind: 'later', problem: 'lms_unreachable', detail, retryAfterSeconds: null }
      return { kind: 'refused', problem: REFUSED[trouble.code] ?? 'refused_by_lms', detail }
  }
}

/** Nothing was asked of the LMS: an administrator of ours has to confirm an address, or to switch the connection on. */
const WAITS_FOR_US = new Set(['lms.address_elsewhere', 'lms.connection_off'])

/** Canvas says 412 for a column that is not of this tool any more. */
const REFUSED: Readonly<Record<string, DeliveryProblem>> = {
  'lms.403': 'not_permitted',
  'lms.invalid_scope': 'not_permitted',
  'lms.404': 'column_missing',
  'lms.410': 'column_missing',
  'lms.412': 'column_missing',
}
