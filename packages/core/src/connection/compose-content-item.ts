import type { CourseId } from '../kernel/ids.ts'
import type { Placeable } from './placing-contract.ts'

/** A link as a deep linking response carries it (LTI Deep Linking 2.0, 3.2.1, `ltiResourceLink`). */
export type ContentItem = Readonly<{
  type: 'ltiResourceLink'
  title: string
  text?: string
  url: string
  custom: Readonly<Record<string, string>>
  lineItem?: Readonly<{
    scoreMaximum: number
    label: string
    resourceId: string
    tag: 'work'
    submissionReview: SubmissionReview
  }>
}>
/** How a gradebook opens one learner's work with us (LTI Submission Review 1.0). */
export type SubmissionReview = Readonly<{
  reviewableStatus: readonly string[]
  label: string
  url: string
  custom: Readonly<Record<string, string>>
}>

type Situation = Readonly<{
  launchUrl: string
  /** The course it is placed in: a copy of the link tells by it that it is one. Null outside any course. */
  courseId: CourseId | null
  /** The LMS takes a column with a link, and the course has none for this round yet. */
  withColumn: boolean
}>

/**
 * The link that opens `placed`. Our ids travel in custom parameters, because those survive the copying of a course; its
 * values hold no newline, which Moodle would take for the beginning of another parameter. No dates: a due date that
 * stays when the round's date moves would make Canvas count work as late.
 */
export function composeContentItem(placed: Placeable, { launchUrl, courseId, withColumn }: Situation): ContentItem {
  const custom = {
    ...idsOf(placed),
    ...(courseId ? { course: courseId } : {}),
    context_history: '$Context.id.history',
  }
  const item = { type: 'ltiResourceLink', ...wordsOf(placed), url: launchUrl, custom } as const
  if (placed.kind !== 'round' || !withColumn) return item
  const lineItem = {
    scoreMaximum: placed.workMaximum,
    label: oneLine(`${placed.title}: work`),
    resourceId: placed.id,
    tag: 'work',
    submissionReview: submissionReviewOf(placed.id, launchUrl),
  } as const
  return { ...item, lineItem }
}

/** For columns of a round, whichever way they are made. The column itself says which round; the parameter is for LMSs that leave it out. */
export const submissionReviewOf = (roundId: string, launchUrl: string): SubmissionReview => ({
  reviewableStatus: ['InProgress', 'Submitted', 'Completed'],
  label: 'The work with its reviews',
  url: launchUrl,
  custom: { round: roundId },
})

function idsOf(placed: Placeable): Record<string, string> {
  switch (placed.kind) {
    case 'space':
      return { cohort: placed.id }
    case 'practice':
      return { cohort: placed.id, page: 'practice' }
    case 'meeting':
      return { cohort: placed.cohort.id, meeting: placed.id }
    case 'round':
      return { cohort: placed.cohort.id, round: placed.id }
    case 'convening':
      return { convening: placed.id }
  }
}

function wordsOf(placed: Placeable): { title: string; text?: string } {
  switch (placed.kind) {
    case 'space':
      return { title: oneLine(placed.title), text: oneLine(placed.theme) }
    case 'practice':
      return { title: oneLine(`${placed.title}: this week’s prompt`) }
    case 'meeting':
      return { title: oneLine(placed.title), text: oneLine(placed.cohort.name) }
    case 'round':
      return { title: oneLine(placed.title), text: oneLine(`Peer review, ${placed.cohort.name}`) }
    case 'convening':
      return { title: oneLine(placed.title), text: oneLine(placed.region) }
  }
}

/** As long as an LMS keeps a name, and without line ends or other control characters. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 255)
