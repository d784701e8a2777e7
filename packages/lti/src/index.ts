export { createLti, type Lti, type LtiOptions } from './create-lti.ts'
export type { VerifiedLaunch } from './launch/verified-launch.ts'
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
  type Score,
  type RosterPage,
  type ScoreOutcome,
  type ServiceTrouble,
} from './services/port.ts'
