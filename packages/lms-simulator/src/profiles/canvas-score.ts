import type { Cell, Column } from '../state.ts'
import type { Answer, ScoreCase } from './dialect.ts'

const SUBMISSION = 'https://canvas.instructure.com/lti/submission'
const ACTIVITY = ['Initialized', 'Started', 'InProgress', 'Submitted', 'Completed']
const GRADING = ['NotReady', 'Failed', 'Pending', 'PendingManual', 'FullyGraded']
const SUBMISSION_TYPES = [
  'none',
  'basic_lti_launch',
  'online_text_entry',
  'external_tool',
  'online_upload',
  'online_url',
]

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const bad = (reason: string): Answer => ({ status: 400, reason })
const cannot = (reason: string): Answer => ({ status: 422, reason })

type Sent = {
  given: number | undefined
  maximum: number | undefined
  grading: string
  extension: Record<string, unknown>
  type: string
  submittedAt: string | undefined
}

function read(score: Record<string, unknown>): Sent {
  const extension = isRecord(score[SUBMISSION]) ? score[SUBMISSION] : {}
  const submission = isRecord(score.submission) ? score.submission : {}
  return {
    given: typeof score.scoreGiven === 'number' ? score.scoreGiven : undefined,
    maximum: typeof score.scoreMaximum === 'number' ? score.scoreMaximum : undefined,
    grading: String(score.gradingProgress),
    extension,
    type: Array.isArray(extension.content_items)
      ? 'online_upload'
      : (text(extension.submission_type) ?? 'external_tool'),
    submittedAt: text(extension.submitted_at) ?? text(submission.submittedAt),
  }
}

function refuse(
  { cell, course, column, score, now }: ScoreCase,
  sent: Sent,
  asksForAttempt: boolean,
): Answer | undefined {
  for (const name of ['userId', 'activityProgress', 'gradingProgress', 'timestamp'])
    if (text(score[name]) === undefined) return bad(`param is missing or the value is empty: ${name}`)
  if (!ACTIVITY.includes(String(score.activityProgress))) return bad('activityProgress is not one of the five')
  if (!GRADING.includes(sent.grading)) return bad('gradingProgress is not one of the five')
  const timestamp = Date.parse(String(score.timestamp))
  if (Number.isNaN(timestamp)) return bad(`Provided timestamp of ${String(score.timestamp)} not a valid timestamp`)
  if (cell.timestamp !== null && Date.parse(cell.timestamp) > timestamp)
    return bad(`Provided timestamp of ${String(score.timestamp)} before last updated timestamp of ${cell.timestamp}`)
  if (sent.submittedAt !== undefined) {
    const submittedAt = Date.parse(sent.submittedAt)
    if (Number.isNaN(submittedAt)) return bad('submitted_at is not a timestamp')
    if (submittedAt > now.getTime() + 60_000) return bad('submitted_at lies in the future')
  }
  if (sent.given !== undefined && sent.maximum === undefined)
    return cannot('ScoreMaximum not supplied when ScoreGiven present.')
  if ((sent.given ?? 0) < 0) return cannot('ScoreGiven must be greater than or equal to 0')
  if ((sent.maximum ?? 1) <= 0) return cannot('ScoreMaximum must be greater than 0')
  if (!SUBMISSION_TYPES.includes(sent.type)) return bad('submission_type is not known')
  if (sent.type === 'online_upload' && !Array.isArray(sent.extension.content_items))
    return cannot("Content items must be provided with submission type 'online_upload'")
  if (course.concluded === true) return cannot('the course is concluded')
  if (column.unpublished === true) return cannot('the assignment is not published')
  if (asksForAttempt && column.allowedAttempts !== undefined && cell.attempts.length >= column.allowedAttempts)
    return cannot('The maximum number of allowed attempts has been reached for this submission')
  return undefined
}

/**
 * A score as Canvas takes it. Every post is a new submission attempt, whatever activityProgress says, unless
 * new_submission is false, the type is none, or submitted_at repeats. Comments accumulate. The score is cleared
 * unless FullyGraded or PendingManual with scoreGiven, or preserve_score. One that is there, a tool's as well as a
 * teacher's, stays with prioritize_non_tool_grade, which holds no clearing back. The result says what was sent, whatever
 * became of it. Older timestamps 400, equal ones pass.
 */
export function takeCanvasScore(scoreCase: ScoreCase): Answer {
  const { cell, column, score, now, platform, course } = scoreCase
  const sent = read(score)
  const { extension } = sent
  const repeats = sent.submittedAt !== undefined && cell.attempts.at(-1)?.submittedAt === sent.submittedAt
  const asksForAttempt = extension.new_submission !== false && sent.type !== 'none'
  const makesAttempt = asksForAttempt && column.submissionType !== 'none' && !repeats
  // One that repeats is asked for all the same, and refused where no attempt is left.
  const refusal = refuse(scoreCase, sent, asksForAttempt)
  if (refusal !== undefined) return refusal

  if (makesAttempt) {
    const content = text(extension.submission_data)
    const submittedAt = sent.submittedAt ?? now.toISOString()
    cell.attempts.push({ submittedAt, type: sent.type, score: null, ...(content === undefined ? {} : { content }) })
  }
  const counts = (sent.grading === 'FullyGraded' || sent.grading === 'PendingManual') && sent.given !== undefined
  const isKept = counts && extension.prioritize_non_tool_grade === true && cell.score !== null
  if (extension.preserve_score !== true && !isKept) {
    cell.score = counts ? (sent.given ?? 0) * (column.scoreMaximum / (sent.maximum ?? 1)) : null
    if (counts) cell.byHand = false
    const attempt = cell.attempts.at(-1)
    if (attempt !== undefined) attempt.score = cell.score
  }
  cell.resultScore = sent.given ?? null
  cell.resultMaximum = sent.maximum
  const comment = text(score.comment)
  if (comment !== undefined) cell.comments.push(comment)
  cell.timestamp = String(score.timestamp)
  const tool = platform.state.tools.find((each) => each.clientId === column.clientId) ?? platform.state.tools[0]
  const itemUrl = tool === undefined ? '' : platform.dialect.lineItemUrl(platform, tool, course, column)
  return { status: 200, body: { resultUrl: `${itemUrl}/results/${encodeURIComponent(cell.personId)}` } }
}

/**
 * A result's score as Canvas tells it. Where a person graded last, what is noted is taken for points of the column, and
 * converted into points of the tool's maximum; also where it is what the tool sent and the person's grade stayed.
 */
export function canvasResultScore(
  { resultScore, resultMaximum, byHand }: Cell,
  { scoreMaximum }: Column,
): number | null {
  if (resultScore === undefined || resultScore === null) return null
  const converts = byHand === true && resultMaximum !== undefined && resultMaximum > 0 && scoreMaximum > 0
  return converts ? (resultScore * resultMaximum) / scoreMaximum : resultScore
}
