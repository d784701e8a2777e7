import { ownerOf, readGradebook } from '../gradebook.ts'
import type { GradebookCell, GradebookColumn, SimulatedCourse, SimulatedPerson } from '../options.ts'
import { mayTeach, type Platform } from '../platform.ts'
import type { Column } from '../state.ts'
import { html, type Html } from './html.ts'
import { coursePath, type Place } from './shell.ts'

const JUST_ARRIVED_MILLISECONDS = 60_000

/** The gradebook of a course, open in front of one reader. */
export type Book = {
  platform: Platform
  course: SimulatedCourse
  reader: SimulatedPerson
  columns: GradebookColumn[]
  find: (column: GradebookColumn, person: SimulatedPerson) => GradebookCell | undefined
  /** The column as it is kept; undefined for those of the course itself. */
  kept: (column: GradebookColumn) => Column | undefined
}

export function openBook(platform: Platform, { course, person }: NonNullable<Place>): Book {
  const { columns, cells } = readGradebook(platform, course)
  const byPlace = new Map(cells.map((cell) => [`${cell.columnId} ${cell.personId}`, cell]))
  return {
    platform,
    course,
    reader: person,
    columns,
    find: (column, who) => byPlace.get(`${column.id} ${who.id}`),
    kept: ({ id }) => platform.state.columns.find((each) => each.id === id && each.courseId === course.id),
  }
}

function points(column: GradebookColumn, score: number | null): string {
  if (score === null) return '–'
  return column.madeBy === 'course' ? String(score) : score.toFixed(2)
}

function comments(cell: GradebookCell): Html | undefined {
  if (cell.comments.length === 0) return undefined
  const label = cell.comments.length === 1 ? 'Comment' : `${cell.comments.length} comments`
  return html`<details>
    <summary>${label}</summary>
    ${cell.comments.map((comment) => html`<p class="comment">${comment}</p>`)}
  </details>`
}

/** The way to look at the work itself: SpeedGrader in Canvas, Grade analysis in Moodle where the column offers it. */
function reviewLink(
  book: Book,
  column: GradebookColumn,
  person: SimulatedPerson,
  cell: GradebookCell,
): Html | undefined {
  const { platform, course, reader, kept } = book
  const canvas = platform.profile === 'canvas'
  const review = kept(column)?.submissionReview
  if (canvas ? cell.attempts === 0 : review === undefined) return undefined
  const canvasLabel = mayTeach(reader) ? 'SpeedGrader' : 'Submission details'
  const label = canvas ? canvasLabel : (review?.label ?? 'Grade analysis')
  const query = new URLSearchParams({ column: column.id, for: person.id })
  return html`<a class="small" href="${coursePath(course, '/review')}?${query.toString()}"
    >${label}<span class="vh">, ${person.name}, ${column.label}</span></a
  >`
}

/** One learner's score in one column, outlined for a minute after it came in. */
export function scoreCell(book: Book, column: GradebookColumn, person: SimulatedPerson): Html {
  const cell = book.find(column, person)
  if (cell === undefined) return html`<td class="num">–</td>`
  const age = book.platform.now().getTime() - Date.parse(cell.arrivedAt ?? '')
  const isNew = age <= JUST_ARRIVED_MILLISECONDS
  const attempts = `${cell.attempts} ${cell.attempts === 1 ? 'attempt' : 'attempts'}`
  return html`<td class="num${isNew && ' new'}" data-column="${column.id}" data-person="${person.id}">
    <span class="score">${points(column, cell.score)}</span>${isNew && html`<span class="vh">, just arrived</span>`}
    ${cell.attempts > 0 && html`<span class="small">${attempts}</span>`}${comments(cell)}
    ${reviewLink(book, column, person, cell)}
  </td>`
}

/** A column's heading: what it is, out of how much, and from which tool. */
export function columnHead({ platform, course, kept }: Book, column: GradebookColumn): Html {
  const own = kept(column)
  const from = own && ownerOf(platform, course, own)?.name
  return html`<th scope="col" class="num">
    ${column.label}
    <span
      >of
      ${column.scoreMaximum}${from !== undefined && `, from ${from}`}${own?.unpublished === true && ', not published'}</span
    >
  </th>`
}
