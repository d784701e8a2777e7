import type { Answer } from '../profiles/dialect.ts'
import { admit, findColumn, isAnswer, refuseMedia } from './admit.ts'
import { pageOf } from './pages-of.ts'
import { MEDIA, SCOPE } from './scopes.ts'
import type { Call, Telling } from './serve.ts'

/** GET the results of a column, of all or of one learner (`user_id=`, or Canvas's own address of one result). */
export function listResults(call: Call): Answer {
  const { platform, params, url } = call
  const admitted = admit(call, [SCOPE.result])
  if (isAnswer(admitted)) return admitted
  const column = findColumn(call, admitted)
  if (column === undefined)
    return { body: { error: platform.dialect.foreignItem.reason }, ...platform.dialect.foreignItem }
  const media = refuseMedia(call, 'accept', MEDIA.results)
  if (media !== undefined) return media
  if (platform.profile === 'moodle' && url.searchParams.has('limit'))
    return { status: 404, body: { error: 'not found' }, reason: 'results?limit= breaks in this LMS' }
  const itemUrl = platform.dialect.lineItemUrl(platform, admitted.tool, admitted.course, column)
  const personId = params.user ?? url.searchParams.get('user_id')
  const cells = platform.state.cells.filter(
    (cell) =>
      cell.columnId === column.id && cell.timestamp !== null && (personId === null || cell.personId === personId),
  )
  const bodies = cells.map((cell) => platform.dialect.resultBody(cell, column, itemUrl))
  if (params.user !== undefined)
    return bodies[0] === undefined
      ? { status: 404, body: { error: 'no such result' } }
      : { status: 200, body: bodies[0], contentType: MEDIA.results }
  const { entries, headers } = pageOf(call, bodies, 'items')
  return { status: 200, body: entries, contentType: MEDIA.results, headers }
}

/** What "What arrived" says of a results request. */
export function tellResults({ platform, params }: Call): Telling {
  const column = platform.state.columns.find((each) => each.id === params.item)
  const course = platform.dialect.findServiceCourse(platform, params.course ?? '')
  return {
    message: `Reads the results of ${column?.label ?? 'a column that is not there'}`,
    ...(course === undefined ? {} : { courseId: course.id }),
    ...(column === undefined ? {} : { columnId: column.id }),
  }
}
