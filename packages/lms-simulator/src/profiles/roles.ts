const LIS = 'http://purl.imsglobal.org/vocab/lis/v2'

/** The role names of the LIS vocabulary that the two profiles use. */
export const ROLE = {
  institutionStudent: `${LIS}/institution/person#Student`,
  institutionInstructor: `${LIS}/institution/person#Instructor`,
  institutionAdministrator: `${LIS}/institution/person#Administrator`,
  systemUser: `${LIS}/system/person#User`,
  systemAdministrator: `${LIS}/system/person#Administrator`,
  learner: `${LIS}/membership#Learner`,
  instructor: `${LIS}/membership#Instructor`,
  contentDeveloper: `${LIS}/membership#ContentDeveloper`,
  mentor: `${LIS}/membership#Mentor`,
  teachingAssistant: `${LIS}/membership/Instructor#TeachingAssistant`,
  testUser: 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser',
}
