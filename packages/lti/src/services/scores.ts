import type { ServicePlatform } from '@copractice/store/connection'
import type { Answer, OutgoingRequest } from '../net/outgoing.ts'
import type { Score, ScoreOutcome } from './port.ts'
import { troubleOf, unreadable } from './trouble.ts'

const MEDIA_SCORE = 'application/vnd.ims.lis.v1.score+json'
const CANVAS_SUBMISSION = 'https://canvas.instructure.com/lti/submission'
export const TIMEOUT_MS = 15_000

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
  const isCanvas = platform.profile === 'canvas'
  const scale = isCanvas && !score.replaces ? LARGE : 1
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
          : {
              scoreGiven: scoreGiven * scale,
              scoreMaximum: scoreMaximum * scale,
              activityProgress: 'Completed',
              gradingProgress: 'FullyGraded',
            }),
        ...(comment ? { comment } : {}),
        ...(isCanvas && {
          [CANVAS_SUBMISSION]: {
            ...canvasSubmission(submission, launchUrl),
            ...(!score.replaces && yields(scoreGiven)),
          },
        }),
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

/**
 * Canvas's words for "leave a grade that is there alone". The first keeps any grade, ours too, but empties the cell all
 * the same where a score has no scoreGiven; that one the second holds back.
 */
const yields = (scoreGiven: number | null): Record<string, true> =>
  scoreGiven === null ? { preserve_score: true } : { prioritize_non_tool_grade: true }

/**
 * How large a score that gives way is written, given and maximum alike; a power of two, so that Canvas works out the very
 * same points. Its results go on saying what we sent, whatever it has kept, but it converts those of cells that a person
 * graded from points of the assignment into points of our maximum. Where they were ours, that makes them so many times
 * too large (0013-a-teachers-grade.md).
 */
export const LARGE = 2 ** 20
/** An assignment in Canvas may allow so many attempts; the one of this work counts too, once it is there. A score needs none. */
const hasNoAttemptLeft = ({ status, text }: Answer): boolean =>
  status === 422 && /maximum number of allowed attempts/i.test(text)

/** Moodle says 409. Canvas says 400 as for anything it cannot read, and only its words tell. */
function isStale({ status, text }: Answer): boolean {
  return status === 409 || (status === 400 && /before last updated timestamp/i.test(text))
}

/** `scores` and `results` go on the path, before any query: Moodle's addresses carry one. */
export function under(lineItemUrl: string, part: 'scores' | 'results'): string {
  const url = new URL(lineItemUrl)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${part}`
  return url.href
}
