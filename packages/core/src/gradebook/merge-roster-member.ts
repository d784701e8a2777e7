import { counts } from '../directory/counts.ts'
import type { CourseRole } from '../connection/course-role.ts'

/** What we hold of somebody in a course. `seenAt`: their last launch, or when a roster first named them. */
export type CourseMemberKnown = Readonly<{
  role: CourseRole
  roleFrom: 'launch' | 'roster'
  status: 'active' | 'left'
  seenAt: Date
}>
/** What one line of a roster says. Inactive is suspended, Deleted stands only in lists of differences. */
export type CourseMemberTold = Readonly<{
  role: CourseRole
  isTest: boolean
  status: 'active' | 'inactive' | 'deleted'
}>
export type CourseMemberMerged = Pick<CourseMemberKnown, 'role' | 'roleFrom' | 'status'>

/**
 * What somebody is in a course after a roster has named them; null: nothing is written. A role from a launch stays as it
 * is: Moodle's roster calls a non-editing teacher a Learner. Who is suspended or deleted has left, unless they launched
 * after the pass began; who is named again is back. The LMS's test student, and a stranger who is gone already, are
 * nobody to know. (LTI Names and Roles 2.0)
 */
export function mergeRosterMember(
  known: CourseMemberKnown | null,
  told: CourseMemberTold,
  passBegan: Date,
): CourseMemberMerged | null {
  const isHere = told.status === 'active' || (known !== null && cameAfter(known, passBegan))
  if (!counts(told) || (!known && !isHere)) return null
  const role =
    known?.roleFrom === 'launch'
      ? ({ role: known.role, roleFrom: 'launch' } as const)
      : ({ role: told.role, roleFrom: 'roster' } as const)
  return { ...role, status: isHere ? 'active' : 'left' }
}

/** Somebody whom a complete pass over the roster did not name. `wasListed`: an earlier pass did. */
export type CourseMemberUnnamed = CourseMemberKnown & Readonly<{ isTest: boolean; wasListed: boolean }>

/**
 * Whether they have left the course. Only who stood in the roster before can vanish from it: an administrator who is not
 * enrolled and the test student never do, and keep what their launch gave them. Learners always stand in it, so one who
 * launched before the pass began and is not named has left.
 */
export function hasLeftCourse(member: CourseMemberUnnamed, passBegan: Date): boolean {
  if (member.status === 'left' || !counts(member) || cameAfter(member, passBegan)) return false
  return member.wasListed || member.role === 'learner'
}

const cameAfter = ({ roleFrom, seenAt }: CourseMemberKnown, passBegan: Date): boolean =>
  roleFrom === 'launch' && seenAt >= passBegan
