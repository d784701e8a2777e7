export { bindCourseLink, type CourseLinkAsked, type CourseLinkBinding } from './bind-course-link.ts'
export {
  composeContentItem,
  submissionReviewOf,
  type ContentItem,
  type SubmissionReview,
} from './compose-content-item.ts'
export * from './copy-contract.ts'
export { courseStanding, type CourseRole, type CourseStanding } from './course-role.ts'
export { decidePlacing, mostPlaced, takesColumns, type PlacingTakes } from './decide-placing.ts'
export { firstAffiliation } from './first-affiliation.ts'
export {
  isRefusalOfProved,
  LAUNCH_REFUSALS,
  REGISTRATION_REFUSALS,
  type LaunchRefusal,
  type RegistrationRefusal,
} from './launch-refusal.ts'
export { SECTION_PARAMETERS, sectionsTold } from './sections-told.ts'
export { mayPlaceLinks } from './may-place.ts'
export * from './placing-contract.ts'
export {
  readHistory,
  recogniseCopy,
  type CopiedFrom,
  type CopyRecognised,
  type LinkElsewhere,
} from './recognise-copy.ts'
export * from './link-status-contract.ts'
export * from './check-contract.ts'
export * from './connection-contract.ts'
export {
  CHECKED_SCOPES,
  judgeCheck,
  SCOPE_STEPS,
  worstOf,
  type CheckFindings,
  type Probe,
  type ScopeStep,
} from './judge-check.ts'
export {
  ANONYMOUS_LAUNCHES,
  decideDeployment,
  mayVisit,
  UNKNOWN_DEPLOYMENTS,
  type AnonymousLaunches,
  type UnknownDeployments,
} from './launch-policy.ts'
export * from './policy-contract.ts'
export { addressesElsewhere, knowSameClients, unconfirmedAddresses } from './on-issuers-host.ts'
export { mayRotateKeys } from './may-rotate-keys.ts'
export { nextStep, type ConnectionProgress, type NextStep } from './next-step.ts'
