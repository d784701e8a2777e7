import type { Gradebook, SimulatedCourse } from './options.ts'
import { findLink, findPerson, linksOf, type Platform } from './platform.ts'
import { cellOf } from './profiles/dialect.ts'
import type { Column, Tool } from './state.ts'
import { toolOfLink } from './tools.ts'

/** The next free column id, a small whole number in both LMSs. */
export function newColumnId(platform: Platform): string {
  const { numbers } = platform.state
  numbers.columns = (numbers.columns ?? 100) + 1
  return String(numbers.columns)
}

/** Gives every assignment link its column, as soon as the link is there. */
export function addLinkColumns(platform: Platform): void {
  for (const course of platform.courses)
    for (const link of linksOf(platform, course)) {
      const key = `${course.id}/${link.id}`
      const has = platform.state.columns.some((column) => column.courseId === course.id && column.linkId === link.id)
      if (link.kind !== 'assignment' || has || platform.state.removedColumns.includes(key)) continue
      platform.state.columns.push({
        id: newColumnId(platform),
        courseId: course.id,
        label: link.title,
        scoreMaximum: link.scoreMaximum ?? 100,
        resourceLinkId: platform.dialect.resourceLinkId(platform, course, link),
        madeBy: 'link',
        linkId: link.id,
        ...(link.unpublished === true ? { unpublished: true } : {}),
      })
    }
}

/** The columns of a course that this tool may see: those it made, and those of the links that launch it. */
export function columnsOf(platform: Platform, course: SimulatedCourse, tool: Tool): Column[] {
  return platform.state.columns.filter(
    (column) => column.courseId === course.id && ownerOf(platform, course, column) === tool,
  )
}

/** The tool a column belongs to. */
export function ownerOf(platform: Platform, course: SimulatedCourse, column: Column): Tool | undefined {
  if (column.clientId !== undefined) return platform.state.tools.find((tool) => tool.clientId === column.clientId)
  return toolOfLink(platform, findLink(platform, course, column.linkId))
}

/** Takes a column away with its scores, and for good. */
export function removeColumn(platform: Platform, column: Column): void {
  const { state } = platform
  state.columns = state.columns.filter((each) => each !== column)
  state.cells = state.cells.filter((cell) => cell.columnId !== column.id)
  if (column.linkId !== undefined) state.removedColumns.push(`${column.courseId}/${column.linkId}`)
}

/** Everything in the gradebook of a course, unrelated columns included. */
export function readGradebook(platform: Platform, course: SimulatedCourse): Gradebook {
  const own = platform.state.columns.filter((column) => column.courseId === course.id)
  const unrelated = course.gradebook ?? []
  return {
    columns: [
      ...unrelated.map(({ id, label, scoreMaximum }) => ({ id, label, scoreMaximum, madeBy: 'course' as const })),
      ...own.map((column) => {
        const tool = ownerOf(platform, course, column)
        const { id, label, scoreMaximum, resourceId, tag, resourceLinkId, madeBy } = column
        return {
          id,
          label,
          scoreMaximum,
          madeBy,
          ...(resourceId === undefined ? {} : { resourceId }),
          ...(tag === undefined ? {} : { tag }),
          ...(resourceLinkId === undefined ? {} : { resourceLinkId }),
          ...(tool === undefined ? {} : { url: platform.dialect.lineItemUrl(platform, tool, course, column) }),
        }
      }),
    ],
    cells: [
      ...unrelated.flatMap(({ id, scores }) =>
        Object.entries(scores).map(([personId, score]) => ({
          columnId: id,
          personId,
          score,
          comment: null,
          comments: [],
          attempts: 0,
          timestamp: null,
          arrivedAt: null,
        })),
      ),
      ...platform.state.cells
        .filter((cell) => own.some((column) => column.id === cell.columnId))
        .map(({ columnId, personId, score, comments, attempts, timestamp, arrivedAt, ...cell }) => ({
          columnId,
          personId,
          score,
          comments: [...comments],
          comment: comments.at(-1) ?? null,
          attempts: attempts.length,
          timestamp,
          arrivedAt,
          ...(cell.activityProgress === undefined ? {} : { activityProgress: cell.activityProgress }),
          ...(cell.gradingProgress === undefined ? {} : { gradingProgress: cell.gradingProgress }),
        })),
    ],
  }
}

/** A teacher types a score: Moodle marks it overridden and stamps the second, Canvas lets the tool write over it. */
export function gradeByHand(
  platform: Platform,
  course: SimulatedCourse,
  columnId: string,
  personId: string,
  score: number | null,
): void {
  const column = platform.state.columns.find((each) => each.id === columnId && each.courseId === course.id)
  if (column === undefined || findPerson(course, personId) === undefined)
    throw new Error(`no column ${columnId} or person ${personId} in ${course.id}`)
  const cell = cellOf(platform.state, columnId, personId)
  const isChange = cell.score !== score
  cell.score = score
  cell.byHand = score !== null
  // Canvas keeps a result beside the grade, once a tool has sent one, and moves it along: in points of the column.
  if (platform.profile === 'canvas' && cell.timestamp !== null && isChange) {
    cell.resultScore = score
    cell.resultMaximum ??= column.scoreMaximum
  }
  if (platform.profile === 'moodle') cell.timestamp = platform.now().toISOString()
  platform.save()
}
