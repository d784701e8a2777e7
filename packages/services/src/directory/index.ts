export { hashToken, issueSpaceSession, type SpaceSessionFor } from './issue-space-session.ts'
