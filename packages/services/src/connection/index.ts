export {
  addConnection,
  inviteLmsAdministrator,
  listConnections,
  listOpenInvites,
  setConnectionStatus,
} from './administer-connections.ts'
export { admitLaunch, type Admission } from './admit-launch.ts'
export { createRegistrationInvite, type InviteFor } from './create-registration-invite.ts'
export { fitSources, frameAncestors, type FrameAncestors } from './frame-ancestors.ts'
export { registerPlatform, type PlatformToRegister, type RegisteredPlatform } from './register-platform.ts'
export { answerPlacing, listPlaceable, returnOrigin, showPlacing } from './place-links.ts'
export { settleCopy, showCopy } from './settle-copy.ts'
export { showLinkStatus } from './show-link-status.ts'
export { checkConnection, checkPlatform } from './check-connection.ts'
export { findRefusal } from './find-refusal.ts'
export { listSigningKeys, rotateSigningKeys } from './see-signing-keys.ts'
export { confirmAddresses, setLaunchPolicy, setPolicyAsOperator } from './set-policy.ts'
export { saveDeployment, showConnection } from './show-connection.ts'
export { sitesNamedBy } from './launch-facts.ts'
