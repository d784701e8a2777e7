import * as z from 'zod'
import type { ServicePlatform } from '@copractice/store/connection'
import type { Answer, OutgoingRequest } from '../net/outgoing.ts'
import type { ResultOutcome, Score, ScoreOutcome } from './port.ts'
import { troubleOf, unreadable } from './trouble.ts'

const MEDIA_SCORE = 'application/vnd.ims.lis.v1.score+json'
const MEDIA_RESULTS = 'application/vnd.ims.lis.v2.resultcontainer+json'
const CANVAS_SUBMISSION = 'https://canvas.instructure.com/lti/submission'
const TIMEOUT_MS = 15_000

/** Sends one request with an access token for this need. */
export type Call = (need: 'score' | 'result', request: OutgoingRequest) => Promise<Answer>

type Sending = Readonly<{ now: Date; launchUrl: string }>

/**
 * Posts a final score (LTI Assignment and Grade Services 2.0, 3.4). Only FullyGraded sets a grade in every LMS. A score of
 * null is a reset as the standard has it: no scoreGiven, and nothing graded; Canvas and Moodle then empty the cell.
 */
export async function postScore(
  call: Call,
  platform: ServicePlatform,
  lineItemUrl: string,
  score: Score,
  { now, launchUrl }: Sending,
): Promise<ScoreOutcome> {
  const { comment, timestamp, work, userId, scoreGiven, scoreMaximum } = score
  const send = (submission: Score['work']) =>
    call('score', {
      method: 'POST',
      url: under(lineItemUrl, 'scores'),
      headers: { 'content-type': MEDIA_SCORE, accept: 'application/json' },
      body: JSON.stringify({
        userId,
        timestamp: timestamp.toISOString(),
        ...(scoreGiven === null
          ? { activityProgress: 'Initialized', gradingProgress: 'NotReady' }
          : { scoreGiven, scoreMaximum, activityProgress: 'Completed', gradingProgress: 'FullyGraded' }),
        ...(comment ? { comment } : {}),
        ...(platform.profile === 'canvas' ? { [CANVAS_SUBMISSION]: canvasSubmission(submission, launchUrl) } : {}),
      }),
      timeoutMs: TIMEOUT_MS,
    })
  const first = await send(work)
  const answer = work && hasNoAttemptLeft(first) ? await send(null) : first
  // Canvas answers with JSON, Moodle with nothing. A page is of whatever stands in front of an LMS that has taken no score.
  if (answer.status >= 200 && answer.status < 300)
    return /^\s*</.test(answer.text) ? unreadable() : { kind: 'accepted' }
  if (isStale(answer)) return { kind: 'stale', reason: 'The gradebook holds a score that is as new or newer.' }
  return troubleOf(answer, now)
}

/**
 * Canvas makes a submission attempt of every score unless told otherwise. Work is told as one attempt, of the moment it
 * was handed in: Canvas takes the same moment again for the same attempt, counts lateness from it, and SpeedGrader
 * launches its address. A score for no work makes none.
 */
function canvasSubmission(work: Score['work'], launchUrl: string): Record<string, unknown> {
  if (!work) return { new_submission: false }
  const address = new URL(launchUrl)
  address.searchParams.set('round', work.roundId)
  address.searchParams.set('person', work.personId)
  return {
    submission_type: 'basic_lti_launch',
    submission_data: address.href,
    submitted_at: work.handedInAt.toISOString(),
  }
}

/** An assignment in Canvas may allow so many attempts; the one of this work counts too, once it is there. A score needs none. */
const hasNoAttemptLeft = ({ status, text }: Answer): boolean =>
  status === 422 && /maximum number of allowed attempts/i.test(text)

/** Moodle says 409. Canvas says 400 as for anything it cannot read, and only its words tell. */
function isStale({ status, text }: Answer): boolean {
  return status === 409 || (status === 400 && /before last updated timestamp/i.test(text))
}

const Results = z.array(
  z.object({
    userId: z.coerce.string(),
    resultScore: z.number().nullish().catch(null),
    resultMaximum: z.number().positive().nullish().catch(null),
    comment: z.string().nullish().catch(null),
  }),
)

/** What the gradebook shows for one learner (3.3). Asks without `limit`, which breaks Moodle. */
export async function readResult(call: Call, lineItemUrl: string, userId: string, now: Date): Promise<ResultOutcome> {
  const url = new URL(under(lineItemUrl, 'results'))
  url.searchParams.set('user_id', userId)
  const headers = { accept: MEDIA_RESULTS }
  const answer = await call('result', { method: 'GET', url: url.href, headers, timeoutMs: TIMEOUT_MS })
  if (answer.status !== 200) return troubleOf(answer, now)
  const parsed = readResults(answer.text)
  if (!parsed) return unreadable()
  const found = parsed.find((result) => result.userId === userId)
  return {
    kind: 'read',
    score: found?.resultScore ?? null,
    maximum: found ? (found.resultMaximum ?? 1) : null,
    comment: found?.comment ?? null,
  }
}

function readResults(text: string) {
  try {
    return Results.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** `scores` and `results` go on the path, before any query: Moodle's addresses carry one. */
export function under(lineItemUrl: string, part: 'scores' | 'results'): string {
  const url = new URL(lineItemUrl)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${part}`
  return url.href
}
