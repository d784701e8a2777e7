import type { Answer, ScoreCase } from './dialect.ts'

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/
const incorrect: Answer = { status: 400, reason: 'Incorrect score received' }
const isNumber = (value: unknown): boolean => value === undefined || value === null || !Number.isNaN(Number(value))

/**
 * A score as Moodle takes it. Whole seconds: equal or older than what is stored is 409, so is an exact resend.
 * Only FullyGraded with scoreGiven sets a grade; anything else erases grade and comment. A score without comment
 * erases the comment. A comment that is stored with a pending grade is stamped with the server's own second.
 */
export function takeMoodleScore({ cell, column, score, now }: ScoreCase): Answer {
  for (const name of ['userId', 'timestamp', 'gradingProgress', 'activityProgress'])
    if (score[name] === undefined || score[name] === null) return incorrect
  if (typeof score.timestamp !== 'string' || !ISO.test(score.timestamp)) return incorrect
  if (!isNumber(score.scoreGiven) || !isNumber(score.scoreMaximum)) return incorrect
  const second = Math.floor(Date.parse(score.timestamp) / 1000)
  if (cell.timestamp !== null && Math.floor(Date.parse(cell.timestamp) / 1000) >= second)
    return { status: 409, reason: 'Refusing score with an earlier timestamp for this item and user' }
  if (column.locked === true) return { status: 500, reason: 'the grade is locked' }

  const graded = score.gradingProgress === 'FullyGraded' && score.scoreGiven !== undefined && score.scoreGiven !== null
  const comment = typeof score.comment === 'string' && score.comment !== '' ? score.comment : undefined
  if (cell.byHand === true) return { status: 200, reason: 'taken, but the teacher’s own grade stays' }
  const maximum = Number(score.scoreMaximum ?? 1)
  cell.score = graded && maximum > 0 ? (Number(score.scoreGiven) / maximum) * column.scoreMaximum : null
  cell.comments = comment === undefined ? [] : [comment]
  if (graded) cell.timestamp = new Date(second * 1000).toISOString()
  else cell.timestamp = comment === undefined ? null : new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString()
  return { status: 200 }
}
