import type { CohortId, CourseId, RoundId } from '../kernel/ids.ts'

/** A link of another course of the same LMS that opens what this link asks for. */
export type LinkElsewhere = Readonly<{
  courseId: CourseId
  contextId: string
  cohortId: CohortId
  roundId: RoundId | null
}>

/** Where a copy comes from, and what the link opens there. */
export type CopiedFrom = Omit<LinkElsewhere, 'contextId'>

type Asked = Readonly<{
  /** The course this launch came from. */
  courseId: CourseId
  /** The course the link was placed in, as its parameters say; null when it was made by hand. */
  placedIn: CourseId | null
  /** LTI context ids of the courses this one was copied from, newest first; empty where the LMS does not tell. */
  history: readonly string[]
  elsewhere: readonly LinkElsewhere[]
  /** What it would open in the course it was placed in, where it may open anything; null when we know no such course in this LMS. */
  unopened: CopiedFrom | null
}>

export type CopyRecognised =
  /** Placed here, or nothing speaks for a copy: it may open what it asks for. */
  | Readonly<{ kind: 'own' }>
  /** It came with a copied course, or by itself. `from` is null when we know no such link in this LMS. */
  | Readonly<{ kind: 'copy'; from: CopiedFrom | null }>

/**
 * Decides whether a link that opens nothing yet is a copy, because cohorts and rounds belong to one term: a copy opens
 * neither until an instructor of the new course says so. A link placed with deep linking names its course, which is
 * certain; nobody may have opened it there before the course was copied. Of one made by hand, `$Context.id.history` tells, if a course it names has a link to the same.
 */
export function recogniseCopy({ courseId, placedIn, history, elsewhere, unopened }: Asked): CopyRecognised {
  if (placedIn === courseId) return { kind: 'own' }
  if (placedIn) return { kind: 'copy', from: elsewhere.find((link) => link.courseId === placedIn) ?? unopened }
  for (const contextId of history) {
    const from = elsewhere.find((link) => link.contextId === contextId && link.courseId !== courseId)
    if (from) return { kind: 'copy', from }
  }
  return { kind: 'own' }
}

/** `$Context.id.history` as Canvas and Moodle fill it: ids, separated by commas. */
export const readHistory = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id.length > 0 && id.length <= 255)
    .slice(0, 50)
