export { createLti, type Lti, type LtiOptions } from './create-lti.ts'
export type { ClockReading, LtiProbe } from './check/probe-platform.ts'
export type { DeepLinkingAnswer, DeepLinkingRequest, SignDeepLinkingAnswer } from './deep-linking/sign-answer.ts'
export type { Admitting } from './launch/complete-launch.ts'
export type { DeepLinkingAsked, VerifiedLaunch } from './launch/verified-launch.ts'
export {
  RosterUnavailable,
  type LineItem,
  type LineItemFilter,
  type LineItemOutcome,
  type LineItemsOutcome,
  type LtiGradebook,
  type LtiRoster,
  type NewLineItem,
  type PlatformRef,
  type ResultOutcome,
  type RosterMember,
  type RosterPage,
  type Score,
  type ScoreOutcome,
  type ServiceTrouble,
} from './services/port.ts'
export { toolDetails } from './registration/canvas-configuration.ts'
export { createSealer, type Sealer } from './keys/sealer.ts'
export { newReference } from './launch/new-reference.ts'
export { createOutgoing, isNoPublicName, OutgoingFailure, type Outgoing } from './net/outgoing.ts'
export { sitesOf } from './launch/is-on-platform.ts'
