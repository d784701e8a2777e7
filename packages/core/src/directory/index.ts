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
export { InstitutionKind } from './institution-kind.ts'
export {
  adminPlace,
  adminReach,
  grantsToChange,
  mayAdminister,
  type AdminReach,
  type Administered,
} from './may-administer.ts'
