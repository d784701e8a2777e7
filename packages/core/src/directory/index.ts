export type { Actor, CourseAttended, Grant, SeatHeld } from './actor.ts'
export * from './contract.ts'
export * from './claim-contract.ts'
export * from './claim-invitation.ts'
export { counts } from './counts.ts'
export * from './person-seen.ts'
export type { SpaceSession } from './space-session.ts'
export * from './time-zone.ts'
export * from './administration-contract.ts'
export { AFFILIATIONS, type Affiliation } from './affiliation.ts'
export { CONNECTION_STATES, connectionState, type ConnectionFacts, type ConnectionState } from './connection-state.ts'
export * from './directory-import-contract.ts'
export * from './institution-contract.ts'
export * from './read-directory-rows.ts'
export { mayGrant, type RoleGiven } from './may-grant.ts'
export * from './merge-contract.ts'
export { mayAddPasskey } from './may-add-passkey.ts'
export * from './passkey-contract.ts'
export * from './people-contract.ts'
export * from './region-contract.ts'
export * from './roles-contract.ts'
export * from './institution-sign-in-contract.ts'
export { CLOCK_SKEW_MS, faultOfAssertion, type AssertionRead } from './judge-assertion.ts'
export {
  judgeClaims,
  judgeSamlPerson,
  judgeSubject,
  type AnswerRefusal,
  type OidcClaims,
  type SamlPerson,
  type Vouched,
} from './judge-institution-answer.ts'
export { judgeSignInCheck, type SignInFindings } from './judge-sign-in-check.ts'
export { isOtherSpeaker, maySetUpSignIn, type SignInAccess, type Speaker } from './may-set-up-sign-in.ts'
export { domainOfAddress, isIssuerForEverybody, readSignInDomain } from './sign-in-domain.ts'
export { InstitutionKind } from './institution-kind.ts'
export {
  adminPlace,
  adminReach,
  grantsToChange,
  mayAdminister,
  type AdminReach,
  type Administered,
} from './may-administer.ts'
