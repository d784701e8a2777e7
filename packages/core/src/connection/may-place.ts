import type { CourseRole } from './course-role.ts'

/**
 * Who may place links of ours in a course: those who teach in it, and whoever administers it. The LMS has let them edit
 * the course already; this keeps out a learner whose deep linking request the LMS signed all the same.
 */
export const mayPlaceLinks = (role: CourseRole): boolean =>
  role === 'instructor' || role === 'teaching_assistant' || role === 'administrator'
