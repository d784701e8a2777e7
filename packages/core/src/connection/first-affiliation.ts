import type { Affiliation } from '../directory/affiliation.ts'
import type { CourseRole } from './course-role.ts'

/**
 * What a launch tells about a person's tie to the LMS's institution when none is known: learners are students, those who
 * teach are faculty, others are left open (an observer may be a parent). Never changes a tie that someone stated.
 */
export function firstAffiliation(role: CourseRole): Affiliation | null {
  switch (role) {
    case 'learner':
      return 'student'
    case 'instructor':
    case 'teaching_assistant':
      return 'faculty'
    case 'administrator':
      return 'administrator'
    case 'observer':
    case 'guest':
      return null
  }
}
