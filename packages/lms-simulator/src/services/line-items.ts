import { columnsOf, newColumnId, removeColumn } from '../gradebook.ts'
import { linksOf } from '../platform.ts'
import type { Answer } from '../profiles/dialect.ts'
import { submissionReviewSchema, type Column } from '../state.ts'
import { admit, findColumn, isAnswer, refuseMedia, type Admitted } from './admit.ts'
import { pageOf } from './pages-of.ts'
import { MEDIA, SCOPE } from './scopes.ts'
import type { Call } from './serve.ts'

const SUBMISSION_TYPE = 'https://canvas.instructure.com/lti/submission_type'
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function write({ platform }: Call, { course, tool }: Admitted, column: Column): Record<string, unknown> {
  const { label, scoreMaximum, resourceId, tag, resourceLinkId, startDateTime, endDateTime } = column
  return {
    id: platform.dialect.lineItemUrl(platform, tool, course, column),
    label,
    scoreMaximum,
    ...(resourceId === undefined ? {} : { resourceId }),
    ...(tag === undefined ? {} : { tag }),
    ...(resourceLinkId === undefined ? {} : { resourceLinkId }),
    ...(startDateTime === undefined ? {} : { startDateTime }),
    ...(endDateTime === undefined ? {} : { endDateTime }),
    ...platform.dialect.lineItemBody(platform, column),
  }
}

type Wanted = Pick<Column, 'label' | 'scoreMaximum'> & Partial<Column>

/** Reads a line item out of a body; a text is the reason it is refused. */
function read({ json }: Call): Wanted | string {
  if (!isRecord(json)) return 'the body is not a line item'
  const { label, scoreMaximum, resourceId, tag, resourceLinkId, startDateTime, endDateTime, submissionReview } = json
  const type = json[SUBMISSION_TYPE]
  const review = submissionReviewSchema.safeParse(submissionReview)
  if (typeof label !== 'string' || label === '') return 'No label'
  if (typeof scoreMaximum !== 'number' || !(scoreMaximum > 0)) return 'No scoreMaximum above 0'
  return {
    label,
    scoreMaximum,
    ...(typeof resourceId === 'string' ? { resourceId } : {}),
    ...(typeof tag === 'string' ? { tag } : {}),
    ...(typeof resourceLinkId === 'string' ? { resourceLinkId } : {}),
    ...(typeof startDateTime === 'string' ? { startDateTime } : {}),
    ...(typeof endDateTime === 'string' ? { endDateTime } : {}),
    ...(review.success ? { submissionReview: review.data } : {}),
    ...(isRecord(type) && typeof type.type === 'string' ? { submissionType: type.type } : {}),
  }
}

/** GET the tool's columns, filtered by resource_link_id, resource_id and tag. */
export function listLineItems(call: Call): Answer {
  const admitted = admit(call, [SCOPE.lineitem, SCOPE.lineitemReadonly])
  if (isAnswer(admitted)) return admitted
  const media = refuseMedia(call, 'accept', MEDIA.lineitems)
  if (media !== undefined) return media
  const asked = (name: string) => call.url.searchParams.get(name)
  const matching = columnsOf(call.platform, admitted.course, admitted.tool).filter(
    (column) =>
      [
        asked('resource_link_id') ?? column.resourceLinkId,
        asked('resource_id') ?? column.resourceId,
        asked('tag') ?? column.tag,
      ].join('\n') === [column.resourceLinkId, column.resourceId, column.tag].join('\n'),
  )
  const { entries, headers } = pageOf(call, matching, 'items')
  return {
    status: 200,
    body: entries.map((column) => write(call, admitted, column)),
    contentType: MEDIA.lineitems,
    headers,
  }
}

/** POST a new column. It may belong to a link of the course. */
export function addLineItem(call: Call): Answer {
  const { platform } = call
  const admitted = admit(call, [SCOPE.lineitem])
  if (isAnswer(admitted)) return admitted
  const media = refuseMedia(call, 'content-type', MEDIA.lineitem)
  if (media !== undefined) return media
  const wanted = read(call)
  if (typeof wanted === 'string')
    return { status: platform.profile === 'canvas' ? 422 : 400, body: { error: wanted }, reason: wanted }
  const { course, tool } = admitted
  const isLink = linksOf(platform, course).some(
    (link) => platform.dialect.resourceLinkId(platform, course, link) === wanted.resourceLinkId,
  )
  if (wanted.resourceLinkId !== undefined && !isLink)
    return {
      ...platform.dialect.foreignItem,
      body: { error: 'resourceLinkId' },
      reason: 'the resource link is not of this course',
    }
  const column: Column = {
    ...wanted,
    id: newColumnId(platform),
    courseId: course.id,
    clientId: tool.clientId,
    madeBy: 'tool',
  }
  platform.state.columns.push(column)
  return { status: 201, body: write(call, admitted, column), contentType: MEDIA.lineitem }
}

/** GET, PUT or DELETE one column. PUT replaces all but id and resourceLinkId. */
export function oneLineItem(call: Call): Answer {
  const { platform, req } = call
  const reads = req.method === 'GET'
  const admitted = admit(call, reads ? [SCOPE.lineitem, SCOPE.lineitemReadonly] : [SCOPE.lineitem])
  if (isAnswer(admitted)) return admitted
  const column = findColumn(call, admitted)
  if (column === undefined)
    return { body: { error: platform.dialect.foreignItem.reason }, ...platform.dialect.foreignItem }
  if (reads) {
    const media = refuseMedia(call, 'accept', MEDIA.lineitem)
    return media ?? { status: 200, body: write(call, admitted, column), contentType: MEDIA.lineitem }
  }
  if (req.method === 'DELETE') {
    const refusal = platform.dialect.refuseDelete(column)
    if (refusal !== undefined) return { body: { error: refusal.reason }, ...refusal }
    removeColumn(platform, column)
    return { status: 204, reason: 'deleted' }
  }
  const media = refuseMedia(call, 'content-type', MEDIA.lineitem)
  if (media !== undefined) return media
  const wanted = read(call)
  if (typeof wanted === 'string') return { status: 400, body: { error: wanted }, reason: wanted }
  replace(column, wanted)
  return { status: 200, body: write(call, admitted, column), contentType: MEDIA.lineitem }
}

function replace(column: Column, wanted: Wanted): void {
  for (const name of [
    'resourceId',
    'tag',
    'startDateTime',
    'endDateTime',
    'submissionReview',
    'submissionType',
  ] as const)
    delete column[name]
  const { resourceLinkId: _fixed, ...rest } = wanted
  Object.assign(column, rest)
}

/** What "What arrived" says of a line item request. */
export function tellLineItem({ platform, req, params, json }: Call): {
  message: string
  courseId?: string
  columnId?: string
} {
  const course = platform.dialect.findServiceCourse(platform, params.course ?? '')
  const column = platform.state.columns.find((each) => each.id === params.item)
  const label = column?.label ?? (isRecord(json) && typeof json.label === 'string' ? json.label : '')
  const verbs: Record<string, string> = { POST: 'New column', PUT: 'Column changed', DELETE: 'Column deleted' }
  const message =
    req.method === 'GET'
      ? column === undefined
        ? 'Reads the columns'
        : `Reads the column ${label}`
      : `${verbs[req.method] ?? req.method}: ${label}`
  return {
    message,
    ...(course === undefined ? {} : { courseId: course.id }),
    ...(column === undefined ? {} : { columnId: column.id }),
  }
}
