import { findPerson } from '../platform.ts'
import { cellOf, type Answer } from '../profiles/dialect.ts'
import { admit, findColumn, isAnswer, refuseMedia } from './admit.ts'
import { MEDIA, SCOPE } from './scopes.ts'
import type { Call, Telling } from './serve.ts'

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {}

/** POST a score: who may, then what this LMS makes of it (profiles/canvas-score.ts, profiles/moodle-score.ts). */
export function takeScore(call: Call): Answer {
  const { platform } = call
  const admitted = admit(call, [SCOPE.score])
  if (isAnswer(admitted)) return admitted
  const media = refuseMedia(call, 'content-type', MEDIA.score)
  if (media !== undefined) return media
  const column = findColumn(call, admitted)
  if (column === undefined)
    return { body: { error: platform.dialect.foreignItem.reason }, ...platform.dialect.foreignItem }
  const score = asRecord(call.json)
  const person = findPerson(admitted.course, score.userId)
  const refusal = platform.dialect.refuseLearner(person)
  if (refusal !== undefined || person === undefined)
    return { status: 400, ...refusal, body: { error: refusal?.reason } }

  const known = platform.state.cells.some((cell) => cell.columnId === column.id && cell.personId === person.id)
  const cell = cellOf(platform.state, column.id, person.id)
  const now = platform.now()
  const before = JSON.stringify(cell)
  const answer = platform.dialect.takeScore({ platform, course: admitted.course, column, person, cell, score, now })
  if (answer.status < 300 && JSON.stringify(cell) !== before) {
    cell.arrivedAt = now.toISOString()
    cell.activityProgress = String(score.activityProgress)
    cell.gradingProgress = String(score.gradingProgress)
  } else if (!known) platform.state.cells = platform.state.cells.filter((each) => each !== cell)
  return answer.status >= 300 ? { body: { error: answer.reason }, ...answer } : { contentType: MEDIA.score, ...answer }
}

/** "Score 15.5 of 20 for Sofia Castellanos, work" */
export function tellScore({ platform, params, json }: Call): Telling {
  const course = platform.dialect.findServiceCourse(platform, params.course ?? '')
  const column = platform.state.columns.find((each) => each.id === params.item)
  const score = asRecord(json)
  const personId = typeof score.userId === 'string' ? score.userId : undefined
  const person = course && findPerson(course, personId)
  const given = typeof score.scoreGiven === 'number' ? score.scoreGiven : undefined
  const maximum = typeof score.scoreMaximum === 'number' ? score.scoreMaximum : undefined
  // In points of the column, as people see it, whatever scale it came in.
  const scale = maximum && column ? column.scoreMaximum / maximum : 1
  const what =
    given === undefined
      ? `No score (${String(score.gradingProgress)})`
      : `Score ${given * scale} of ${maximum === undefined ? String(score.scoreMaximum) : maximum * scale}`
  return {
    message: `${what} for ${person?.name ?? 'somebody unknown'}, ${column?.label ?? 'a column that is not there'}`,
    ...(course === undefined ? {} : { courseId: course.id }),
    ...(column === undefined ? {} : { columnId: column.id }),
    ...(personId === undefined ? {} : { personId }),
  }
}
