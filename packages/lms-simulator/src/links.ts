import { randomUUID } from 'node:crypto'
import { addLinkColumns } from './gradebook.ts'
import type { SimulatedCourse, SimulatedLink } from './options.ts'
import { findLink, smallNumber, type Platform } from './platform.ts'
import type { SubmissionReview } from './state.ts'

/** A link to be placed; the id is dealt where it is left out. */
export type NewLink = Omit<SimulatedLink, 'id'> & { id?: string }
/** What deep linking says of the column that comes with a link. */
export type LinkColumn = { label?: string; resourceId?: string; tag?: string; submissionReview?: SubmissionReview }

/** Places a link in a course; an assignment gets its column at once. The same id again replaces what it says. */
export function placeLink(
  platform: Platform,
  course: SimulatedCourse,
  wanted: NewLink,
  column?: LinkColumn,
): SimulatedLink {
  const id = wanted.id ?? (platform.profile === 'moodle' ? smallNumber(platform, 'link', randomUUID()) : randomUUID())
  const link: SimulatedLink = { ...wanted, id }
  const { state } = platform
  state.links = [
    ...state.links.filter((each) => each.courseId !== course.id || each.link.id !== id),
    { courseId: course.id, link },
  ]
  addLinkColumns(platform)
  const made = state.columns.find((each) => each.courseId === course.id && each.linkId === id)
  if (made !== undefined && column !== undefined) Object.assign(made, column, { deepLinked: true })
  platform.save()
  return link
}

/** Canvas: shows an assignment to learners and opens its column for scores. */
export function publishLink(platform: Platform, course: SimulatedCourse, linkId: string): void {
  const link = findLink(platform, course, linkId)
  if (link === undefined) return
  const { unpublished: _was, ...published } = link
  const column = platform.state.columns.find((each) => each.courseId === course.id && each.linkId === linkId)
  if (column !== undefined) delete column.unpublished
  placeLink(platform, course, published)
}
