export { bindCourseLink, type CourseLinkAsked, type CourseLinkBinding } from './bind-course-link.ts'
export { courseStanding, type CourseRole, type CourseStanding } from './course-role.ts'
export { firstAffiliation } from './first-affiliation.ts'
export {
  LAUNCH_REFUSALS,
  REGISTRATION_REFUSALS,
  type LaunchRefusal,
  type RegistrationRefusal,
} from './launch-refusal.ts'
export { SECTION_PARAMETERS, sectionsTold } from './sections-told.ts'
