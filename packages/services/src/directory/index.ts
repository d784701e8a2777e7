export { hashToken, issueSpaceSession, type SpaceSessionFor } from './issue-space-session.ts'
export { loadSession } from './load-session.ts'
